"""Orders and their surroundings for tests, made through the services that people use."""

import csv
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import (
    FirmCreate,
    FirmInvitationCreate,
    accept_invitation,
    actor_for,
    create_firm,
    create_user,
    invite_to_firm,
)
from banksia.foundation.payments.public import CounterPart, LineOwed, raise_payable, take_counter_payment
from banksia.foundation.storage.public import put_bytes
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.kit.models import new_id
from banksia.modules.certificates.models import Certificate, LineUpgrade, Order, OrderLine
from banksia.modules.certificates.queries.lines import lines_of_order
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.closed_days import ClosedDaysWrite
from banksia.modules.certificates.schemas.lines import AnswerUpdate, DraftUpdate
from banksia.modules.certificates.schemas.messages import MessageCreate
from banksia.modules.certificates.schemas.orders import ContactCreate, LineCreate, OrderCreate, OrderPlaced
from banksia.modules.certificates.schemas.saved_filters import OrdersSearch, SavedFilterCreate
from banksia.modules.certificates.schemas.straight_through import RulesUpdate
from banksia.modules.certificates.schemas.teams import TeamWrite
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.closed_days import add_closed_days
from banksia.modules.certificates.service.drafting import save_draft
from banksia.modules.certificates.service.messaging import write_message
from banksia.modules.certificates.service.money import pages_of
from banksia.modules.certificates.service.ordering import place_order
from banksia.modules.certificates.service.saved_filters import save_filter
from banksia.modules.certificates.service.sections import questions_of
from banksia.modules.certificates.service.straight_through.rules import read_rules, update_rules
from banksia.modules.certificates.service.teams import add_team
from banksia.modules.certificates.service.working_days import SYDNEY, local_day
from banksia.modules.property.public import ImportOptions, find_properties, import_addresses

ADDRESS, PARCEL = "54 WILLIWA STREET PORTLAND NSW 2847", "2/2/DP2288"
CLIENT = "203.0.113.7"


def order_body(property_id: uuid.UUID, *products: str, **changes: Any) -> dict[str, Any]:
    """Return the JSON of an order for the parcel of `make_property`; `urgent` and `parcel` go to every line."""
    urgent, parcel = changes.pop("urgent", False), changes.pop("parcel", PARCEL)
    lines = [
        {"property_id": str(property_id), "parcel": parcel, "product": product, "urgent": urgent}
        for product in products or ("603",)
    ]
    return {
        "lines": lines,
        "contact": {"name": "Dale & Kaur Lawyers", "email": "r.kaur@dalekaur.example"},
        "reference": "26/1183 Ferris",
        **changes,
    }


def make_land(
    session: Session,
    *,
    address: str = ADDRESS,
    parcels: Sequence[str] = (PARCEL,),
    assessment: str | None = "104882",
) -> uuid.UUID:
    """Import the property that orders are placed for, as an operator does; returns its id."""
    rows = [dict(zip(("lot", "section", "plan"), parcel.split("/"), strict=True)) for parcel in parcels] or [{}]
    with NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["address", "lot", "section", "plan", "assessment"])
        writer.writeheader()
        writer.writerows({"address": address, "assessment": assessment or "", **row} for row in rows)
        file.flush()
        actor = Actor.system(organisation_id_of(session))
        import_addresses(session, actor, Path(file.name), ImportOptions())
    return uuid.UUID(find_properties(session, address)[0]["id"])


def make_firm(session: Session, owner: Actor, member: Actor) -> uuid.UUID:
    """Make a firm of two customers."""
    firm = create_firm(session, owner, wanted=FirmCreate(name="Dale & Kaur"))
    wanted = FirmInvitationCreate(email=member.email)
    invitation = invite_to_firm(session, owner, firm_id=firm.id, wanted=wanted)
    return accept_invitation(session, member, invitation_id=invitation.id).id


def make_known(session: Session, assessment: str = "104882", **changes: str) -> None:
    """Import what answers every question of a 603 certificate, as at today; `changes` are values by attribute code."""
    values = {
        "rates_balance": "412.65",
        "rating_category": "Residential",
        "postponed_rates": "no",
        "cost_of_work": "no",
        **changes,
    }
    as_at = local_day(utc_now(), SYDNEY).isoformat()
    with NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["assessment", "attribute", "value", "source", "as_at"])
        writer.writerows([assessment, code, value, "Rates export", as_at] for code, value in values.items())
        file.flush()
        actor = Actor.system(organisation_id_of(session))
        import_addresses(session, actor, Path(file.name), ImportOptions(format="attributes"))


def rule(session: Session, **rules: Any) -> None:
    """Save rules for issuing without an officer: 603 certificates, none of them drawn, unless said otherwise."""
    actor = Actor.system(organisation_id_of(session))
    wanted = {"products": ["603"], "sample_percent": 0, **rules}
    changes = RulesUpdate.model_validate({**wanted, "version": read_rules(session, actor).version})
    update_rules(session, actor, changes=changes)


def make_order(session: Session, actor: Actor, *products: str, email: str | None = None, **changes: Any) -> Order:
    """Place an order and return its row."""
    contact = ContactCreate(name="Dale & Kaur Lawyers", email=email or "r.kaur@dalekaur.example")
    property_id = changes.pop("property_id", None) or make_land(session)
    lines = [
        LineCreate(property_id=property_id, parcel=PARCEL, product=product, urgent=changes.get("urgent", False))
        for product in products or ("603",)
    ]
    placed = OrderCreate(
        lines=lines,
        contact=contact,
        reference=changes.get("reference", "26/1183 Ferris"),
        firm_id=changes.get("firm_id"),
    )
    return order_row(session, place(session, actor, placed))


