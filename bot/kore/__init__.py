"""Kore.ai's campaign API client. The only package that calls it.

Source: docs.kore.ai/ai-for-service/apis/contact-center.
"""

from bot.kore.account import Account, BaseUrl, Choices, HeaderText
from bot.kore.campaign_answers import RunAnswer
from bot.kore.client import KoreClient
from bot.kore.cursors import Cursor, Order
from bot.kore.endpoints import Operation
from bot.kore.errors import (
    BadCredentials,
    InvalidResponse,
    KoreError,
    ListIncomplete,
    NoAnswer,
    NoDncInVersion1,
    NotAllowed,
    NotFound,
    Outcome,
    RateLimited,
    Refused,
    ServerFault,
    UnknownRoute,
    Unreachable,
)
from bot.kore.paging import Listing, Page
from bot.kore.rate_limit import Turn, in_background, no_limit
from bot.kore.transport import LONGEST_CALL_SECONDS, Fence, no_fence

__all__ = [
    "LONGEST_CALL_SECONDS",
    "Account",
    "BadCredentials",
    "BaseUrl",
    "Choices",
    "Cursor",
    "Fence",
    "HeaderText",
    "InvalidResponse",
    "KoreClient",
    "KoreError",
    "ListIncomplete",
    "Listing",
    "NoAnswer",
    "NoDncInVersion1",
    "NotAllowed",
    "NotFound",
    "Operation",
    "Order",
    "Outcome",
    "Page",
    "RateLimited",
    "Refused",
    "RunAnswer",
    "ServerFault",
    "Turn",
    "UnknownRoute",
    "Unreachable",
    "in_background",
    "no_fence",
    "no_limit",
]
