"""Values of the forms about contact lists that are refused, and some that are just accepted."""

from blocks.fields import Value
from blocks.form import Form, Values
from blocks.forms.contacts import AddContactsForm
from blocks.forms.lists import CreateListForm, DeleteListForm, RenameListForm
from tests.blocks.samples import LISTS

REQUIRED = "Fill this in."
LISTED = "Choose one from the list."
UNUSABLE = "The bot cannot use this value. Please change it."
Rows = list[tuple[str, Value, str]]
CHOSEN_LIST: Rows = [
    ("contact_list", None, REQUIRED),
    ("contact_list", "production/cl-1", LISTED),
    ("contact_list", "l" * 151, "At most 150 characters; this has 151."),
]
LIST_CASES: dict[type[Form], list[tuple[Values, Rows]]] = {
    CreateListForm: [
        (
            LISTS["new list"],
            [
                ("environment", "", REQUIRED),
                ("name", " ", REQUIRED),
                ("name", "n" * 49, "At most 48 characters; this has 49."),
                ("description", None, REQUIRED),
                ("description", "d" * 257, "At most 256 characters; this has 257."),
                ("allow_duplicates", None, REQUIRED),
                ("allow_duplicates", "perhaps", UNUSABLE),
            ],
        ),
    ],
    RenameListForm: [
        (
            LISTS["renamed list"],
            [
                ("environment", "", REQUIRED),
                *CHOSEN_LIST,
                ("name", None, REQUIRED),
                ("name", "n" * 49, "At most 48 characters; this has 49."),
                ("description", "d" * 257, "At most 256 characters; this has 257."),
            ],
        ),
        (
            LISTS["renamed list"] | {"environment": "sandbox"},
            [
                (
                    "contact_list",
                    "production/cl-1 Spring leads",
                    "This contact list is in production, not in sandbox.",
                ),
            ],
        ),
    ],
    DeleteListForm: [
        (
            LISTS["deleted list"],
            [
                ("environment", "", REQUIRED),
                *CHOSEN_LIST,
                ("typed_name", None, REQUIRED),
                ("typed_name", "n" * 151, "At most 150 characters; this has 151."),
                ("typed_name", "Spring", "This is not the name of the contact list above."),
            ],
        ),
    ],
    AddContactsForm: [
        (
            LISTS["filled list"],
            [
                ("environment", "", REQUIRED),
                *CHOSEN_LIST,
                ("files", [], REQUIRED),
                ("files", ["F1", "F2"], "At most 1; these are 2."),
                ("region", "USA", "Write the two letters of a country, such as US."),
                ("region", "ZZ", "Write the two letters of a country, such as US."),
                ("columns", "c" * 1001, "At most 1000 characters; this has 1001."),
                ("columns", "Mobile", "“Mobile”: write a line such as Phone number = Mobile."),
                (
                    "columns",
                    "Shoe = 38",
                    "“Shoe = 38”: write a line such as Phone number = Mobile.",
                ),
            ],
        ),
    ],
}
LIST_TAKEN: list[tuple[type[Form], Values, str, Value]] = [
    (CreateListForm, LISTS["new list"], "name", "n" * 48),
    (CreateListForm, LISTS["new list"], "allow_duplicates", "true"),
    (RenameListForm, LISTS["renamed list"], "description", "d" * 256),
    (AddContactsForm, LISTS["filled list"], "columns", "PHONE number=Mobile\n\nlast name = Name"),
    (DeleteListForm, LISTS["deleted list"], "typed_name", "“Spring  leads”"),
]
