"""Development applications: a folder named by the number of the NSW Planning Portal, with the same five parts each."""

from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.files import queries
from banksia.modules.files.errors import ApplicationThere
from banksia.modules.files.models import Folder, RetentionClass
from banksia.modules.files.service.writing import log_folder
from banksia.modules.property.public import get_property

PARTS: Final = ("Administrative", "Plans", "Supporting information", "Notes", "Consents")


def create_application(
    session: Session, actor: Actor, *, property_id: UUID, number: str, kept_as: str | None = "major-works"
) -> Folder:
    """Make the folder of a development application with its parts; `number` is YYYY/NN.

    It is kept by the class with the code `kept_as`, one of ApplicationClass or what another council says in a bag;
    where the council has none, until an administrator chooses one.
    Raises PropertyNotFound, or ApplicationThere when the file has it already.
    """
    get_property(session, property_id)
    same = queries.folders_of(actor.organisation_id).where(
        Folder.property_id == property_id, Folder.parent_id.is_(None), Folder.application_number == number
    )
    there = session.scalars(same).one_or_none()
    if there is not None:
        raise ApplicationThere(number, there.id)
    classes = queries.classes_of(actor.organisation_id).where(RetentionClass.code == kept_as)
    kept = session.scalars(classes).one_or_none()
    top = Folder(
        id=new_id(),
        organisation_id=actor.organisation_id,
        name=f"DA {number}",
        position=0,
        kind="application",
        property_id=property_id,
        application_number=number,
        retention_class_id=kept.id if kept else None,
        created_by_name=actor.name,
    )
    session.add(top)
    session.flush()
    session.add_all(_parts(actor, top))
    log_folder(session, actor, top, property_id, "application_created", {"chosen": kept.title} if kept else None)
    session.flush()
    return top


def _parts(actor: Actor, top: Folder) -> list[Folder]:
    return [
        Folder(
            organisation_id=actor.organisation_id,
            name=name,
            position=position,
            kind="application",
            property_id=top.property_id,
            parent_id=top.id,
            application_number=top.application_number,
            created_by_name=actor.name,
        )
        for position, name in enumerate(PARTS, start=1)
    ]
