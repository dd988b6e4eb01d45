"""Wait for a review and confirm it, as a person does in Slack."""

from sandbox.slack import Modal, OutcomeKind, Person

TITLE = "Review"


async def wait_review(person: Person) -> Modal:
    """Wait until the review has been checked and return it."""
    review = await person.wait_modal(TITLE)
    await person.wait_change(lambda: "Checking" in review.text, True, within=10)
    return review


async def confirm_review(person: Person, reason: str = "They asked for it") -> None:
    """Confirm the review, and give a reason if it asks for one."""
    review = await wait_review(person)
    if "Why without a DNC list?" in review.labels:
        await review.fill({"Why without a DNC list?": reason})
    assert review.submit_text, review.text
    assert (await review.submit()).kind is OutcomeKind.CLOSED, review.text