def place(session: Session, actor: Actor, placed: OrderCreate, key: str | None = None) -> OrderPlaced:
    """Place an order as the route does."""
    return place_order(session, actor, placed=placed, idempotency_key=key, client=CLIENT)


def order_row(session: Session, placed: OrderPlaced) -> Order:
    """Return the row of a placed order."""
    return session.scalars(order_with_id(organisation_id_of(session), placed.id)).one()


def pay(session: Session, clerk: Actor, order: Order, run_outbox: Callable[[], int]) -> None:
    """Pay an order in cash and let everything follow that follows a payment."""
    session.flush()
    cash = CounterPart("cash", order.total_cents, tendered_cents=order.total_cents)
    take_counter_payment(Transactions(platform_of(session), clerk), payable=order.payable, parts=[cash])
    run_outbox()
    session.expire_all()


def answers_for(line: OrderLine) -> dict[str, AnswerUpdate]:
    """Return an answer to every question of a line's certificate."""
    given: dict[str, AnswerUpdate] = {}
    for question in questions_of(line.product_snapshot["template"]):
        text = question.kind == "text"
        given[question.key] = AnswerUpdate(text=f"{question.label} as written.") if text else AnswerUpdate(choice="no")
    return given


def complete_draft(session: Session, officer: Actor, line: OrderLine) -> int:
    """Take a line and answer all its questions; returns the draft's version."""
    assign_line(session, officer, line_id=line.id, officer_id=officer.user_id)
    changes = DraftUpdate(version=0, answers=answers_for(line))
    return save_draft(session, officer, line_id=line.id, changes=changes).version


def place_over_http(client: TestClient, session: Session, *products: str, **changes: Any) -> dict[str, Any]:
    """Place an order through the API and return its JSON."""
    property_id = changes.pop("property_id", None) or make_land(session)
    session.flush()
    answer = client.post("/api/certificates/orders", json=order_body(property_id, *products, **changes))
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def make_certificate(session: Session, line: OrderLine, officer: Actor, **changes: Any) -> Certificate:
    """Return a certificate of a line, with some bytes that are no PDF."""
    stored = put_bytes(Transactions(platform_of(session), officer), b"a certificate")
    certificate = Certificate(
        id=new_id(),
        organisation_id=line.organisation_id,
        line_id=line.id,
        order_id=line.order_id,
        number=changes.get("number", "603/2026/00001"),
        code="ABCD-EFGH",
        product_code=line.product_code,
        title="Certificate",
        property_id=line.property_id,
        parcel=line.parcel,
        address=line.address or "",
        issued_at=changes.get("issued_at") or utc_now(),
        issued_by_name=officer.name,
        object_id=stored.id,
        sha256=stored.sha256,
        size_bytes=stored.size,
        document={},
        supersedes_id=changes.get("supersedes_id"),
    )
    session.add(certificate)
    session.flush()
    return certificate


def make_upgrade(session: Session, actor: Actor, line: OrderLine) -> LineUpgrade:
    """Ask for a certificate to be urgent for $40.00."""
    upgrade = LineUpgrade(
        organisation_id=line.organisation_id,
        order_id=line.order_id,
        line_id=line.id,
        from_title=line.product_title,
        product_id=line.product_id,
        product_code=line.product_code,
        product_snapshot=line.product_snapshot,
        fee_id=line.fee_id,
        fee_difference_cents=0,
        urgent_difference_cents=4000,
        gst_treatment="exempt",
        gl_code="1",
        urgent=True,
        turnaround_days=1,
    )
    session.add(upgrade)
    session.flush()
    raise_payable(
        session,
        actor,
        payable=upgrade.payable,
        title="Upgrade of a certificate",
        reference=f"{line.order.number} upgrade",
        lines=[LineOwed("Urgent service", upgrade.amount_cents, upgrade.gst_treatment, upgrade.gl_code)],
        pages=pages_of(line.order),
    )
    return upgrade


def route_examples(session: Session) -> dict[str, str]:
    """Return what the routes' path parameters can name."""
    actor = Actor.system(organisation_id_of(session))
    order = make_order(session, actor, "603")
    session.flush()
    line = session.scalars(lines_of_order(actor.organisation_id, order.id)).one()
    certificate = make_certificate(session, line, actor)
    guest = Actor.guest(actor.organisation_id)
    message = write_message(session, guest, order=order, written=MessageCreate(text="Is the shed on the plan?"))
    owner = create_user(session, actor, email="owner@example.org", name="Priya", kind="staff", roles=["counter_clerk"])
    clerk = actor_for(session, owner)
    wanted = SavedFilterCreate(name="Mine", search=OrdersSearch(place="orders"))
    shutdown = ClosedDaysWrite(from_on=date(2026, 12, 24), until_on=date(2027, 1, 1), name="Christmas shutdown")
    return {
        "from_on": str(add_closed_days(session, actor, added=shutdown).from_on),
        "team_id": str(add_team(session, actor, wanted=TeamWrite(name="Rates", products=[], member_ids=[])).id),
        "question_key": "lep",
        "filter_id": str(save_filter(session, clerk, created=wanted).id),
        "order_id": str(order.id),
        "line_id": str(line.id),
        "certificate_id": str(certificate.id),
        "message_id": str(message.id),
        "file_id": str(message.id),
        "property_id": str(line.property_id),
        "code": "603",
        "fee_id": str(line.fee_id),
        "number": "0",
        "batch_id": str(line.id),
        "upgrade_id": str(make_upgrade(session, actor, line).id),
    }
