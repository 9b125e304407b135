"""From council to customer: mail that comes back, corrected addresses, and paper over the counter."""

import re
import uuid
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.notifications.public import MessageBounced, MessageNotFound, MessageOnItsWay, messages_about
from banksia.foundation.organisations.public import update_module_settings
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, finish, platform_of
from banksia.modules.certificates.errors import OrderNotFound
from banksia.modules.certificates.errors.delivery import NoAddress, NoMailCameBack, NothingToHandOver
from banksia.modules.certificates.models import Order
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.delivery import DeliveryRead, MailAgain
from banksia.modules.certificates.schemas.history import OrderListing
from banksia.modules.certificates.schemas.orders import ContactCreate, LineCreate, OrderCreate
from banksia.modules.certificates.service import handing_over, returned_mail
from banksia.modules.certificates.service.access import find_order
from banksia.modules.certificates.service.delivery_log import count_delivery, read_delivery
from banksia.modules.certificates.service.downloading import download_certificate
from banksia.modules.certificates.service.history import list_orders
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.service.replacing import replace_certificate
from banksia.modules.certificates.tests.factories import PARCEL, complete_draft, make_land, order_row, pay, place

FORMER, NEW = "r.kaur@dalekaur.example", "rita@dalekaur.example"
Make = Callable[..., Order]


@pytest.fixture
def issued(session: Session, actor_with: Callable[..., Actor], officer: Actor, run_outbox: Callable[[], int]) -> Make:
    """An order that a clerk lodged, was paid, and whose certificate is issued and mailed."""

    def make(*, email: str | None = FORMER, collect: bool = False) -> Order:
        clerk = actor_with("counter_clerk")
        line = LineCreate(property_id=make_land(session), parcel=PARCEL, product="735A")
        contact = ContactCreate(name="Dale & Kaur Lawyers", email=email)
        placed = place(session, clerk, OrderCreate(lines=[line], contact=contact, collect=collect))
        pay(session, clerk, order_row(session, placed), run_outbox)
        order = fresh(session, order_row(session, placed))
        _issue(session, officer, order)
        run_outbox()
        return fresh(session, order)

    return make


def _issue(session: Session, officer: Actor, order: Order, version: int | None = None) -> None:
    version = version or complete_draft(session, officer, order.lines[0])
    session.flush()
    issue_certificate(Transactions(platform_of(session), officer), line_id=order.lines[0].id, version=version)
    session.expire_all()


def fresh(session: Session, order: Order) -> Order:
    session.expire_all()
    return session.scalars(order_with_id(order.organisation_id, order.id)).one()


def ready_mail(session: Session, order: Order) -> uuid.UUID:
    """The mail that says that the certificate is ready; the receipt's comes after it or before."""
    mails = messages_about(session, order.payable)
    return next(mail.id for mail in mails if mail.template == "certificates/certificate_ready")


def come_back(session: Session, order: Order, mail_id: uuid.UUID) -> None:
    kind, about_id = order.payable
    event = MessageBounced(message_id=mail_id, about_kind=kind, about_id=about_id, reason="550 User unknown")
    returned_mail.open_task(session, event)
    session.flush()


def token_in(session: Session, mail_id: uuid.UUID) -> str:
    said = session.execute(text("SELECT text FROM notifications.messages WHERE id = :id"), {"id": mail_id}).scalar_one()
    return str(re.findall(r"#token=([\w-]+)", said)[-1])


def kinds(read: DeliveryRead) -> list[str]:
    return [step.kind for step in read.steps]


class TestMailThatComesBack:
    def test_is_a_task_until_it_is_sent_again(self, session: Session, officer: Actor, issued: Make) -> None:
        order = issued()
        mail_id = ready_mail(session, order)
        come_back(session, order, mail_id)
        assert count_delivery(session, officer).mail_came_back == 1
        found = list_orders(session, officer, wanted=OrderListing(state="mail_came_back", limit=5)).results
        assert [each.number for each in found] == [order.number]
        read = returned_mail.send_mail_again(session, officer, order=order, wanted=MailAgain(mail_id=mail_id))
        assert (read.mail_bounced_at, kinds(read)) == (None, ["sent_again", "mail_bounced"])
        assert (read.mails[0].is_repeat, read.mails[0].to_address) == (True, FORMER)
        assert count_delivery(session, officer).mail_came_back == 0
        with pytest.raises(MessageOnItsWay):
            returned_mail.send_mail_again(session, officer, order=order, wanted=MailAgain(mail_id=mail_id))

    def test_goes_to_a_corrected_address_and_leaves_no_key_behind(
        self, session: Session, officer: Actor, guest: Actor, issued: Make
    ) -> None:
        order = issued()
        mail_id = ready_mail(session, order)
        old = token_in(session, mail_id)
        assert find_order(session, guest, order.id, old).number == order.number
        come_back(session, order, mail_id)
        wanted = MailAgain(mail_id=mail_id, email=NEW.upper())
        read = returned_mail.send_mail_again(session, officer, order=order, wanted=wanted)
        again = read.mails[0]
        assert (read.email, again.to_address, kinds(read)[1]) == (NEW, NEW, "address_changed")
        assert (read.steps[1].from_address, read.steps[1].to_address) == (FORMER, NEW)
        with pytest.raises(OrderNotFound):
            find_order(session, guest, order.id, old)
        assert find_order(session, guest, order.id, token_in(session, again.id)).id == order.id
        assert read_delivery(session, order).mails[0].opened_at is not None
        payer = session.execute(text("SELECT payer_email FROM payments.payables")).scalar_one()
        assert payer == NEW
        assert list_orders(session, officer, wanted=OrderListing(q="rita", limit=5)).results
        # What comes back late from the former address is noted, and is nobody's task.
        come_back(session, order, mail_id)
        assert order.mail_bounced_at is None

    def test_is_closed_by_telling_the_customer(self, session: Session, officer: Actor, issued: Make) -> None:
        order = issued()
        come_back(session, order, ready_mail(session, order))
        note = "Told Ms Kaur at 3 pm, she collects it."
        read = returned_mail.note_told_by_phone(session, officer, order=order, note=note)
        assert (read.mail_bounced_at, read.steps[0].note, read.steps[0].actor_name) == (None, note, officer.name)
        with pytest.raises(NoMailCameBack):
            returned_mail.note_told_by_phone(session, officer, order=order, note=note)

    def test_an_address_is_needed_and_the_mail_must_be_of_the_order(
        self, session: Session, officer: Actor, issued: Make
    ) -> None:
        order = issued(email=None)
        with pytest.raises(NoAddress):
            returned_mail.send_mail_again(session, officer, order=order, wanted=MailAgain())
        with pytest.raises(MessageNotFound):
            returned_mail.send_mail_again(session, officer, order=order, wanted=MailAgain(mail_id=order.id, email=NEW))
        read = returned_mail.send_mail_again(session, officer, order=order, wanted=MailAgain(email=NEW))
        assert [mail.subject for mail in read.mails] == [f"Your order {order.number}"]


