"""Mail in a council's own words: read, check, look at, keep, and go back to the standard."""

from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.notifications import queries
from banksia.foundation.notifications.adapters.rendering import RenderedMail, Words
from banksia.foundation.notifications.adapters.wordings import MailKind, faults_of
from banksia.foundation.notifications.errors import (
    MailKindNotFound,
    NoAddressToTest,
    WordingInvalid,
    WordingStale,
)
from banksia.foundation.notifications.models import Message, Wording
from banksia.foundation.notifications.schemas.wording import (
    MailKindRead,
    VariableRead,
    WordingPreview,
    WordingRead,
    WordingVersionRead,
    WordingWrite,
)
from banksia.foundation.notifications.service.writing import installed_kinds, queue_rendered, templates_of
from banksia.foundation.organisations.public import current_organisation, enabled_modules
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.models import new_id

MOST_VERSIONS = 50
"""So many are shown; all are kept."""


def kinds_of(session: Session) -> Mapping[str, MailKind]:
    """The mails of the modules that the council has on, by their template."""
    modules, on = platform_of(session).modules, enabled_modules(session)
    kinds = installed_kinds(session).items()
    return {name: kind for name, kind in kinds if modules[kind.module].always_on or kind.module in on}


def list_wordings(session: Session) -> list[MailKindRead]:
    """Return every mail that can be worded, by module, and who changed it last."""
    newest = {each.template: each for each in session.scalars(queries.newest_wordings(organisation_id_of(session)))}
    modules = platform_of(session).modules
    return [
        MailKindRead(
            name=_name(kind),
            module=modules[kind.module].title,
            title=kind.title,
            about=kind.about,
            is_changed=bool(kept and kept.text is not None),
            changed_at=kept.created_at if kept else None,
            changed_by_name=kept.author_name if kept else None,
        )
        for kind in kinds_of(session).values()
        for kept in [newest.get(kind.template)]
    ]


def read_wording(session: Session, *, name: str) -> WordingRead:
    """Return the words of one mail, its variables and its versions; raises MailKindNotFound."""
    kind = _kind(session, name)
    versions = session.scalars(
        queries.wordings_of(organisation_id_of(session), kind.template).limit(MOST_VERSIONS)
    ).all()
    newest = versions[0] if versions else None
    return WordingRead(
        name=name,
        title=kind.title,
        about=kind.about,
        version=newest.version if newest else 0,
        is_changed=bool(newest and newest.text is not None),
        subject=(newest and newest.subject) or kind.subject,
        text=(newest and newest.text) or kind.text,
        standard_subject=kind.subject,
        standard_text=kind.text,
        variables=[VariableRead.model_validate(each) for each in kind.variables.values()],
        versions=[WordingVersionRead.of(each, is_standard=each.text is None) for each in versions],
    )


def save_wording(session: Session, actor: Actor, *, name: str, written: WordingWrite) -> WordingRead:
    """Keep a council's words for a mail; raises MailKindNotFound, WordingInvalid and WordingStale."""
    kind = _kind(session, name)
    words = _checked(kind, written)
    _keep(session, actor, kind, words, seen=written.version)
    return read_wording(session, name=name)


def reset_wording(session: Session, actor: Actor, *, name: str, seen: int) -> WordingRead:
    """Go back to the standard words, as a version of its own; raises MailKindNotFound and WordingStale."""
    _keep(session, actor, _kind(session, name), None, seen=seen)
    return read_wording(session, name=name)


def preview_wording(session: Session, *, name: str, written: WordingWrite) -> WordingPreview:
    """Return how words would read, with samples; raises MailKindNotFound and WordingInvalid."""
    rendered = _sample(session, _kind(session, name), written)
    return WordingPreview(subject=rendered.subject, text=rendered.text)


def send_sample(session: Session, actor: Actor, *, name: str, written: WordingWrite) -> Message:
    """Send words with samples to the person who asks; raises MailKindNotFound, WordingInvalid and NoAddressToTest."""
    if not actor.email:
        raise NoAddressToTest
    kind = _kind(session, name)
    rendered = _sample(session, kind, written)
    shown = RenderedMail(f"Sample: {rendered.subject}", rendered.text, rendered.html)
    return queue_rendered(session, shown, template=kind.template, to=actor.email)


def _kind(session: Session, name: str) -> MailKind:
    kind = kinds_of(session).get(name.replace(".", "/", 1))
    if kind is None:
        raise MailKindNotFound
    return kind


def _name(kind: MailKind) -> str:
    return f"{kind.module}.{kind.name}"


def _checked(kind: MailKind, written: WordingWrite) -> Words:
    faults = faults_of(kind, written.subject, written.text)
    if faults:
        errors = [{"field": each.field, "message": each.message} for each in faults]
        raise WordingInvalid(" ".join(dict.fromkeys(each.message for each in faults)), errors=errors)
    return Words(written.subject, written.text)


def _sample(session: Session, kind: MailKind, written: WordingWrite) -> RenderedMail:
    context = {"council": current_organisation(session)}
    return templates_of(session).reword(kind, _checked(kind, written), context, sample=True)


def _keep(session: Session, actor: Actor, kind: MailKind, words: Words | None, *, seen: int) -> None:
    organisation_id = organisation_id_of(session)
    newest = session.scalars(queries.wordings_of(organisation_id, kind.template).limit(1)).one_or_none()
    version = newest.version if newest else 0
    if version != seen:
        raise WordingStale(version)
    before = Words(newest.subject, newest.text) if newest and newest.subject and newest.text else None
    if before == words:
        return
    kept = Wording(
        id=new_id(),
        organisation_id=organisation_id,
        template=kind.template,
        version=version + 1,
        subject=words.subject if words else None,
        text=words.text if words else None,
        author_id=actor.user_id,
        author_name=actor.name,
    )
    session.add(kept)
    try:
        session.flush()
    except IntegrityError as error:
        if "uq_wordings" in str(error.orig):
            raise WordingStale(version + 1) from error
        raise
    action = "notifications.wording_changed" if words else "notifications.wording_reset"
    detail = {"template": kind.template, "version": kept.version, "subject": kept.subject, "text": kept.text}
    audit.record(session, actor, action, subject=kept, detail=detail)
