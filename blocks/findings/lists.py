"""Findings about contact lists, in words."""

from blocks.findings.words import finding_words, typed
from bot.campaigns.review import lists
from bot.campaigns.review.lists import ListFact

_FACTS = {
    ListFact.CONTACTS: "how many contacts it has",
    ListFact.STATUS: "its status",
    ListFact.HAS_TIME_ZONES: "whether it has a time zone column",
}


@finding_words.register
def _(finding: lists.ListNotFound) -> str:
    return f"Kore.ai has no contact list named “{typed(finding.name)}”. Check its name."


@finding_words.register
def _(finding: lists.ListEmpty) -> str:
    return f"The contact list “{typed(finding.name)}” is empty."


@finding_words.register
def _(finding: lists.ListNotValidated) -> str:
    return (
        f"The contact list “{typed(finding.name)}” is {typed(finding.status)}; "
        "whether Kore.ai reaches its contacts is unknown."
    )


@finding_words.register
def _(finding: lists.ListWithoutTimeZones) -> str:
    return (
        f"The contact list “{typed(finding.name)}” has no time zone column: calling hours go by "
        "the campaign's zone for everybody on it, wherever they are."
    )


@finding_words.register
def _(_finding: lists.ListsUnchecked) -> str:
    return (
        "The bot could not look up the contact lists, so it did not check whether they are empty, "
        "validated and have time zones."
    )


@finding_words.register
def _(finding: lists.ListFactsUnknown) -> str:
    unknown = ", ".join(_FACTS[fact] for fact in finding.facts)
    return f"For the contact list “{typed(finding.name)}”, Kore.ai does not say: {unknown}."
