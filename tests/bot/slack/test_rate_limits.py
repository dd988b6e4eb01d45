"""Every caller of a method keeps to Slack's wait, and after it a single one calls first."""

import pytest

from bot.slack.errors import NoAnswer, RateLimited
from bot.slack.methods import Method
from bot.slack.rate_limits import RateLimits

POST = Method.POST_MESSAGE


def told_to_wait(limits: RateLimits, seconds: float) -> None:
    with pytest.raises(RateLimited), limits.kept(POST):
        raise RateLimited(POST.value.name, seconds)


def refused(limits: RateLimits, method: Method = POST) -> float:
    with pytest.raises(RateLimited) as caught, limits.kept(method):
        raise AssertionError("called")
    return caught.value.retry_after


def test_nobody_calls_before_the_wait_is_over() -> None:
    limits = RateLimits()
    told_to_wait(limits, 60)
    assert 59 < refused(limits) <= 60
    with limits.kept(Method.UPDATE_MESSAGE):
        pass


def test_after_the_wait_one_call_is_made_before_the_others() -> None:
    limits = RateLimits()
    told_to_wait(limits, 0)
    with limits.kept(POST):
        assert refused(limits) == 1
    with limits.kept(POST), limits.kept(POST):
        pass


def test_a_call_of_unknown_end_does_not_let_the_others_through() -> None:
    limits = RateLimits()
    told_to_wait(limits, 0)
    with pytest.raises(NoAnswer), limits.kept(POST):
        raise NoAnswer(POST.value.name)
    with limits.kept(POST):
        assert refused(limits) == 1
