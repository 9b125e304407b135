"""Why a request does not reach a remote module, or its answer nobody, in sentences for a person."""

import math
from typing import ClassVar

from banksia.kit.errors import Forbidden, NotFound, Problem, TooLarge, TooManyRequests, Unavailable


class RouteNotDeclared(NotFound):
    """The module's manifest names no such route."""

    def __init__(self, title: str) -> None:
        """Name the module."""
        super().__init__(f"{title} has nothing at this address. Check it, or start from the home page.")


class MethodNotDeclared(Problem):
    """The route is declared, and not for this method."""

    status = 405
    title = "Not possible here"

    def __init__(self, allowed: tuple[str, ...]) -> None:
        """Say what is possible."""
        super().__init__(f"This address takes {', '.join(allowed)} only.")
        self.headers = {"Allow": ", ".join(allowed)}


class WrongAudience(Forbidden):
    """The route is for other people."""

    FOR: ClassVar = {
        "customer": "This is for customers. Sign in with a customer's account.",
        "staff": "This is for the council's staff. Sign in with a staff account.",
        "admin": "This is for administrators. Ask one of them.",
        "service": "This is for other modules, not for people.",
    }

    def __init__(self, audience: str) -> None:
        """Say for whom it is."""
        super().__init__(self.FOR[audience])


class RemotePermissionMissing(Forbidden):
    """The person is signed in, without the permission that the route needs."""

    def __init__(self, name: str, title: str) -> None:
        """Name what is missing, and who can give it."""
        super().__init__(
            f"This needs the permission “{title}”. Ask your administrator for a role that has it.", permission=name
        )


class BodyTooLarge(TooLarge):
    """More bytes than the module takes."""

    def __init__(self, at_most: int) -> None:
        """Say how much it may be."""
        size = f"{at_most / 1024**2:.0f} MB" if at_most >= 1024**2 else f"{math.ceil(at_most / 1024)} KB"
        super().__init__(f"The request is larger than {size}, the most that is taken here. Send less at once.")


class BodyTooSlow(Problem):
    """The request did not arrive in time."""

    status = 408
    title = "The request took too long"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The request did not arrive in time, so it was given up. Try again on a better connection.")


class TooManyCalls(TooManyRequests):
    """One caller asks faster than anybody needs to."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Too many requests in a short time. Wait a moment, then try again.")
        self.headers = {"Retry-After": "2"}


class ModuleResting(Unavailable):
    """The module failed again and again and is not asked for a moment."""

    def __init__(self, title: str, seconds: float) -> None:
        """Say when to try again."""
        super().__init__(f"{title} does not answer at the moment. Nothing else is affected. Try again in a minute.")
        self.headers = {"Retry-After": str(max(1, math.ceil(seconds)))}


class ModuleCrowded(Unavailable):
    """As many calls are under way as the module gets at once."""

    def __init__(self, title: str) -> None:
        """Say when to try again."""
        super().__init__(f"{title} has more to do than it can take. Try again in a moment.")
        self.headers = {"Retry-After": "2"}


class ModuleAway(Unavailable):
    """The module could not be reached, or went away before it answered."""

    def __init__(self, title: str) -> None:
        """Say what is known: it may have done what it was asked to."""
        super().__init__(
            f"{title} cannot be reached at the moment. Look whether what you asked for was done, then try again in a "
            "minute."
        )
        self.headers = {"Retry-After": "5"}


class ModuleTooSlow(Problem):
    """The module did not answer in time."""

    status = 504
    title = "No answer in time"

    def __init__(self, title: str) -> None:
        """Say what is known: it may have done what it was asked to."""
        super().__init__(
            f"{title} did not answer in time. Look whether what you asked for was done, then try again in a minute."
        )


class ModuleAnswerRefused(Problem):
    """The module answered something that we do not pass on."""

    status = 502
    title = "The answer could not be used"

    def __init__(self, title: str, why: str) -> None:
        """Say what was wrong with it, for whoever runs the module."""
        super().__init__(f"{title} gave an answer that could not be used: {why} Tell the council if it stays.")


class SigningNotPossible(Unavailable):
    """Without a secret of its own the installation cannot keep a key to sign with."""

    title = "Connected modules cannot be called"

    def __init__(self) -> None:
        """Say who can help."""
        super().__init__(
            "This installation has no secret key, so it cannot prove to a module who sends a request. Its operator has "
            "to set BANKSIA_SECRET_KEY."
        )


class CallerGone(Problem):
    """Whoever asked has gone away; nobody reads this, the log counts it."""

    status = 499
    title = "The request was given up"
