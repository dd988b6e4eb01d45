"""The click between a filled-in form and its campaign, as the tests' people make it."""

from sandbox.slack import Modal, OutcomeKind, Person

TITLE = "Review"


async def wait_review(person: Person) -> Modal:
    """The review, once it is no longer being checked."""
    review = await person.wait_modal(TITLE)
    await person.wait_change(lambda: "Checking" in review.text, True, within=10)
    return review


async def confirm_review(person: Person, reason: str = "They asked for it") -> None:
    """Read the review, say why where it asks, and confirm it."""
    review = await wait_review(person)
    if "Why without a DNC list?" in review.labels:
        await review.fill({"Why without a DNC list?": reason})
    assert review.submit_text, review.text
    assert (await review.submit()).kind is OutcomeKind.CLOSED, review.text
