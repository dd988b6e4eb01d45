"""The words for the actions on campaigns."""

from collections.abc import Mapping

from blocks.actions.words import ActionWords, NotDone, Usage
from bot.campaigns.actions import Action
from bot.campaigns.campaign_files import CAMPAIGNS_MAX

CAMPAIGN_WORDS: Mapping[Action, ActionWords] = {
    Action.CREATE: ActionWords(
        usages=(
            Usage(
                "sms [name] [to lists] [from number] [: message]",
                "create an SMS campaign, in a form with what you typed",
                'sms "Spring sale" to Spring leads from +1 202-555-0100: Hello <First Name>',
            ),
            Usage(
                "voice [name] [to lists] [from number] [queue or flow]",
                "create a voice campaign, in a form with what you typed",
                'voice "Renewal" to Gold customers, Silver from +1 202-555-0100 queue Sales',
            ),
        ),
        wants="wants to create this campaign",
        done="Created by",
        heading="*Create this campaign?* It will not start by itself.",
        confirm="Create",
        not_done=NotDone(
            failed="“{name}” was not created.",
            exists="Nothing was created in Kore.ai.",
            unknown="Whether “{name}” was created is not known.",
            may_exist="It is not known whether the campaign exists in Kore.ai.",
        ),
    ),
    Action.IMPORT: ActionWords(
        usages=(
            Usage(
                "import",
                f"create up to {CAMPAIGNS_MAX} SMS campaigns from a CSV file, and schedule them",
                "import",
            ),
        ),
        wants="wants to create these campaigns",
        done="Created by",
        heading="*Create these campaigns?* Those with a schedule will start by themselves.",
        confirm="Create all",
        not_done=NotDone(
            failed="The campaigns of the file ({name}) were not created.",
            exists="Nothing was created in Kore.ai.",
            unknown="Whether all campaigns of the file ({name}) were created is not known.",
            may_exist="Some of them may exist in Kore.ai, and may be scheduled.",
        ),
    ),
    Action.SCHEDULE: ActionWords(
        usages=(
            Usage(
                "schedule [name or ID] [when]",
                "schedule a campaign daily or weekly, in a form with what you typed",
                "schedule Spring sale every Tuesday 10 am until Dec 31",
            ),
        ),
        wants="wants to set this schedule",
        done="Scheduled by",
        heading="*Set this schedule?* Every run contacts the whole contact list again.",
        confirm="Schedule",
        not_done=NotDone(
            failed="“{name}” was not scheduled.",
            exists="Nothing was changed in Kore.ai.",
            unknown="Whether “{name}” was scheduled is not known.",
            may_exist="It is not known whether Kore.ai has the new schedule.",
        ),
    ),
    Action.UNSCHEDULE: ActionWords(
        usages=(
            Usage(
                "unschedule <name or ID>",
                "remove a campaign's schedule",
                "unschedule Spring sale",
            ),
        ),
        wants="wants to remove this schedule",
        done="Schedule removed by",
        button="Remove schedule",
        heading="*Remove this schedule?* The campaign will no longer start by itself.",
        confirm="Remove",
        not_done=NotDone(
            failed="The schedule of “{name}” was not removed.",
            exists="Nothing was changed in Kore.ai.",
            unknown="Whether the schedule of “{name}” was removed is not known.",
            may_exist="It is not known whether Kore.ai still has the schedule.",
        ),
    ),
    Action.START: ActionWords(
        usages=(
            Usage(
                "start <name or ID>",
                "run a campaign now, after a review",
                "start Spring sale",
            ),
        ),
        wants="wants to start this campaign now",
        done="Started by",
        button="Start",
        heading="*Start this campaign now?* It contacts its whole contact list.",
        confirm="Start now",
        not_done=NotDone(
            failed="“{name}” was not started.",
            exists="Nobody was contacted, and nothing was changed in Kore.ai.",
            unknown="Whether “{name}” was started is not known.",
            may_exist="It may be running in Kore.ai and contacting people.",
        ),
    ),
    Action.STOP: ActionWords(
        usages=(Usage("stop <name or ID>", "end a campaign's run", "stop Spring sale"),),
        wants="wants to stop this campaign",
        done="Stopped by",
        button="Stop",
        danger=True,
        # Kore.ai has no pause: contact-center/campaigns.
        heading="*Stop this campaign?* This ends its run and resets its data: if it is started "
        "again, everybody on its contact list is contacted again.",
        confirm="Stop",
        not_done=NotDone(
            failed="“{name}” was not stopped.",
            exists="Nothing was changed in Kore.ai: if it was running, it still is.",
            unknown="Whether “{name}” was stopped is not known.",
            may_exist="It may still be running in Kore.ai.",
        ),
    ),
    Action.STOP_ALL: ActionWords(
        usages=(
            Usage(
                "stop-all [environment]",
                "in an emergency, end the runs of all campaigns",
                "stop-all production",
            ),
        ),
        wants="wants to stop every running campaign",
        done="Stopped by",
        danger=True,
        heading="*Stop every running campaign?* This ends all runs and resets their data: a "
        "campaign that is started again contacts everybody on its lists once more.",
        confirm="Stop all",
        not_done=NotDone(
            failed="The campaigns in {name} were not stopped.",
            exists="Nothing was changed in Kore.ai: what was running still is.",
            unknown="Whether the campaigns in {name} were stopped is not known.",
            may_exist="Some may still be running in Kore.ai.",
        ),
    ),
    Action.EDIT: ActionWords(
        usages=(Usage("edit <name or ID>", "change a campaign's settings", "edit Spring sale"),),
        wants="wants to change this campaign",
        done="Edited by",
        button="Edit",
        heading="*Change this campaign?* Only what is listed here changes.",
        confirm="Change",
        not_done=NotDone(
            failed="“{name}” was not changed.",
            exists="In Kore.ai it is as it was.",
            unknown="Whether “{name}” was changed is not known.",
            may_exist="Kore.ai may have the campaign as it was, or as you changed it.",
        ),
    ),
    Action.DELETE: ActionWords(
        usages=(
            Usage(
                "delete <name or ID>",
                "delete a campaign, once you have typed its name",
                "delete Spring sale",
            ),
        ),
        wants="wants to delete this campaign",
        done="Deleted by",
        button="Delete",
        danger=True,
        heading="*Delete this campaign?* Its settings, its schedule and the results of its "
        "runs are lost, and nobody can bring them back. Its contact lists stay.",
        confirm="Delete",
        not_done=NotDone(
            failed="“{name}” was not deleted.",
            exists="It is still in Kore.ai.",
            unknown="Whether “{name}” was deleted is not known.",
            may_exist="It may still be in Kore.ai.",
        ),
    ),
    # A look-up changes nothing, so nothing about it can be unknown.
    Action.STATUS: ActionWords(
        usages=(
            Usage(
                "status <name or ID>",
                "show a campaign's card in the channel",
                "status Spring sale",
            ),
        ),
        wants="wants to see this campaign",
        done="Shown for",
        not_done=NotDone(
            failed="“{name}” could not be looked up.",
            exists="",
            unknown="“{name}” could not be looked up.",
            may_exist="",
        ),
    ),
    Action.RESULTS: ActionWords(
        usages=(
            Usage(
                "results <name or ID>",
                "show how many contacts a voice campaign has reached",
                "results Renewal reminder",
            ),
        ),
        wants="wants to see the results of this campaign",
        done="Results for",
        button="Results",
        not_done=NotDone(
            failed="There are no results of “{name}” to show.",
            exists="",
            unknown="There are no results of “{name}” to show.",
            may_exist="",
        ),
    ),
}
