"""An odd answer is either read or refused by pydantic, and raises nothing else."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.kore.answer_models import Answered
from bot.kore.campaign_answers import CampaignAnswer, CampaignPage, TriggerAnswer
from bot.kore.list_answers import ContactListsAnswer, ContactsAnswer, ResultsAnswer

CAMPAIGN = {
    "_id": "cd-1",
    "name": "Survey",
    "status": "Ready",
    "dncLists": {"name": "Do not call"},
    "contactLists": ["VIP customers"],
    "priority": "5",
    "dialingMode": "Agentless",
    "createdAt": "2025-12-08T05:29:38.298Z",
    "schedule": {"isSchedulingEnabled": False},
    "dialingStrategy": {
        "maxRingTime": 30,
        "callerId": {"phoneNumber": "+12025550100"},
        "callingHours": {
            "timezone": "Asia/Kolkata",
            "days": [{"day": "MO", "start": "9:00 AM", "end": "6:00 PM"}],
        },
    },
}
USE = {"id": "cd-1", "name": "Survey"}
LIST = {
    "_id": "cl-1",
    "name": "June",
    "totalRecordCount": 3,
    "mapping": {"phoneNumber": "phoneNumber", "timeZone": "timezone"},
    "columns": ["phoneNumber", "timezone", "Renewal Date"],
    "campaignInUse": [USE],
}
RESULT = {"phoneNumber": "12025550100", "agentDispositionCodes": ["Sale"], "uniqueId": "7"}
PAGING = {"page": 1, "totalPages": 1, "totalResults": 1}

# The model of each answer, the function for the client's value of it, and a sample.
Case = tuple[type[Answered], Callable[[Any], object], dict[str, Any]]
CASES: dict[str, Case] = {
    "campaign": (
        CampaignAnswer,
        lambda answer: answer.data.snapshot(),
        {"id": "cd-1", "data": CAMPAIGN},
    ),
    "campaigns": (
        CampaignPage,
        lambda answer: [row.snapshot() for row in answer.data.readable],
        {"data": {"results": [CAMPAIGN], "hasMore": False, "totalResults": 1, "limit": 50}},
    ),
    "run": (
        TriggerAnswer,
        lambda answer: answer.value(),
        {"status": "Active", "campaignInstanceId": "cid-1", "updatedAt": "2026-01-05T09:00:00Z"},
    ),
    "lists": (
        ContactListsAnswer,
        lambda answer: [row.value() for row in answer.data.readable],
        {"data": [LIST]},
    ),
    "contacts": (
        ContactsAnswer,
        lambda answer: [row.value() for row in answer.data.readable],
        {"data": {"results": [{"_id": "cc-1", "phoneNumber": "12025550100", "firstName": "Ada"}]}},
    ),
    "results": (
        ResultsAnswer,
        lambda answer: answer.value(),
        {"data": {"results": [RESULT], **PAGING}},
    ),
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


def places(part: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 # JSON is anything
    """Yield each container in a JSON value with each of its keys or indexes."""
    if isinstance(part, dict | list):
        for key in part if isinstance(part, dict) else range(len(part)):
            yield part, key
            yield from places(part[key])


@pytest.mark.parametrize("case", CASES)
@given(data=st.data())
def test_an_answer_is_read_or_refused(case: str, data: st.DataObject) -> None:
    model, value_of, sample = CASES[case]
    body = copy.deepcopy(sample)
    container, key = data.draw(st.sampled_from(list(places(body))))
    container[key] = data.draw(ANYTHING)

    try:
        answer = model.model_validate(body)
    except ValidationError:
        return
    # The client does not catch errors of this conversion.
    assert value_of(answer) is not None