class TestHandOver:
    def test_what_has_no_address_waits_at_the_counter(
        self, session: Session, actor_with: Callable[..., Actor], officer: Actor, issued: Make
    ) -> None:
        order, clerk = issued(email=None), actor_with("counter_clerk")
        (waiting,) = handing_over.list_waiting(session, clerk, limit=5, cursor=None).results
        assert (waiting.order_number, waiting.title) == (order.number, order.lines[0].product_title)
        line_ids = [order.lines[0].id]
        read = handing_over.hand_over(session, clerk, order=order, line_ids=line_ids, collected_by="Nell Kowalski")
        assert read.steps[0].note == f"{waiting.certificate_number}, to Nell Kowalski"
        assert count_delivery(session, clerk).to_hand_over == 0
        with pytest.raises(NothingToHandOver):
            handing_over.hand_over(session, clerk, order=order, line_ids=line_ids, collected_by="Nell Kowalski")
        # A replacement is another paper, which its customer does not have.
        line = order.lines[0]
        replace_certificate(session, officer, line_id=line.id, because="mistake", reason="A digit was wrong.")
        assert handing_over.list_waiting(session, clerk, limit=5, cursor=None).results == []
        _issue(session, officer, order, version=1)
        (again,) = handing_over.list_waiting(session, clerk, limit=5, cursor=None).results
        assert again.certificate_number != waiting.certificate_number

    def test_who_has_mail_may_collect_too(self, session: Session, officer: Actor, issued: Make) -> None:
        order = issued(collect=True)
        assert count_delivery(session, officer).to_hand_over == 1
        said = session.execute(
            text("SELECT text FROM notifications.messages WHERE id = :id"), {"id": ready_mail(session, order)}
        ).scalar_one()
        assert f"Ask for order {order.number}" in said


class TestDeliveryLog:
    def test_the_pdf_goes_along_when_council_says_so(
        self, session: Session, officer: Actor, administrator: Actor, guest: Actor, issued: Make
    ) -> None:
        update_module_settings(session, administrator, name="certificates", values={"attach_certificates": True})
        order = issued()
        certificate_id, number = session.execute(text("SELECT id, number FROM certificates.certificates")).one()
        download_certificate(session, guest, order=order, certificate_id=certificate_id)
        finish(session)
        read = read_delivery(session, order)
        mail = next(each for each in read.mails if each.id == ready_mail(session, order))
        assert mail.attachments == [f"{number} {PARCEL}.pdf".replace("/", "-")]
        assert (mail.status, mail.sent_at is not None, mail.opened_at) == ("sent", True, None)
        assert [(each.number, each.by_staff) for each in read.downloads] == [(number, False)]

    def test_is_for_staff(self, signed_in_as: Callable[..., TestClient], issued: Make) -> None:
        order = issued()
        path = f"/api/certificates/orders/{order.id}/delivery"
        roles = ("customer", "records_officer", "counter_clerk")
        clients = {role: signed_in_as(role) for role in roles}
        assert {role: clients[role].get(path).status_code for role in roles} == {
            "customer": 403, "records_officer": 200, "counter_clerk": 200,
        }  # fmt: skip
        body = {"email": "nobody", "mail_id": None}
        assert clients["records_officer"].post(f"{path}/mail", json=body).status_code == 403
        assert clients["counter_clerk"].post(f"{path}/mail", json=body).json()["errors"][0]["field"] == "email"
        told = clients["counter_clerk"].post(f"{path}/told", json={"note": "She knows."})
        assert (told.status_code, told.json()["type"]) == (409, "urn:banksia:certificates:no-mail-came-back")
        line_ids = [str(order.lines[0].id)]
        taken = {"line_ids": line_ids, "collected_by": "Nell"}
        assert clients["counter_clerk"].post(f"{path}/hand-over", json=taken).status_code == 409
        assert clients["counter_clerk"].get("/api/certificates/delivery/waiting").json()["results"] == []
