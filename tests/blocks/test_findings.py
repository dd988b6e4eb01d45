"""Each finding of a review has its words, and cites its rule."""

from datetime import date, time
from typing import Any

import pytest

from blocks.findings import finding_line
from bot.campaigns.hours import Weekday
from bot.campaigns.review import (
    changes,
    edits,
    form,
    lists,
    neighbors,
    runs,
    sms,
    stop_all,
    target,
)
from bot.campaigns.review.findings import FINDING_CLASSES, Finding
from bot.campaigns.review.rules import (
    AnyRule,
    AttemptsRule,
    CallingHoursRule,
    NightRule,
    SmsDncListRule,
    WeekdaysRule,
)
from tests.blocks.import_findings import IMPORT_WORDS
from tests.blocks.list_findings import LIST_WORDS
from tests.blocks.samples import HOSTILE
from tests.bot.campaigns.review.every_finding import EVERY

SIGNED: dict[str, Any] = {"owner": "Compliance", "reviewed": date(2026, 10, 1)}
SAMPLES: dict[type[Finding], Finding] = {type(each): each for each in EVERY}
WORDS: dict[type[Finding], str] = {
    form.NameTaken: (
        "The name “Sale” is in use: cd-1, cd-2. Kore.ai schedules by name, and may not tell "
        "capital letters from small ones. Choose another name."
    ),
    target.CampaignMissing: (
        "Kore.ai has no campaign named “Sale”. Check the name with `/campaign list`, or use the ID."
    ),
    target.CampaignGone: (
        "Kore.ai no longer has the campaign “Sale”. If you mean another one with this name, ask "
        "again by its name."
    ),
    target.SeveralCampaigns: (
        "Several campaigns are called “Sale”: cd-1, cd-2. Use the ID of the one you mean."
    ),
    target.NameShared: (
        "Several campaigns are called “Sale”: cd-1 (SMS), cd-2 (voice), cd-3. Kore.ai schedules by "
        "name alone, and could pick the wrong one. Rename or delete one of them in the Kore.ai "
        "console, then try again."
    ),
    runs.StartPassed: "The start has passed. Choose a later one.",
    runs.NoEffectiveRun: (
        "No run of this schedule would reach anybody: calling hours are not open at any run, and "
        "do not open later that day. Change the schedule or the calling hours."
    ),
    target.StartsByItself: (
        "The campaign has a schedule and will start by itself. To start it now, remove its "
        "schedule first."
    ),
    changes.UnfinishedChange: (
        "<@U1> wants to set this schedule: Every week on Mon, Wed, first run Mon, Feb 1, 2027, "
        "9:00 AM (America/New_York). That request waits for approval. If it is carried out after "
        "yours, the campaign gets that schedule."
    ),
    target.NotRunning: "It is not running: Kore.ai shows the campaign as Ready.",
    target.RunUnchecked: (
        "The bot could not check whether the campaign is running. "
        "You can go on: the bot looks again before it sends anything."
    ),
    target.NotScheduled: "The campaign has no schedule.",
    target.NotInStatus: "The campaign is Active. Stop it first, then try again.",
    target.ScheduleDeleted: (
        "The campaign starts by itself. Its schedule is deleted too, so its runs will not happen."
    ),
    stop_all.NothingRuns: "No campaign runs in this environment.",
    stop_all.RunningUnchecked: (
        "The bot could not read every campaign from Kore.ai, so more may run. You can go on: the "
        "bot looks again before it stops them."
    ),
    edits.NothingChanged: "The campaign has these settings already.",
    edits.ChangedElsewhere: (
        "Somebody changed the campaign after you opened the form. Your edit keeps what they "
        "changed in: Description. Your edit replaces what they changed in: Calling hours, DNC list."
    ),
    edits.ScheduleKept: (
        "The campaign is scheduled, and its next runs have the new settings. If Kore.ai drops the "
        "schedule with the edit, the bot sets it again."
    ),
    target.ScheduleOver: ("The campaign's schedule is over, so it will not start by itself again."),
    target.ScheduleUnchecked: (
        "The bot could not check whether the campaign has a schedule. "
        "You can go on: the bot looks again before it sends anything."
    ),
    target.AlreadyRunning: "The campaign is running already.",
    target.ScheduleReplaced: (
        "The present schedule will be replaced. "
        "Now: Every week on Tue from Mon, Feb 1, 2027, 9:00 AM to Mon, Mar 1, 2027, 6:00 PM "
        "(America/New_York). "
        "Then: Every week on Mon, Wed from Mon, Feb 1, 2027, 9:00 AM to Mon, Mar 1, 2027, 6:00 PM "
        "(America/New_York)."
    ),
    target.ScheduledWhileRunning: (
        "The campaign is Active. Kore.ai may not accept a schedule in this status."
    ),
    target.NotKnownToStart: "The campaign is Paused. Kore.ai may not start it in this status.",
    target.StartedAgain: (
        "The campaign is Completed. Starting it again contacts everybody on its lists once more."
    ),
    form.NoDncList: (
        "This SMS campaign has no DNC list, and Kore.ai applies its global list to voice only. "
        "To go on without one, give a reason; it goes into the audit log. "
        "Rule: a DNC list with SMS, the bot's default."
    ),
    form.DncListNotSeen: (
        "No campaign in this environment is known to use the DNC list “Do not cal”. Did you mean "
        "“Do not call”? Kore.ai does not tell which DNC lists exist, so compare the spelling with "
        "the Kore.ai console: under a wrong name, people who must not be contacted might be."
    ),
    form.DncListUnchecked: (
        "The bot could not check the DNC list “Do not call”: Kore.ai does not tell which DNC lists "
        "exist, and no campaign in this environment is known to use one. Compare the spelling with "
        "the Kore.ai console."
    ),
    target.DncListNotShown: (
        "Kore.ai shows no DNC list for this SMS campaign, and applies its global list to voice "
        "only. To go on without one, give a reason; it goes into the audit log. "
        "Rule: a DNC list with SMS, the bot's default."
    ),
    form.HoursOutsideRule: (
        "Early or late calling hours: Mon-Fri 7:00 AM-10:00 PM (America/New_York). "
        "Rule: calling hours 8:00 AM-9:00 PM, Compliance, reviewed Oct 1, 2026."
    ),
    runs.RunsOnExcludedDays: (
        "Runs on excluded days: 14 of 50 runs, the first on "
        "Sat, Feb 6, 2027, 9:00 AM (America/New_York). "
        "Rule: no runs on Sat, Sun, the bot's default."
    ),
    runs.RunsAtNight: (
        "Runs at night: 14 of 50 runs, the first on "
        "Mon, Feb 1, 2027, 11:00 PM (America/New_York). "
        "Rule: no runs 9:00 PM-8:00 AM, the bot's default."
    ),
    runs.RunsOutsideHours: (
        "Starts outside calling hours: 14 of 50 runs, the first on "
        "Sat, Feb 6, 2027, 9:00 AM (America/New_York), a day without calling hours. "
        "They next open Mon, Feb 8, 2027, 9:00 AM; whether Kore.ai waits until then is unknown."
    ),
    runs.RunsMovedByClocks: (
        "The clocks change and Kore.ai keeps to UTC: from Mon, Mar 15, 2027, 10:00 AM "
        "(America/New_York) on, runs start 1 hour later. "
        "That run was planned for Mon, Mar 15, 2027, 9:00 AM."
    ),
    runs.RunsOnOtherDays: (
        "On another day than planned: 14 of 50 runs, the first on "
        "Tue, Mar 16, 2027, 12:30 AM (America/New_York). Kore.ai counts days and weeks in UTC."
    ),
    neighbors.SameDay: (
        "“Other” uses one of the same contact lists and runs on the same day: "
        "Feb 1, 2027 (UTC) and 2 more days. Kore.ai does not run two campaigns on one list at once."
    ),
    lists.ListNotFound: "Kore.ai has no contact list named “Nwes”. Check its name.",
    lists.ListEmpty: "The contact list “News” is empty.",
    lists.ListNotValidated: (
        "The contact list “News” is Validating; whether Kore.ai reaches its contacts is unknown."
    ),
    lists.ListWithoutTimeZones: (
        "The contact list “News” has no time zone column: calling hours go by the campaign's "
        "zone for everybody on it, wherever they are."
    ),
    sms.NoColumn: (
        "The contact list “News” has no column for `&lt;Frist Name&gt;`. Did you mean "
        "`&lt;First Name&gt;`? Contacts there may get the text without a value in its place."
    ),
    sms.ColumnsUnchecked: (
        "The bot could not check whether the contact lists have a column for "
        "`&lt;First Name&gt;`, `&lt;Due Date&gt;`, because Kore.ai did not tell all their "
        "columns. Look at the lists in the Kore.ai console."
    ),
    sms.LinksWithoutHttps: (
        "Phones may warn of links without https, or not open them: `http://example.com`, "
        "`bit.ly/a`. Write https:// before the address. If it is not meant as a link, put a space "
        "after its dot."
    ),
    form.TooManyAttempts: (
        "Up to 9 attempts at one contact in a day, 1 hour apart. "
        "Rule: at most 8 attempts a day, the bot's default."
    ),
    form.InvalidCallerId: (
        "The caller ID +1 1234567890 is not a valid number for its country. Check it."
    ),
    form.CallerIdNotSeen: (
        "No campaign in this environment is known to use the short code “72345”. Kore.ai decides "
        "whether this account may send from it; if not, nothing is created."
    ),
    form.NameUnchecked: "The bot could not check whether the name is already in use.",
    target.NamesakesUnchecked: (
        "The bot could not check whether another campaign has the same name, and Kore.ai schedules "
        "by name alone. The bot will check again before it sends anything."
    ),
    target.CampaignUnchecked: (
        "The bot could not look up the campaign, so it did not check its status, schedule, calling "
        "hours and DNC list."
    ),
    target.HoursUnknown: (
        "Kore.ai does not show the campaign's calling hours, so the bot could not check whether "
        "runs fall into them."
    ),
    target.PresentUnknown: (
        "Kore.ai does not say whether the campaign has a schedule. If it has one, it will be "
        "replaced."
    ),
    lists.ListsUnchecked: (
        "The bot could not look up the contact lists, so it did not check whether they are empty, "
        "validated and have time zones."
    ),
    lists.ListFactsUnknown: (
        "For the contact list “News”, Kore.ai does not say: how many contacts it has, its status, "
        "whether it has a time zone column."
    ),
    neighbors.NeighborsUnchecked: (
        "The bot could not check whether other campaigns use the same contact lists at the same "
        "time."
    ),
    neighbors.NeighborsUnknown: (
        "Also using the same contact lists, at times the bot does not know: One, Two."
    ),
    **LIST_WORDS,
    **IMPORT_WORDS,
}


