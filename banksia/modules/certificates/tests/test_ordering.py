"""Placing orders: what is written, and what is refused with a sentence."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.foundation.payments.public import money_of
from banksia.kit.actor import Actor, PermissionMissing
from banksia.kit.errors import TooManyRequests
from banksia.kit.platform import Platform
from banksia.modules.certificates.errors import FeesChanged, IdempotencyKeyInvalid, IdempotencyKeyReused, OrderInvalid
from banksia.modules.certificates.queries.orders import orders_of
from banksia.modules.certificates.queries.products import fees_of, product_with_code
from banksia.modules.certificates.schemas.catalogue import FeeCreate
from banksia.modules.certificates.schemas.orders import OrderCreate
from banksia.modules.certificates.service.numbering import initials
from banksia.modules.certificates.service.products import add_fee
from banksia.modules.certificates.service.terms import words_of, words_sought
from banksia.modules.certificates.service.working_days import SYDNEY, local_day
from banksia.modules.certificates.tests.factories import make_land, order_body, order_row, place


def order_for(session: Session, *products: str, **changes: Any) -> OrderCreate:
    property_id = changes.pop("property_id", None) or make_land(session)
    return OrderCreate.model_validate(order_body(property_id, *products, **changes))


def refusal(session: Session, actor: Actor, placed: OrderCreate) -> list[dict[str, str]]:
    with pytest.raises(OrderInvalid) as refused:
        place(session, actor, placed)
    errors: list[dict[str, str]] = refused.value.extra["errors"]
    assert refused.value.detail == errors[0]["message"]
    return errors


def statements(session: Session, do: Callable[[], object]) -> list[str]:
    sent: list[str] = []
    connection = session.connection()

    def note(*of: Any) -> None:
        sent.append(of[2])

    session.flush()
    event.listen(connection, "before_cursor_execute", note)
    do()
    session.flush()
    event.remove(connection, "before_cursor_execute", note)
    return sent


class TestPlaceOrder:
    def test_reads_land_once_and_costs_the_same_however_many_lines(self, session: Session, guest: Actor) -> None:
        one, three = order_for(session), order_for(session, "10.7-2", "603", "735A")
        place(session, guest, one)  # the first order of the year begins its series
        sent = statements(session, lambda: place(session, guest, one))
        land = [statement for statement in sent if statement.startswith("SELECT") and "FROM property." in statement]
        assert len(land) == len(set(land)) == 5
        assert not [statement for statement in sent if "FROM payments." in statement]
        assert len(statements(session, lambda: place(session, guest, three))) == len(sent) == 21

    def test_writes_what_is_owed_and_promised(self, session: Session, guest: Actor) -> None:
        placed = place(session, guest, order_for(session, "10.7-2", "603", urgent=True))
        year = local_day(datetime.now(UTC), SYDNEY).year
        assert placed.number.startswith(f"BHS-{year}-") or placed.number.startswith(f"BH-{year}-")
        assert placed.money == "awaiting_payment"
        assert placed.total_cents == 6900 + 6000 + 10000 + 6000
        assert placed.gst_cents == 0
        assert placed.due_on == max(line.due_on for line in placed.lines)
        assert [line.property.parcel_title for line in placed.lines] == ["Lot 2 Section 2 DP 2288"] * 2
        order = order_row(session, placed)
        assert [line.state for line in order.lines] == ["awaiting_payment", "awaiting_payment"]
        assert order.lines[0].property_snapshot["assessment"] == "104882"

    def test_payments_hears_the_same_sum_in_the_same_transaction(self, session: Session, guest: Actor) -> None:
        order = order_row(session, place(session, guest, order_for(session, "10.7-2", "603", urgent=True)))
        money = money_of(session, [order.payable])[order.payable]
        assert (money.state, money.total_cents) == ("awaiting_payment", order.total_cents)

    def test_gst_is_rounded_once_per_sum_that_is_charged(self, session: Session, guest: Actor) -> None:
        product = session.scalars(product_with_code(guest.organisation_id, "603")).one()
        fee = session.scalars(fees_of(guest.organisation_id, [product.id])).one()
        fee.gst_treatment, fee.fee_cents, fee.urgent_fee_cents = "taxable", 10001, 6005
        session.flush()
        placed = place(session, guest, order_for(session, "603", urgent=True))
        assert placed.lines[0].gst_cents == round(10001 / 11) + round(6005 / 11)

    def test_numbers_follow_each_other(self, session: Session, guest: Actor) -> None:
        first, second = (place(session, guest, order_for(session)) for _ in range(2))
        assert int(second.number[-5:]) == int(first.number[-5:]) + 1

    def test_the_token_is_told_once_and_kept_as_a_hash(self, session: Session, guest: Actor) -> None:
        placed = place(session, guest, order_for(session))
        assert len(placed.access_token) >= 40
        kept = session.connection().exec_driver_sql("SELECT token_sha256 FROM certificates.order_tokens").scalars()
        assert placed.access_token not in list(kept)

    def test_yesterdays_fee_stays_on_yesterdays_order(
        self, session: Session, guest: Actor, administrator: Actor
    ) -> None:
        placed = place(session, guest, order_for(session))
        fee = FeeCreate(
            valid_from_on=local_day(datetime.now(UTC), SYDNEY), fee_cents=99900, gst_treatment="exempt", gl_code="1"
        )
        add_fee(session, administrator, code="603", fee=fee)
        session.expire_all()
        assert order_row(session, placed).lines[0].fee_cents == 10000
        assert place(session, guest, order_for(session)).total_cents == 99900

    @pytest.mark.parametrize(
        "name",
        ["محمد العلي", "שרה לוי", "Núñez & Søn", "李明", "O’Brien “Bob”", "<script>alert(1)</script>", "🏠 Homes"],
    )
    def test_takes_any_name(self, session: Session, guest: Actor, name: str) -> None:
        contact = {"name": name, "email": "someone@example.org"}
        order = order_row(session, place(session, guest, order_for(session, contact=contact)))
        assert order.contact_name == name


class TestWhatIsRefused:
    def test_a_product_beside_one_that_contains_it(self, session: Session, guest: Actor) -> None:
        errors = refusal(session, guest, order_for(session, "10.7-2", "10.7-2-5"))
        assert errors == [
            {
                "field": "lines.0.product",
                "message": "Planning certificate 10.7(2) and (5) includes Planning certificate 10.7(2). "
                "Remove Planning certificate 10.7(2) for Lot 2 Section 2 DP 2288.",
            }
        ]

    def test_the_same_certificate_twice(self, session: Session, guest: Actor) -> None:
        assert refusal(session, guest, order_for(session, "603", "603"))[0]["field"] == "lines.1.product"

    def test_contained_products_of_two_properties_stand_together(self, session: Session, guest: Actor) -> None:
        one, other = make_land(session), make_land(session, parcels=["3//DP2288"], address="1 A STREET", assessment="9")
        lines = [
            *order_body(one, "10.7-2")["lines"],
            *order_body(other, "10.7-2-5", parcel="3//DP2288")["lines"],
        ]
        placed = OrderCreate.model_validate(order_body(one, lines=lines))
        assert len(place(session, guest, placed).lines) == 2

    @pytest.mark.parametrize(
        ("product", "urgent", "field"),
        [("building-information", False, "product"), ("no-such", False, "product"), ("735A", True, "urgent")],
    )
    def test_what_is_not_sold(self, session: Session, guest: Actor, product: str, urgent: bool, field: str) -> None:
        errors = refusal(session, guest, order_for(session, product, urgent=urgent))
        assert [error["field"] for error in errors] == [f"lines.0.{field}"]

    def test_a_closed_product(self, session: Session, guest: Actor) -> None:
        product = session.scalars(product_with_code(guest.organisation_id, "603")).one()
        product.closed_from_on = date(2026, 1, 1)
        session.flush()
        assert "cannot be ordered" in refusal(session, guest, order_for(session))[0]["message"]

    def test_an_unknown_property(self, session: Session, guest: Actor) -> None:
        errors = refusal(session, guest, order_for(session, property_id=uuid.uuid4()))
        assert errors[0]["field"] == "lines.0.property_id"

    def test_another_councils_property(
        self, platform: Platform, other_organisation: Council, session: Session, guest: Actor
    ) -> None:
        with platform.database.session(other_organisation.id) as theirs:
            property_id = make_land(theirs)
        errors = refusal(session, guest, order_for(session, property_id=property_id))
        assert errors[0]["field"] == "lines.0.property_id"

    def test_a_parcel_of_another_property(self, session: Session, guest: Actor) -> None:
        errors = refusal(session, guest, order_for(session, parcel="3//DP2288"))
        assert errors[0] == {
            "field": "lines.0.parcel",
            "message": "3//DP2288 does not belong to this property. Choose one of its lots.",
        }

    def test_a_property_without_a_parcel(self, session: Session, guest: Actor) -> None:
        nowhere = make_land(session, parcels=[], assessment=None)
        assert "has no lot" in refusal(session, guest, order_for(session, property_id=nowhere))[0]["message"]

    @pytest.mark.parametrize("status", ["historic", "proposed"])
    def test_a_parcel_that_is_not_current(self, session: Session, guest: Actor, status: str) -> None:
        property_id = make_land(session)
        session.flush()
        session.connection().exec_driver_sql("UPDATE property.parcels SET status = %s WHERE plan = '2288'", (status,))
        session.expire_all()
        assert refusal(session, guest, order_for(session, property_id=property_id))[0]["field"] == "lines.0.parcel"

    def test_a_guest_without_an_address_for_mail(self, session: Session, guest: Actor) -> None:
        errors = refusal(session, guest, order_for(session, contact={"name": "A. Person"}))
        assert errors[0]["field"] == "contact.email"

    def test_every_line_is_told_at_once_and_nothing_is_written(self, session: Session, guest: Actor) -> None:
        placed = order_for(session, "no-such", "735A", urgent=True)
        assert len(refusal(session, guest, placed)) == 2
        assert session.scalars(orders_of(guest.organisation_id)).all() == []


class TestWhoPlaces:
    def test_a_customers_order_is_theirs(self, session: Session, customer: Actor) -> None:
        order = order_row(session, place(session, customer, order_for(session)))
        assert (order.customer_id, order.channel) == (customer.user_id, "online")

    def test_a_clerk_lodges_for_a_person_without_mail(self, session: Session, actor_with: Any) -> None:
        clerk = actor_with("counter_clerk")
        contact = {"name": "Margaret Olsen", "phone": "0455 550 137"}
        order = order_row(session, place(session, clerk, order_for(session, contact=contact)))
        assert (order.channel, order.contact_email, order.lodged_by_id) == ("counter", None, clerk.user_id)

    def test_staff_need_the_permission(self, session: Session, actor_with: Any) -> None:
        with pytest.raises(PermissionMissing):
            place(session, actor_with("records_officer"), order_for(session))

    def test_guests_are_counted_by_their_address(
        self, session: Session, guest: Actor, platform: Platform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "banksia.modules.certificates.service.ordering.MOST_ORDERS_AN_HOUR", {"guest": 2, "customer": 2}
        )
        platform.settings = platform.settings.model_copy(update={"rate_limits": "on"})
        for _ in range(2):
            place(session, guest, order_for(session))
        with pytest.raises(TooManyRequests):
            place(session, guest, order_for(session))


class TestSeenTotal:
    def test_an_order_at_the_fees_that_were_seen_is_placed(self, session: Session, guest: Actor) -> None:
        total = place(session, guest, order_for(session)).total_cents
        assert place(session, guest, order_for(session, seen_total_cents=total)).total_cents == total

    @pytest.mark.parametrize("difference", [-1, 1])
    def test_at_other_fees_nothing_is_ordered(self, session: Session, guest: Actor, difference: int) -> None:
        total = place(session, guest, order_for(session)).total_cents
        with pytest.raises(FeesChanged) as refused, session.begin_nested():
            place(session, guest, order_for(session, seen_total_cents=total + difference))
        assert refused.value.extra == {"total_cents": total}
        assert len(session.scalars(orders_of(guest.organisation_id)).all()) == 1

    def test_who_sends_again_after_a_change_gets_the_order_at_what_was_seen_first(
        self, session: Session, guest: Actor
    ) -> None:
        placed = order_for(session)
        first = place(session, guest, placed, "a-random-key")
        again = placed.model_copy(update={"seen_total_cents": first.total_cents + 200})
        assert place(session, guest, again, "a-random-key").id == first.id


class TestIdempotencyKey:
    def test_the_same_request_again_gives_the_same_order_and_a_key_that_opens_it(
        self, session: Session, guest: Actor
    ) -> None:
        placed = order_for(session)
        first, second = (place(session, guest, placed, "a-random-key") for _ in range(2))
        assert (first.id, first.number) == (second.id, second.number)
        assert first.access_token != second.access_token
        assert session.scalars(orders_of(guest.organisation_id)).all() == [order_row(session, first)]

    def test_another_body_is_refused(self, session: Session, guest: Actor) -> None:
        placed = order_for(session)
        place(session, guest, placed, "a-random-key")
        with pytest.raises(IdempotencyKeyReused):
            place(session, guest, placed.model_copy(update={"reference": "other"}), "a-random-key")

    def test_somebody_elses_key_is_another_key(self, session: Session, guest: Actor, customer: Actor) -> None:
        placed = order_for(session)
        assert place(session, guest, placed, "a-random-key").id != place(session, customer, placed, "a-random-key").id

    @pytest.mark.parametrize("key", ["", "short", "x" * 201, "line\nbreak-key"])
    def test_an_odd_key_is_refused(self, session: Session, guest: Actor, key: str) -> None:
        with pytest.raises(IdempotencyKeyInvalid):
            place(session, guest, order_for(session), key)


class TestWords:
    def test_joined_words_are_found_whole_and_in_parts(self) -> None:
        assert words_of("26/1183 Ferris", None, "2/2/DP2288") == [
            "26/1183",
            "26",
            "1183",
            "ferris",
            "2/2/dp2288",
            "2",
            "dp2288",
        ]

    def test_accents_and_case_say_nothing(self) -> None:
        assert words_of("NÚÑEZ") == words_sought("núñez") == ["nunez"]

    @given(st.text(max_size=300))
    def test_any_text_gives_words_that_find_themselves(self, text: str) -> None:
        assert set(words_sought(text)).issubset(words_of(text))

    @pytest.mark.parametrize(
        ("name", "letters"),
        [
            ("Blue Hills Shire Council", "BH"),
            ("Council of the City of Sydney", "S"),
            ("Kurrajong Flat Council", "KF"),
            ("The Council", "C"),
        ],
    )
    def test_initials_leave_out_what_every_council_is_called(self, name: str, letters: str) -> None:
        assert initials(name) == letters
