"""The council's catalogue of attributes."""

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.property import permissions
from banksia.modules.property.errors import AttributeCodeTaken, AttributeInvalid, AttributeKindFixed, AttributeNotFound
from banksia.modules.property.schemas.truths import (
    AttributeCatalogue,
    AttributeCode,
    AttributeDefinitionCreate,
    AttributeDefinitionRead,
    AttributeDefinitionUpdate,
)
from banksia.modules.property.service.attributes import catalogue

definitions = Router(prefix="/attribute-definitions")


@definitions.get("", permission=permissions.PROPERTIES_READ)
def list_attribute_definitions(session: SessionDep) -> AttributeCatalogue:
    """The catalogue, retired attributes at the end."""
    return AttributeCatalogue(definitions=catalogue.list_definitions(session))


@definitions.post(
    "", permission=permissions.ATTRIBUTES_MANAGE, status_code=201, raises=[AttributeCodeTaken, AttributeInvalid]
)
def create_attribute_definition(
    session: SessionDep, actor: ActorDep, created: AttributeDefinitionCreate
) -> AttributeDefinitionRead:
    """Add an attribute."""
    return catalogue.create_definition(session, actor, created=created)


@definitions.patch(
    "/{code}",
    permission=permissions.ATTRIBUTES_MANAGE,
    raises=[AttributeNotFound, AttributeInvalid, AttributeKindFixed],
)
def update_attribute_definition(
    session: SessionDep, actor: ActorDep, code: AttributeCode, changes: AttributeDefinitionUpdate
) -> AttributeDefinitionRead:
    """Change an attribute; its kind only as long as nothing is recorded."""
    return catalogue.update_definition(session, actor, code=code, changes=changes)


@definitions.post("/{code}/retire", permission=permissions.ATTRIBUTES_MANAGE, raises=[AttributeNotFound])
def retire_attribute_definition(session: SessionDep, actor: ActorDep, code: AttributeCode) -> AttributeDefinitionRead:
    """Take no more values for an attribute; what is recorded stays."""
    return catalogue.retire_definition(session, actor, code=code)


@definitions.post("/{code}/restore", permission=permissions.ATTRIBUTES_MANAGE, raises=[AttributeNotFound])
def restore_attribute_definition(session: SessionDep, actor: ActorDep, code: AttributeCode) -> AttributeDefinitionRead:
    """Bring a retired attribute back."""
    return catalogue.restore_definition(session, actor, code=code)