def with_text(value: object, text: str) -> object:
    """Return the value with `text` as each of its strings, or None if it is not made of strings."""
    if type(value) is str:
        return text
    if isinstance(value, tuple) and all(type(each) is str for each in value):
        return (text,) * len(value)
    return None


WRITTEN = [
    (finding, name)
    for finding in EVERY
    for name in type(finding).model_fields
    if with_text(getattr(finding, name), "text")
]

any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def line(kind: type[Finding], **fields: object) -> str:
    """Return the words for the sample of this kind, with these fields changed."""
    return finding_line(SAMPLES[kind].model_copy(update=fields))


@pytest.mark.parametrize("kind", FINDING_CLASSES.values(), ids=FINDING_CLASSES)
def test_every_finding_has_its_words(kind: type[Finding]) -> None:
    assert line(kind) == WORDS[kind]


@any_text
def test_no_text_in_a_finding_links_or_pings_or_gets_too_long(text: str) -> None:
    for finding, name in WRITTEN:
        said = line(type(finding), **{name: with_text(getattr(finding, name), text)})
        assert "<" not in said, finding
        assert len(said) < 1200, finding


def test_the_owner_of_a_rule_neither_links_nor_pings() -> None:
    rule = SmsDncListRule(owner="<!channel>", reviewed=date(2026, 8, 1))
    assert line(form.NoDncList, rule=rule).endswith(
        "Rule: a DNC list with SMS, &lt;!channel&gt;, reviewed Aug 1, 2026."
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CallingHoursRule(earliest=time(9), **SIGNED), "calling hours 9:00 AM-9:00 PM"),
        (WeekdaysRule(days=(Weekday.SUNDAY,), **SIGNED), "no runs on Sun"),
        (NightRule(begins=time(20, 30), **SIGNED), "no runs 8:30 PM-8:00 AM"),
        (AttemptsRule(per_day=3, **SIGNED), "at most 3 attempts a day"),
        (SmsDncListRule(**SIGNED), "a DNC list with SMS"),
    ],
)
def test_a_rule_is_cited_with_its_owner_and_the_day_of_its_review(
    rule: AnyRule, words: str
) -> None:
    said = line(runs.StartPassed, rule=rule)
    assert said == f"{WORDS[runs.StartPassed]} Rule: {words}, Compliance, reviewed Oct 1, 2026."


