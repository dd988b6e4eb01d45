"""The words for the actions on contact lists."""

from collections.abc import Mapping

from blocks.actions.words import ActionWords, NotDone, Usage
from bot.campaigns.actions import Action

LIST_WORDS: Mapping[Action, ActionWords] = {
    Action.CREATE_LIST: ActionWords(
        usages=(Usage("new-list [name]", "create a contact list", "new-list Spring leads"),),
        wants="wants to create this contact list",
        done="Created by",
        heading="*Create this contact list?* It begins empty.",
        confirm="Create",
        not_done=NotDone(
            failed="The contact list “{name}” was not created.",
            exists="Nothing was created in Kore.ai.",
            unknown="Whether the contact list “{name}” was created is not known.",
            may_exist="It is not known whether the contact list exists in Kore.ai.",
        ),
    ),
    Action.RENAME_LIST: ActionWords(
        usages=(
            Usage(
                "rename-list [name]",
                "give a contact list another name or description",
                "rename-list Spring leads",
            ),
        ),
        wants="wants to rename this contact list",
        done="Renamed by",
        heading="*Change this contact list?* The contacts on it stay.",
        confirm="Change",
        not_done=NotDone(
            failed="The contact list “{name}” was not changed.",
            exists="Nothing was changed in Kore.ai.",
            unknown="Whether the contact list “{name}” was changed is not known.",
            may_exist="It is not known which name and description it has in Kore.ai.",
        ),
    ),
    Action.DELETE_LIST: ActionWords(
        usages=(
            Usage(
                "delete-list [name]",
                "delete a contact list that no campaign uses",
                "delete-list Spring leads",
            ),
        ),
        wants="wants to delete this contact list",
        done="Deleted by",
        heading="*Delete this contact list?* It cannot be brought back.",
        confirm="Delete",
        not_done=NotDone(
            failed="The contact list “{name}” was not deleted.",
            exists="Nothing was deleted in Kore.ai.",
            unknown="Whether the contact list “{name}” was deleted is not known.",
            may_exist="It may be gone from Kore.ai, with the contacts on it.",
        ),
    ),
    Action.ADD_CONTACTS: ActionWords(
        usages=(
            Usage(
                "add-contacts [name]",
                "add the contacts in a CSV file to a contact list",
                "add-contacts Spring leads",
            ),
        ),
        wants="wants to add contacts to this contact list",
        done="Contacts added by",
        heading="*Add these contacts?* Every campaign on the list reaches them, too.",
        confirm="Add",
        not_done=NotDone(
            failed="No contacts were added to “{name}”.",
            exists="Nothing was changed in Kore.ai.",
            unknown="How many contacts were added to “{name}” is not known.",
            may_exist="Some of them may be on the list in Kore.ai.",
        ),
    ),
}
