"""What an administrator edits: the templates of certificates."""

import uuid
from typing import Annotated

from fastapi import Path, Query
from fastapi.responses import Response

from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors.templates import (
    TemplateInvalid,
    TemplateNotFound,
    TemplateRefused,
    TemplateStale,
    TemplateUnchanged,
)
from banksia.modules.certificates.routes.documents import PDF
from banksia.modules.certificates.schemas.catalogue import ProductCode
from banksia.modules.certificates.schemas.templates import (
    FieldCatalogue,
    TemplateCheck,
    TemplateChecked,
    TemplateComparison,
    TemplateList,
    TemplatePublish,
    TemplateRead,
    TemplateRestore,
    TemplateSave,
    TemplateVersionDetail,
)
from banksia.modules.certificates.service import templates as service
from banksia.modules.property.public import ParcelNotFound, PropertyNotFound

templates = Router(prefix="/templates")

Number = Annotated[int, Query(ge=0, le=1_000_000)]
PathNumber = Annotated[int, Path(ge=0, le=1_000_000)]


@templates.get("", permission=permissions.TEMPLATES_MANAGE)
def list_templates(session: SessionDep, actor: ActorDep) -> TemplateList:
    """The template in force for each product, and its draft."""
    return service.list_templates(session, actor)


@templates.get("/{code}", permission=permissions.TEMPLATES_MANAGE, raises=[TemplateNotFound])
def read_template(session: SessionDep, actor: ActorDep, code: ProductCode) -> TemplateRead:
    """A template as its editor opens it, with its versions."""
    return service.read_template(session, actor, code=code)


@templates.get("/{code}/fields", permission=permissions.TEMPLATES_MANAGE, raises=[TemplateNotFound])
def list_template_fields(session: SessionDep, actor: ActorDep, code: ProductCode) -> FieldCatalogue:
    """Everything that the text of a template can use, with the expression to insert."""
    return service.list_template_fields(session, actor, code=code)


@templates.put(
    "/{code}", permission=permissions.TEMPLATES_MANAGE, raises=[TemplateNotFound, TemplateStale, TemplateInvalid]
)
def save_template(session: SessionDep, actor: ActorDep, code: ProductCode, saved: TemplateSave) -> TemplateRead:
    """Keep the draft; nothing but previews is printed with it."""
    return service.save_template(session, actor, code=code, saved=saved)


@templates.delete("/{code}", permission=permissions.TEMPLATES_MANAGE, raises=[TemplateNotFound, TemplateStale])
def discard_template(session: SessionDep, actor: ActorDep, code: ProductCode, version: Number) -> TemplateRead:
    """Give the draft up; what is published stays."""
    return service.discard_template(session, actor, code=code, version=version)


@templates.post(
    "/{code}/check",
    permission=permissions.TEMPLATES_MANAGE,
    transactions=True,
    raises=[TemplateNotFound, TemplateInvalid],
)
def check_template(transactions: TransactionsDep, code: ProductCode, check: TemplateCheck) -> TemplateChecked:
    """What stops a text from being published, with line and column."""
    return service.check_template(transactions, code=code, content=check.content)


@templates.get(
    "/{code}/preview.pdf",
    permission=permissions.TEMPLATES_MANAGE,
    transactions=True,
    response_class=Response,
    openapi_extra=PDF,
    raises=[TemplateNotFound, TemplateRefused, PropertyNotFound, ParcelNotFound],
)
def preview_template(
    transactions: TransactionsDep,
    code: ProductCode,
    property_id: uuid.UUID | None = None,
    parcel: Annotated[str | None, Query(max_length=60)] = None,
) -> Response:
    """The saved draft as PDF for a property, or for an invented one, with a watermark; it is stored nowhere."""
    pdf = service.preview_template(transactions, code=code, property_id=property_id, parcel=parcel)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return Response(pdf, media_type="application/pdf", headers=headers)


@templates.post(
    "/{code}/publish",
    permission=permissions.TEMPLATES_MANAGE,
    transactions=True,
    raises=[TemplateNotFound, TemplateStale, TemplateUnchanged, TemplateInvalid, TemplateRefused],
)
def publish_template(transactions: TransactionsDep, code: ProductCode, published: TemplatePublish) -> TemplateRead:
    """Put the saved draft in force as a new version; certificates with a saved draft keep theirs."""
    return service.publish_template(transactions, code=code, version=published.version, reason=published.reason)


@templates.get("/{code}/compare", permission=permissions.TEMPLATES_MANAGE, raises=[TemplateNotFound])
def compare_templates(
    session: SessionDep, actor: ActorDep, code: ProductCode, older: Number, newer: Number | None = None
) -> TemplateComparison:
    """Two versions line by line; 0 is the platform's own, and without `newer` it is the draft."""
    return service.compare_templates(session, actor, code=code, older=older, newer=newer)


@templates.get("/{code}/versions/{number}", permission=permissions.TEMPLATES_MANAGE, raises=[TemplateNotFound])
def read_template_version(
    session: SessionDep, actor: ActorDep, code: ProductCode, number: PathNumber
) -> TemplateVersionDetail:
    """One published version; 0 is the platform's own."""
    return service.read_template_version(session, actor, code=code, number=number)


@templates.post(
    "/{code}/versions/{number}/restore",
    permission=permissions.TEMPLATES_MANAGE,
    transactions=True,
    raises=[TemplateNotFound, TemplateUnchanged, TemplateInvalid, TemplateRefused],
)
def restore_template(
    transactions: TransactionsDep, code: ProductCode, number: int, restored: TemplateRestore
) -> TemplateRead:
    """Put the text of an older version in force again, as a new version."""
    return service.restore_template(transactions, code=code, number=number, reason=restored.reason)
