"""Tells a channel what somebody has just chosen for it."""

from datetime import UTC, datetime

from blocks import messages
from blocks.kit import Message
from bot.slack import Closed, MessageKey, SlackError
from handlers.payloads import Press, SlashCommand
from handlers.services import Services


async def tell_channel(
    services: Services, request: SlashCommand | Press, said: Message, kind: str
) -> bool:
    """Post in the channel of a request; return False if the bot cannot, and tell the person why."""
    key = MessageKey(request.trigger_id, kind, datetime.now(UTC))
    try:
        await services.poster.post(request.channel, said, key, look=False)
    except Closed:
        await services.tell(request, messages.cannot_post())
        return False
    except SlackError:
        # The person at least learns of it, once Slack works.
        await services.tell(request, said)
    return True