def test_a_dnc_list_without_a_similar_name_has_no_question() -> None:
    assert "“Do not cal”. Kore.ai" in line(form.DncListNotSeen, similar=None)


def test_an_unknown_old_schedule_is_called_unknown() -> None:
    assert line(target.ScheduleReplaced, old=None).startswith(
        "The present schedule will be replaced. Now: one that the bot does not know. Then: Every"
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "(UTC). "), (2, "(UTC) and 1 more day. "), (3, "(UTC) and 2 more days. ")],
)
def test_a_finding_says_how_many_days_are_shared(days: int, words: str) -> None:
    assert f"Feb 1, 2027 {words}" in line(neighbors.SameDay, days=days)


def test_only_the_first_five_of_many_names_are_listed() -> None:
    names = ("A", "B", "C", "D", "E", "F", "G")
    assert line(neighbors.NeighborsUnknown, names=names).endswith(": A, B, C, D, E, 2 more.")
    assert line(neighbors.NeighborsUnknown, names=names[:5]).endswith(": A, B, C, D, E.")


def test_a_placeholder_may_have_no_column_on_several_lists() -> None:
    said = line(sms.NoColumn, lists=("News", "Customers"), similar=None)
    assert said == (
        "The contact lists News, Customers have no column for `&lt;Frist Name&gt;`. Contacts there "
        "may get the text without a value in its place."
    )


def test_only_the_first_five_of_many_links_are_listed() -> None:
    links = tuple(f"{letter}.com" for letter in "abcdefg")
    assert "`e.com`, 2 more. Write" in line(sms.LinksWithoutHttps, links=links)
