"""Many certificates from one table: what a file may look like, the verdict on each row, and the orders."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.errors import Unauthenticated
from banksia.modules.certificates.errors import AccountNeeded, FeesChanged, IdempotencyKeyReused, OrderInvalid
from banksia.modules.certificates.errors.bulk import BulkFileInvalid
from banksia.modules.certificates.queries.orders import orders_of
from banksia.modules.certificates.schemas.bulk import BulkPlace, BulkRow, BulkRowRead
from banksia.modules.certificates.service.access import find_order
from banksia.modules.certificates.service.bulk import TEMPLATE, check_rows, place_in_bulk, read_table
from banksia.modules.certificates.tests.factories import PARCEL, make_firm, make_land

HEAD = "lot,section,plan,parcel,address,assessment,product,urgent,matter\n"


def check(session: Session, actor: Actor, *rows: str) -> list[BulkRowRead]:
    return check_rows(session, actor, read_table((HEAD + "\n".join(rows)).encode())).rows


def two_lots(session: Session) -> uuid.UUID:
    """54 Williwa Street on Lot 2, and a farm of two lots."""
    make_land(
        session, address="7 GREEN STREET PORTLAND NSW 2847", parcels=["3//DP2288", "4//DP2288"], assessment="204417"
    )
    return make_land(session)


def place(
    session: Session, actor: Actor, rows: list[dict[str, Any]], cents: int, key: str = "one-key-1234", **more: Any
) -> Any:
    contact = {"name": "Dale & Kaur", "email": "r.kaur@dalekaur.example"}
    placed = BulkPlace.model_validate({"rows": rows, "contact": contact, "seen_total_cents": cents, **more})
    return place_in_bulk(session, actor, placed=placed, idempotency_key=key)


class TestReadTable:
    @pytest.mark.parametrize(
        "content",
        [
            "\ufeffParcel;Certificate Type;Matter no\r\n2/2/DP2288;603;Núñez\r\n".encode(),
            "Lot / DP\tproduct\tyour reference\n2/2/DP2288\t603\tNúñez\n".encode("utf-16"),
            'parcel,product,matter\n"2/2/DP2288","603","Núñez"\n\n'.encode("cp1252"),
            "\ufeffsep=;\r\nParcel;product;matter\r\n2/2/DP2288;603.0;Núñez\r\n".encode(),
            "sep=\t\nparcel\tproduct\tmatter\n2/2/DP2288\t603\tNúñez".encode("utf-16"),
        ],
    )
    def test_takes_what_spreadsheets_save(self, content: bytes) -> None:
        assert read_table(content) == [BulkRow(row=1, parcel="2/2/DP2288", product="603", matter="Núñez")]

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "no rows"),
            (b"parcel,product\n", "no rows"),
            (b"name,product\nDale,603\n", "no column parcel"),
            (b"parcel,price\n2/2/DP2288,1\n", "no column product"),
            (b"parcel,product\n" + b"1//DP1,603\n" * 501, "501 rows"),
            (b"\x00\x01PK\x03\x04", "no rows"),
        ],
    )
    def test_refuses_the_rest_with_a_way_out(self, content: bytes, why: str) -> None:
        with pytest.raises(BulkFileInvalid, match=why):
            read_table(content)

    def test_takes_back_what_a_spreadsheet_made_of_numbers(self) -> None:
        content = b"lot,section,plan,assessment,product,urgent,matter\n131.0,2.0,8139871.0,104882.00,603.0,1.0,26.0\n"
        assert read_table(content) == [
            BulkRow(
                row=1, lot="131", section="2", plan="8139871", assessment="104882", product="603", urgent="1",
                matter="26.0",
            )
        ]  # fmt: skip

    def test_its_own_template_is_read(self) -> None:
        rows = read_table(TEMPLATE.encode("utf-8-sig"))
        assert [(row.lot, row.parcel[:6], row.address[:7]) for row in rows] == [
            ("2", "", ""),
            ("", "Lot 13", ""),
            ("", "", "7 Green"),
        ]


class TestCheckRows:
    def test_only_what_is_named_exactly_is_ready(self, session: Session, customer: Actor) -> None:
        land = two_lots(session)
        rows = check(
            session,
            customer,
            "2,2,DP2288,,,,603,yes,A",
            ",,,lot 2 sec 2 dp 2288,,,Planning certificate 10.7(2),,A",
            ",,,,54 Williwa Street Portland,,735A,no,B",
            ",,,,,104882,drainage,no,B",
        )
        assert [(row.verdict, row.message) for row in rows] == [("ready", "")] * 4
        assert {(row.property_id, row.found_parcel) for row in rows} == {(land, PARCEL)}
        assert (rows[0].cents, rows[0].is_urgent) == (16000, True)

    def test_the_rest_says_why(self, session: Session, customer: Actor) -> None:
        two_lots(session)
        expected = {
            ",,,22/2/DP2288,,,603,,1": "not_found",
            ",,,2/2/DP228,,,603,,2": "not_found",
            ",,,,54 Wiliwa Street Portland,,603,,3": "not_found",
            ",,,,5 Williwa Street Portland,,603,,4": "not_found",
            ",,,,,10488,603,,5": "not_found",
            ",,,,,,603,,6": "not_found",
            ",,,,,204417,603,,7": "several",
            ",,,1-3//DP2288,,,603,,8": "unreadable",
            ",,,2/2/DP2288,,,no such,,9": "product_unknown",
            ",,,2/2/DP2288,,,735A,yes,10": "not_urgent",
            ",,,2/2/DP2288,,,603,perhaps,11": "unreadable",
            ",,,,54 Williwa Street, Portland,,603,no,12": "unreadable",
        }
        rows = check(session, customer, *expected)
        assert [row.verdict for row in rows] == list(expected.values())
        assert all(row.message for row in rows)
        assert [len(row.choices) for row in rows] == [2 if row.verdict == "several" else 0 for row in rows]

    def test_names_that_contradict_each_other_are_not_guessed_between(self, session: Session, customer: Actor) -> None:
        land = two_lots(session)
        rows = check(
            session,
            customer,
            "2,2,DP2288,,7 Green Street Portland,,603,,A",
            "2,2,DP2288,,,204417,603,,B",
            ",,,,7 Green Street Portland,104882,603,,C",
            "2,2,DP2288,3//DP2288,,,603,,D",
            "2,2,DP2288,2/2/DP2288,54 Williwa Street Portland,104882,603,,E",
            "2,2,DP2288,,A street that nobody knows,,603,,F",
        )
        assert [row.verdict for row in rows] == ["several"] * 4 + ["ready"] * 2
        assert [row.message for row in rows[:4]] == [
            "The lot and the address are of different properties. Choose one.",
            "The lot and the assessment number are of different properties. Choose one.",
            "The assessment number and the address are of different properties. Choose one.",
            "The parcel and the lot are of different properties. Choose one.",
        ]
        assert [choice.parcel for choice in rows[0].choices] == [PARCEL, "3//DP2288", "4//DP2288"]
        settled = BulkRow(row=1, lot="2", product="603", property_id=land, found_parcel=PARCEL)
        assert check_rows(session, customer, [settled]).rows[0].verdict == "ready"

    def test_an_address_agrees_with_the_units_under_it(self, session: Session, customer: Actor) -> None:
        make_land(session, address="5/133 WILLIWA STREET PORTLAND NSW 2847", parcels=["5//SP12345"], assessment="5")
        make_land(session, address="133 WILLIWA STREET PORTLAND NSW 2847", parcels=["CP//SP12345"], assessment="6")
        (row,) = check(session, customer, "5,,SP12345,,133 Williwa Street Portland,,603,,A")
        assert (row.verdict, row.found_parcel) == ("ready", "5//SP12345")

    def test_clashes_within_a_matter_and_warns_across_matters(self, session: Session, customer: Actor) -> None:
        two_lots(session)
        row = ",,,2/2/DP2288,,,{},,{}"
        rows = check(session, customer, *(row.format(*each) for each in (
            ("10.7-2", "A"), ("10.7-2-5", "A"), ("603", "A"), ("603", "A"), ("603", "B"),
        )))  # fmt: skip
        assert [each.verdict for each in rows] == ["contained", "ready", "ready", "twice", "ready"]
        assert [each.also_row for each in rows] == [None, None, None, None, 3]

    def test_a_choice_settles_a_row_and_a_foreign_one_does_not(self, session: Session, customer: Actor) -> None:
        two_lots(session)
        (several,) = check(session, customer, ",,,,,204417,603,,")
        choice = several.choices[1]
        settled = BulkRow(
            row=1, assessment="204417", product="603", property_id=choice.property_id, found_parcel=PARCEL
        )
        assert check_rows(session, customer, [settled]).rows[0].verdict == "not_found"
        settled = settled.model_copy(update={"found_parcel": choice.parcel})
        read = check_rows(session, customer, [settled])
        assert (read.rows[0].verdict, read.ready_count, read.total_cents) == ("ready", 1, 10000)

    def test_is_for_customers_alone(self, session: Session, guest: Actor, officer: Actor) -> None:
        with pytest.raises(Unauthenticated):
            check_rows(session, guest, [BulkRow(row=1)])
        with pytest.raises(AccountNeeded):
            check_rows(session, officer, [BulkRow(row=1)])


class TestPlaceInBulk:
    def test_makes_one_order_for_each_matter_once(self, session: Session, customer: Actor) -> None:
        land = two_lots(session)
        base = {"property_id": str(land), "parcel": PARCEL}
        rows = [
            {**base, "product": "603", "matter": "A"},
            {**base, "product": "735A", "matter": "=cmd()"},
            {**base, "product": "10.7-2", "matter": "A"},
        ]
        cents = 10000 + 6900 + check(session, customer, ",,,2/2/DP2288,,,735A,,")[0].cents  # type: ignore[operator]  # it is sold
        first, again = (place(session, customer, rows, cents) for _ in range(2))
        assert first == again
        assert [(each.reference, each.line_count) for each in first.orders] == [("A", 2), ("=cmd()", 1)]
        orders = session.scalars(orders_of(customer.organisation_id)).all()
        assert {order.customer_id for order in orders} == {customer.user_id}
        assert len(orders) == 2
        with pytest.raises(IdempotencyKeyReused):
            place(session, customer, rows[:1], 10000)

    def test_orders_for_a_firm_that_the_customer_belongs_to(
        self, session: Session, customer: Actor, actor_with: Callable[..., Actor]
    ) -> None:
        owner = actor_with("customer")
        firm_id = make_firm(session, owner, customer)
        row = {"property_id": str(two_lots(session)), "parcel": PARCEL, "product": "603"}
        rows = [{**row, "matter": matter} for matter in "AB"]
        first, again = (place(session, customer, rows, 20000, firm_id=str(firm_id)) for _ in range(2))
        assert first == again
        orders = session.scalars(orders_of(customer.organisation_id)).all()
        assert [(order.firm_id, order.firm_name) for order in orders] == [(firm_id, "Dale & Kaur")] * 2
        assert {find_order(session, owner, each.id, None).reference for each in first.orders} == {"A", "B"}
        with pytest.raises(OrderInvalid) as refused:
            place(session, actor_with("customer"), rows, 20000, firm_id=str(firm_id))
        assert refused.value.extra["errors"][0]["field"] == "firm_id"

    def test_orders_all_or_nothing(self, session: Session, customer: Actor) -> None:
        land = two_lots(session)
        good = {"property_id": str(land), "parcel": PARCEL, "product": "603", "matter": "A"}
        with pytest.raises(OrderInvalid) as refused:
            place(session, customer, [good, {**good, "product": "no-such", "matter": "B"}], 20000)
        assert [error["field"] for error in refused.value.extra["errors"]] == ["lines.1.product"]
        with pytest.raises(FeesChanged):
            place(session, customer, [good], 9999)
        assert session.scalars(orders_of(customer.organisation_id)).all() == []


def test_more_rows_cost_a_search_for_each_land_and_no_other_statement(session: Session, customer: Actor) -> None:
    two_lots(session)
    counted: list[str] = []

    def statements(rows: int) -> int:
        session.expire_all()
        table = [BulkRow(row=i, parcel=f"{i}//DP2288", product="603") for i in range(3, 3 + rows)]
        counted.clear()
        check_rows(session, customer, table)
        return sum("property.search" not in each for each in counted)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda _c, _u, statement, *_: counted.append(statement))
    statements(1)
    few, many = statements(2), statements(40)
    assert many == few, counted
