"""What other modules may ask of the register of trees."""

from uuid import UUID

from banksia.kit.actor import Actor
from sqlalchemy.orm import Session

from banksia_trees import service
from banksia_trees.schemas import TreeRead


def trees_of_property(session: Session, actor: Actor, property_id: UUID) -> list[TreeRead]:
    """The trees that stand on a property; raises PropertyNotFound."""
    return service.trees_on(session, actor, property_id=property_id).trees
