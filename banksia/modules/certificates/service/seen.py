"""What council knew when an officer looked, and what it knows now: nothing is issued that changed unseen.

What is known is compared in words, question by question, without what an officer answered: that is counted in the
versions of the draft. Attributes that a council's own text prints are compared too.
"""

import hashlib
import json
import re
from collections.abc import Mapping

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.errors.acting import KnownChanged
from banksia.modules.certificates.models import Draft, OrderLine
from banksia.modules.certificates.queries.orders import transitions_of
from banksia.modules.certificates.schemas.known import KnownChange
from banksia.modules.certificates.service.answers import in_full
from banksia.modules.certificates.service.prepared import Prepared
from banksia.modules.certificates.service.states import CHANGED_NOTE, note_transition

OF_TEXT = "attribute."
MOST_IN_NOTE = 5


def known_in(prepared: Prepared) -> dict[str, str]:
    """What council knows of all that a certificate says, in words, by question or attribute."""
    asked = {
        each.question.key: in_full(each.question, each.known) for _, filled in prepared.sections for each in filled
    }
    attributes = {
        f"{OF_TEXT}{code}": ", ".join(filter(None, (value["shown"], value["detail"]))) or "Unknown"
        for code, value in _printed(prepared).items()
    }
    return asked | attributes


def digest_of_known(prepared: Prepared) -> str:
    """SHA-256, in hex, of `known_in`."""
    return hashlib.sha256(json.dumps(known_in(prepared), sort_keys=True).encode()).hexdigest()


def changes_since(draft: Draft | None, prepared: Prepared) -> list[KnownChange]:
    """What council knows otherwise than when the draft was begun, or was looked at again."""
    if draft is None or draft.known is None:
        return []
    now = known_in(prepared)
    return _changes(prepared, {**now, **draft.known}, now)


def expect_seen(
    session: Session, actor: Actor, line: OrderLine, prepared: Prepared, known: Mapping[str, str] | None
) -> None:
    """Raise KnownChanged when council knows something else than an officer saw; the line's history notes it.

    `known` is None where a program that shows nothing to anybody asks.
    """
    if known is None:
        return
    changes = _changes(prepared, known, known_in(prepared))
    if changes:
        note_changes(session, actor, line, changes)
        raise KnownChanged([each.model_dump() for each in changes], in_words(changes))


def looked_at(session: Session, actor: Actor, line: OrderLine, draft: Draft | None, prepared: Prepared) -> None:
    """Note that an officer went on with what has changed since the certificate was drafted."""
    note_changes(session, actor, line, changes_since(draft, prepared))
    if draft is not None:
        draft.known = known_in(prepared)


def note_changes(session: Session, actor: Actor, line: OrderLine, changes: list[KnownChange]) -> None:
    """Write into a line's history what council learnt meanwhile, once."""
    if not changes:
        return
    note = f"{CHANGED_NOTE}{in_words(changes)}"
    steps = session.scalars(transitions_of(line.organisation_id, line.order_id))
    if note not in [step.note for step in steps if step.line_id == line.id][-1:]:
        note_transition(session, line, line.state, by=actor.user_id, by_name=actor.name, note=note)


def in_words(changes: list[KnownChange]) -> str:
    """`Rating category: Residential → Mining`, and how many more where there are many."""
    said = [f"{each.label}: {each.before or 'not asked'} → {each.now}" for each in changes[:MOST_IN_NOTE]]
    more = len(changes) - len(said)
    return "; ".join(said) + (f"; and {more} more" if more else "")


def _changes(prepared: Prepared, before: Mapping[str, str], now: Mapping[str, str]) -> list[KnownChange]:
    labels = {each.question.key: each.question.label for _, filled in prepared.sections for each in filled}
    labels |= {f"{OF_TEXT}{code}": str(value["title"]) for code, value in _printed(prepared).items()}
    return [
        KnownChange(key=key, label=labels[key], before=before.get(key), now=words)
        for key, words in now.items()
        if before.get(key) != words
    ]


def _printed(prepared: Prepared) -> Mapping[str, dict[str, str | None]]:
    """The attributes that a council's own text names; all of them where it goes through them."""
    source = prepared.template.source
    if source is None:
        return {}
    attributes: dict[str, dict[str, str | None]] = prepared.values["attributes"]
    if re.search(r"attributes(?!\.\w)", source):
        return attributes
    return {code: each for code, each in attributes.items() if re.search(rf"\battributes\.{re.escape(code)}\b", source)}
