"""Published templates and their drafts."""

import uuid

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import defer

from banksia.modules.certificates.models import TemplateDraft, TemplateVersion


def versions_of(organisation_id: uuid.UUID, product_id: uuid.UUID) -> Select[TemplateVersion]:
    """The published versions of a product's template, newest first; what each says is read when it is asked for."""
    return (
        _every_version(organisation_id, product_id)
        .options(defer(TemplateVersion.content))
        .order_by(TemplateVersion.number.desc())
    )


def _every_version(organisation_id: uuid.UUID, product_id: uuid.UUID) -> Select[TemplateVersion]:
    return select(TemplateVersion).where(
        TemplateVersion.organisation_id == organisation_id, TemplateVersion.product_id == product_id
    )


def version_numbered(organisation_id: uuid.UUID, product_id: uuid.UUID, number: int) -> Select[TemplateVersion]:
    """One published version."""
    return _every_version(organisation_id, product_id).where(TemplateVersion.number == number)


def number_in_force(organisation_id: uuid.UUID, product_id: uuid.UUID) -> Select[int | None]:
    """The highest published number of a product's template."""
    return select(func.max(TemplateVersion.number)).where(
        TemplateVersion.organisation_id == organisation_id, TemplateVersion.product_id == product_id
    )


def versions_in_force(organisation_id: uuid.UUID) -> Select[TemplateVersion]:
    """The newest version of each product's template that has any, without what it says."""
    return (
        select(TemplateVersion)
        .options(defer(TemplateVersion.content))
        .ext(distinct_on(TemplateVersion.product_id))
        .where(TemplateVersion.organisation_id == organisation_id)
        .order_by(TemplateVersion.product_id, TemplateVersion.number.desc())
    )


def template_drafts(organisation_id: uuid.UUID) -> Select[TemplateDraft]:
    """Every draft of a template, without what it says."""
    return (
        select(TemplateDraft)
        .options(defer(TemplateDraft.content))
        .where(TemplateDraft.organisation_id == organisation_id)
    )


def template_draft_of(organisation_id: uuid.UUID, product_id: uuid.UUID) -> Select[TemplateDraft]:
    """The draft of a product's template."""
    return select(TemplateDraft).where(
        TemplateDraft.organisation_id == organisation_id, TemplateDraft.product_id == product_id
    )
