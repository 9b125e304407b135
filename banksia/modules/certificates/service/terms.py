"""The words by which an order's lines are found: what a person remembers of it."""

import re
import unicodedata
import uuid
from collections.abc import Sequence

from sqlalchemy import Select, false
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.kit.among import among
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.certificates.models import LineTerm, Order, OrderLine
from banksia.modules.certificates.queries.lines import line_ids_with_words, own_line_ids_with_words, with_words

WORD = re.compile(r"[^\W_]+(?:[/.'-][^\W_]+)*")
LONGEST_WORD = 40
MOST_WORDS = 8
OWNED_BY = "\x01"
"""Begins a word that nobody can type: whose history a line stands in."""


def words_of(*texts: str | None) -> list[str]:
    """Return the distinct words of some texts: folded, and joined ones such as `26/1183` also in parts."""
    found: dict[str, None] = {}
    for text in texts:
        for match in WORD.finditer(_folded(text or "")):
            word = match.group()
            for part in (word, *re.split(r"[/.'-]", word)):
                if part:
                    found[part[:LONGEST_WORD]] = None
    return list(found)


def add_words(session: Session, line: OrderLine, *texts: str) -> None:
    """Let a line be found by the words of these texts too; those by which it is found already stay."""
    _add(session, [(line, word) for word in words_of(*texts)])


def owner_word(owner: uuid.UUID | str) -> str:
    """The word of every line in the history of an account, of a firm, or of an e-mail address without an account."""
    return f"{OWNED_BY}{owner}"


def owner_word_of(order: Order) -> str | None:
    """The one of an order's lines; None for an order that no customer can look up."""
    owner = order.firm_id or order.customer_id or order.contact_email
    return None if owner is None else owner_word(owner)


def change_owner_words(session: Session, orders: Sequence[Order]) -> None:
    """Let orders be found in the history of who has them now; who had them before is kept out by the order itself."""
    _add(session, [(line, word) for order in orders if (word := owner_word_of(order)) for line in order.lines])


def _add(session: Session, words: Sequence[tuple[OrderLine, str]]) -> None:
    now = utc_now()
    rows = [
        {"id": new_id(), "created_at": now, "organisation_id": line.organisation_id, "line_id": line.id, "term": word}
        for line, word in words
    ]
    if not rows:
        return
    key = ["organisation_id", "term", "line_id"]
    session.execute(insert(LineTerm).values(rows).on_conflict_do_nothing(index_elements=key))


def words_sought(query: str) -> list[str]:
    """Return the words of a search, joined ones kept whole; each must begin a word of what is found."""
    found = dict.fromkeys(match.group()[:LONGEST_WORD] for match in WORD.finditer(_folded(query)))
    return list(found)[:MOST_WORDS]


def is_sought(query: str) -> bool:
    """Whether anything is searched for; signs without a word are, and are the word of no line."""
    return bool(query.strip())


def having_words(session: Session, lines: Select[OrderLine], query: str) -> Select[OrderLine]:
    """Those of the lines that are found by the words of a search: all when it is empty, none when it is signs only."""
    organisation_id, words = organisation_id_of(session), words_sought(query)
    if is_sought(query) and not words:
        return lines.where(false())
    if len(words) > 1:
        line_ids = session.scalars(line_ids_with_words(organisation_id, words)).one()
        if line_ids is not None:
            return lines.where(among(OrderLine.id, line_ids))
    return with_words(lines, organisation_id, words)


def own_having_words(
    session: Session, lines: Select[OrderLine], query: str, owners: Sequence[uuid.UUID | str]
) -> Select[OrderLine]:
    """The same within the histories of some owners: what it takes grows with these, not with the council's orders.

    Of lines that they do not have any may be among the found; who may see what is asked of the orders.
    """
    organisation_id, words = organisation_id_of(session), words_sought(query)
    if not words:
        return having_words(session, lines, query)
    own = [owner_word(owner) for owner in owners]
    line_ids = session.scalars(own_line_ids_with_words(organisation_id, own, words)).one()
    if line_ids is None:
        return with_words(lines, organisation_id, words)
    return lines.where(among(OrderLine.id, line_ids))


def _folded(text: str) -> str:
    """Letters without accents, in one case, so that `Núñez` is found by `nunez`."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
