"""Putting a template in force: only what prints, as a new numbered version that never changes."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.models import new_id
from banksia.modules.certificates.errors.templates import TemplateUnchanged
from banksia.modules.certificates.models import Product, TemplateVersion
from banksia.modules.certificates.queries.templates import number_in_force
from banksia.modules.certificates.schemas.templates import TemplateContent, TemplateRead
from banksia.modules.certificates.service.templates.describing import (
    content_numbered,
    describe_template,
    find_draft,
    find_product,
)
from banksia.modules.certificates.service.templates.editing import expect_version
from banksia.modules.certificates.service.templates.trying import mistakes_of, refusal, trial_of
from banksia.modules.certificates.service.versions import PLATFORMS_OWN


@dataclass(frozen=True)
class _Publication:
    """What is to come into force: a draft of some version, or the text of an older number."""

    content: TemplateContent
    reason: str
    draft_version: int | None = None
    restored_from: int | None = None


def publish_template(transactions: Transactions, *, code: str, version: int, reason: str) -> TemplateRead:
    """Put the saved draft in force; call it outside any transaction. Certificates with a saved draft keep theirs.

    Raises TemplateNotFound, TemplateStale, TemplateUnchanged, TemplateInvalid and TemplateRefused.
    """
    with transactions() as session:
        product = find_product(session, transactions.actor, code)
        draft = find_draft(session, product.organisation_id, product)
        expect_version(draft, version, transactions.actor)
        if draft is None:
            raise TemplateUnchanged
        content = TemplateContent.model_validate(draft.content)
    return _publish(transactions, code, _Publication(content, reason, draft_version=version))


def restore_template(transactions: Transactions, *, code: str, number: int, reason: str) -> TemplateRead:
    """Put the text of an older version in force again, as a new version; a draft is left as it is.

    Call it outside any transaction. Raises TemplateNotFound, TemplateUnchanged, TemplateInvalid and TemplateRefused.
    """
    with transactions() as session:
        product = find_product(session, transactions.actor, code)
        content = content_numbered(session, product, number)
    return _publish(transactions, code, _Publication(content, reason, restored_from=number))


def _publish(transactions: Transactions, code: str, publication: _Publication) -> TemplateRead:
    actor = transactions.actor
    with transactions() as session:
        trial = trial_of(session, actor, find_product(session, actor, code), publication.content)
    mistakes = mistakes_of(trial)
    if mistakes:
        raise refusal(mistakes)
    with transactions() as session:
        product = find_product(session, actor, code, lock=True)
        _record(session, actor, product, publication)
        return describe_template(session, product)


def _record(session: Session, actor: Actor, product: Product, publication: _Publication) -> None:
    draft = find_draft(session, actor.organisation_id, product)
    if publication.draft_version is not None:
        expect_version(draft, publication.draft_version, actor)
    newest = session.scalar(number_in_force(actor.organisation_id, product.id)) or PLATFORMS_OWN
    if content_numbered(session, product, newest) == publication.content:
        raise TemplateUnchanged
    session.add(
        TemplateVersion(
            id=new_id(),
            organisation_id=actor.organisation_id,
            product_id=product.id,
            number=newest + 1,
            content=publication.content.model_dump(mode="json"),
            reason=publication.reason,
            restored_from=publication.restored_from,
            published_by_id=actor.user_id,
            published_by_name=actor.name,
        )
    )
    if draft and publication.draft_version is not None:
        session.delete(draft)
    audit.record(
        session,
        actor,
        "certificates.template_published",
        subject=product,
        detail={
            "code": product.code,
            "number": newest + 1,
            "reason": publication.reason,
            "restored_from": publication.restored_from,
        },
    )
    session.flush()
