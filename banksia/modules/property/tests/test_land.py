"""What the database itself says of records of the land that point to each other."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.property.models import ParcelAddress, Property, PropertyParcel
from banksia.modules.property.service.properties import get_property
from banksia.modules.property.tests.factories import make_property


def link(session: Session, property_id: uuid.UUID, parcel_id: uuid.UUID) -> PropertyParcel:
    return PropertyParcel(organisation_id=organisation_id_of(session), property_id=property_id, parcel_id=parcel_id)


class TestLinks:
    def test_to_nothing_are_refused(self, session: Session) -> None:
        found = get_property(session, make_property(session))
        session.add(link(session, found.id, new_id()))
        with pytest.raises(IntegrityError, match=r"property_parcels\.parcel_id points to .* not in parcels"):
            session.flush()

    def test_to_another_council_are_refused(self, session: Session, other_session: Session) -> None:
        foreign = get_property(other_session, make_property(other_session)).parcels[0].id
        other_session.commit()
        session.add(link(session, make_property(session), foreign))
        with pytest.raises(IntegrityError, match="not in parcels"):
            session.flush()

    def test_are_refused_when_they_are_changed(self, session: Session) -> None:
        make_property(session)
        with pytest.raises(IntegrityError, match=r"parcel_addresses\.address_id points to"):
            session.execute(text("UPDATE property.parcel_addresses SET address_id = :id"), {"id": new_id()})

    def test_of_each_kind_are_checked(self, session: Session) -> None:
        found = get_property(session, make_property(session))
        council = organisation_id_of(session)
        for wrong in (
            Property(id=new_id(), organisation_id=council, assessment_id=new_id()),
            ParcelAddress(organisation_id=council, parcel_id=found.parcels[0].id, address_id=new_id()),
        ):
            begun = session.begin_nested()
            session.add(wrong)
            with pytest.raises(IntegrityError, match="points to"):
                session.flush()
            begun.rollback()

    @pytest.mark.parametrize("table", ["parcels", "addresses", "assessments", "properties", "streets"])
    def test_lead_to_records_that_stay(self, session: Session, table: str) -> None:
        make_property(session)
        with pytest.raises(IntegrityError, match="never deleted"):
            session.execute(text(f"DELETE FROM property.{table}"))  # noqa: S608  (a name from above)
