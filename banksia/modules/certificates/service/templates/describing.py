"""Templates as their pages show them."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.errors.templates import TemplateNotFound
from banksia.modules.certificates.models import Product, TemplateDraft, TemplateVersion
from banksia.modules.certificates.queries.products import product_with_code, products_of
from banksia.modules.certificates.queries.templates import (
    template_draft_of,
    template_drafts,
    version_numbered,
    versions_in_force,
    versions_of,
)
from banksia.modules.certificates.schemas.templates import (
    TemplateContent,
    TemplateList,
    TemplateRead,
    TemplateSummary,
    TemplateVersionDetail,
    TemplateVersionRead,
)
from banksia.modules.certificates.service.versions import PLATFORMS_OWN, content_of

OWN_REASON = "Comes with Banksia."


def list_templates(session: Session, actor: Actor) -> TemplateList:
    """Return what is in force for each product that is sold, and its draft, in three queries."""
    organisation_id = actor.organisation_id
    versions = {each.product_id: each for each in session.scalars(versions_in_force(organisation_id))}
    drafts = {each.product_id: each for each in session.scalars(template_drafts(organisation_id))}
    products = [each for each in session.scalars(products_of(organisation_id)) if each.kind == "sale"]
    return TemplateList(
        templates=[_summary(each, versions.get(each.id), drafts.get(each.id)) for each in products],
    )


def read_template(session: Session, actor: Actor, *, code: str) -> TemplateRead:
    """Return a template as its editor opens it; raises TemplateNotFound."""
    return describe_template(session, find_product(session, actor, code))


def describe_template(session: Session, product: Product) -> TemplateRead:
    """Return the draft of a product's template, or what is in force, with its versions."""
    versions = session.scalars(versions_of(product.organisation_id, product.id)).all()
    draft = session.scalar(template_draft_of(product.organisation_id, product.id))
    newest = versions[0] if versions else None
    content = draft or newest
    return TemplateRead(
        **_summary(product, newest, draft).model_dump(),
        version=draft.version if draft else 0,
        content=TemplateContent.model_validate(content.content) if content else content_of(product.template),
        versions=[*(_version(each, newest) for each in versions), _own(versions)],
    )


def read_template_version(session: Session, actor: Actor, *, code: str, number: int) -> TemplateVersionDetail:
    """Return one published version, 0 being the platform's own; raises TemplateNotFound."""
    product = find_product(session, actor, code)
    versions = session.scalars(versions_of(product.organisation_id, product.id)).all()
    newest = versions[0] if versions else None
    found = next((each for each in versions if each.number == number), None)
    read = _version(found, newest) if found else _own(versions)
    return TemplateVersionDetail(**read.model_dump(), content=content_numbered(session, product, number))


def content_numbered(session: Session, product: Product, number: int) -> TemplateContent:
    """Return what a published version says, 0 being the platform's own; raises TemplateNotFound."""
    if number == PLATFORMS_OWN:
        return content_of(product.template)
    version = session.scalar(version_numbered(product.organisation_id, product.id, number))
    if version is None:
        raise TemplateNotFound
    return TemplateContent.model_validate(version.content)


def find_product(session: Session, actor: Actor, code: str, *, lock: bool = False) -> Product:
    """Return the product whose certificate a template makes; raises TemplateNotFound."""
    wanted = product_with_code(actor.organisation_id, code)
    product = session.scalar(wanted.with_for_update() if lock else wanted)
    if product is None or product.kind != "sale":
        raise TemplateNotFound
    return product


def find_draft(session: Session, organisation_id: uuid.UUID, product: Product) -> TemplateDraft | None:
    """Return the draft of a product's template as it is now, whatever was read before."""
    statement = template_draft_of(organisation_id, product.id).execution_options(populate_existing=True)
    return session.scalar(statement)


def _summary(product: Product, newest: TemplateVersion | None, draft: TemplateDraft | None) -> TemplateSummary:
    return TemplateSummary(
        code=product.code,
        title=product.title,
        in_force=_version(newest, newest) if newest else _own([]),
        draft_saved_at=draft.saved_at if draft else None,
        draft_saved_by_name=draft.saved_by_name if draft else None,
    )


def _version(version: TemplateVersion, newest: TemplateVersion | None) -> TemplateVersionRead:
    return TemplateVersionRead(
        number=version.number,
        published_at=version.created_at,
        published_by_name=version.published_by_name,
        reason=version.reason,
        restored_from=version.restored_from,
        is_in_force=version is newest,
    )


def _own(versions: Sequence[TemplateVersion]) -> TemplateVersionRead:
    return TemplateVersionRead(
        number=PLATFORMS_OWN,
        published_at=None,
        published_by_name=None,
        reason=OWN_REASON,
        restored_from=None,
        is_in_force=not versions,
    )
