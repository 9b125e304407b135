"""Mail in a council's own words, as administrators edit it."""

from banksia.foundation.notifications import permissions
from banksia.foundation.notifications.errors import (
    MailKindNotFound,
    NoAddressToTest,
    WordingInvalid,
    WordingStale,
)
from banksia.foundation.notifications.schemas import MessageRead
from banksia.foundation.notifications.schemas.wording import (
    MailKindList,
    MailName,
    WordingPreview,
    WordingRead,
    WordingReset,
    WordingWrite,
)
from banksia.foundation.notifications.service import wording as service
from banksia.kit.routing import ActorDep, Router, SessionDep

wordings = Router(prefix="/wordings")


@wordings.get("", permission=permissions.WORDING_MANAGE)
def list_wordings(session: SessionDep) -> MailKindList:
    """Every mail that can be worded."""
    return MailKindList(mails=service.list_wordings(session))


@wordings.get("/{name}", permission=permissions.WORDING_MANAGE, raises=[MailKindNotFound])
def read_wording(session: SessionDep, name: MailName) -> WordingRead:
    """The words of one mail, what it can say, and its versions."""
    return service.read_wording(session, name=name)


@wordings.put("/{name}", permission=permissions.WORDING_MANAGE, raises=[MailKindNotFound, WordingInvalid, WordingStale])
def save_wording(session: SessionDep, actor: ActorDep, name: MailName, written: WordingWrite) -> WordingRead:
    """Keep your own words; mail that is written from now on has them."""
    return service.save_wording(session, actor, name=name, written=written)


@wordings.post("/{name}/reset", permission=permissions.WORDING_MANAGE, raises=[MailKindNotFound, WordingStale])
def reset_wording(session: SessionDep, actor: ActorDep, name: MailName, reset: WordingReset) -> WordingRead:
    """Go back to the standard words; yours stay among the versions."""
    return service.reset_wording(session, actor, name=name, seen=reset.version)


@wordings.post("/{name}/preview", permission=permissions.WORDING_MANAGE, raises=[MailKindNotFound, WordingInvalid])
def preview_wording(session: SessionDep, name: MailName, written: WordingWrite) -> WordingPreview:
    """How words would read, with samples."""
    return service.preview_wording(session, name=name, written=written)


@wordings.post(
    "/{name}/test",
    permission=permissions.WORDING_MANAGE,
    status_code=201,
    raises=[MailKindNotFound, WordingInvalid, NoAddressToTest],
)
def send_sample(session: SessionDep, actor: ActorDep, name: MailName, written: WordingWrite) -> MessageRead:
    """Send words with samples to yourself."""
    return MessageRead.model_validate(service.send_sample(session, actor, name=name, written=written))
