"""Guesses which column of a file is which field of a contact, by its name in several languages."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from bot.campaigns.csv_files import places_of
from bot.campaigns.values import Frozen


class ContactField(StrEnum):
    """The fields of a contact that a list created through Kore.ai's API has columns for.

    Source: the mapping of contact-center/create-contact-list-v2.
    """

    PHONE_NUMBER = "phoneNumber"
    FIRST_NAME = "firstName"
    LAST_NAME = "lastName"
    TIME_ZONE = "timeZone"
    UNIQUE_ID = "uniqueId"
    PRIORITY = "contactPriority"


# Names without letter case, accents, spaces and punctuation: in English, German, Spanish, French,
# Portuguese, Italian, Dutch, Polish, Russian, Japanese and Chinese.
_NAMES: Mapping[ContactField, str] = MappingProxyType(
    {
        ContactField.PHONE_NUMBER: """
            phonenumber phone phoneno telephonenumber telephone tel mobilenumber mobilephone mobile
            cellphone cellnumber cell msisdn contactnumber e164 telefonnummer telefon rufnummer
            handynummer handy mobilnummer mobil numerodetelefono telefono telefonomovil movil
            celular numerodetelephone telephoneportable portable numerodetelefone telefone
            telemovel numeroditelefono cellulare telefoonnummer telefoon mobielnummer mobiel
            numertelefonu номертелефона телефон мобильный 電話番号 電話 携帯電話 携帯 电话号码 电话
            手机号码 手机号 手机""",
        ContactField.FIRST_NAME: """
            firstname first givenname forename fname vorname nombre primernombre prenom nome
            primeironome voornaam imie имя 名 名字""",
        ContactField.LAST_NAME: """
            lastname last surname familyname lname nachname familienname apellido apellidos nom
            nomdefamille sobrenome apelido cognome achternaam nazwisko фамилия 姓 姓氏""",
        ContactField.TIME_ZONE: """
            timezone tz zone zeitzone zonahoraria husohorario fuseauhoraire fusohorario fusoorario
            tijdzone strefaczasowa часовойпояс タイムゾーン 时区""",
        ContactField.UNIQUE_ID: """
            uniqueid id customerid contactid externalid userid accountid customernumber
            kundennummer kundenid idcliente numerodecliente idclient numeroclient numerodocliente
            codicecliente klantnummer numerklienta 顧客id 客户编号""",
        ContactField.PRIORITY: """
            contactpriority priority prioritat prioridad priorite prioridade priorita prioriteit
            priorytet приоритет 優先度 优先级""",
    }
)
_FIELDS: Mapping[str, ContactField] = MappingProxyType(
    {name: field for field, names in _NAMES.items() for name in names.split()}
)


class Columns(Frozen):
    """Which column is which field: the place of each, counted from 0.

    The other columns are left out.
    """

    places: Mapping[ContactField, int]

    @property
    def phone(self) -> int | None:
        """Return the place of the phone number; None if no column is it."""
        return self.places.get(ContactField.PHONE_NUMBER)


def guess_columns(header: Sequence[str]) -> Columns:
    """Return the columns by their names; of several for one field, the first counts."""
    return Columns(places=places_of(header, _FIELDS))
