"""Chooses the form of an operation's endpoint and builds its URL."""

from urllib.parse import quote

from bot.kore.account import Account, Choices
from bot.kore.endpoints import ENDPOINTS, Form, Operation
from bot.kore.errors import NotFound


class Routes:
    """The forms that one client uses: the operator's choice first, then the one that worked."""

    def __init__(self, account: Account, choices: Choices) -> None:
        """Start with the operator's choice."""
        self._account = account
        self._alternatives_first = choices.paths == "consistent"
        self._seen_to_work: dict[Operation, Form] = {}

    def forms(self, operation: Operation) -> tuple[Form, ...]:
        """Return the endpoint's forms, the likeliest first."""
        endpoint = ENDPOINTS[operation]
        if endpoint.alternative is None:
            return (endpoint.documented,)
        both = (endpoint.documented, endpoint.alternative)
        chosen = both[self._alternatives_first]
        first = self._seen_to_work.get(operation, chosen)
        return both if first is endpoint.documented else both[::-1]

    def remember(self, operation: Operation, form: Form) -> None:
        """Use this form first from now on."""
        self._seen_to_work[operation] = form

    def url(self, operation: Operation, form: Form, values: dict[str, str]) -> str:
        """Return the form's URL with percent-encoded values.

        Raises:
            NotFound: an ID is empty or made of dots, which would address another resource.
        """
        if any(not value.strip(".") for key, value in values.items() if key != "name"):
            raise NotFound(operation)
        ours = {"stream": self._account.stream_id, "account": self._account.account_id}
        encoded = {key: quote(value, safe="") for key, value in (ours | values).items()}
        return self._account.host + form.target.format_map(encoded)
