"""The words for findings about several campaigns in one file."""

from bot.campaigns.review import imports
from bot.campaigns.review.findings import Finding

IMPORT_WORDS: dict[type[Finding], str] = {
    imports.ImportTooLong: (
        "Somebody else has to approve these campaigns, and all of them are too long for one "
        "message in Slack. Split the file into 3."
    ),
    imports.NoCampaigns: "No line of the file is a campaign that can be created.",
    imports.ImportUnreadable: (
        "Line 1,200 of the file is beyond the 50 campaigns that the bot creates from one file. "
        "Divide the file."
    ),
    imports.RowRefused: (
        "Line 3, “Sale”, is left out. Priority: this is no value for it. Write 1 to 5."
    ),
    imports.RowBlocked: (
        "Line 4, “Sale”, is left out. The name “Sale” is in use: cd-1. Kore.ai schedules by name, "
        "and may not tell capital letters from small ones. Choose another name."
    ),
    imports.RowsWarned: "Lines 2, 5: The contact list “News” is empty.",
    imports.RowsUnchecked: "Line 2: The bot could not check whether the name is already in use.",
    imports.RowsWithoutDncList: (
        "Lines 2, 3: no DNC list, and Kore.ai applies its global list to voice only. To go on "
        "without one, give one reason for all; it goes into the audit log. "
        "Rule: a DNC list with SMS, the bot's default."
    ),
    imports.ColumnsLeftOut: (
        "Columns that are left out: Budget, Owner. The bot knows: Name, Description, Type, "
        "Message, Template, Flow, Contact lists, DNC list, Caller ID, Priority, Calling days, "
        "Calling hours, Schedule."
    ),
}
