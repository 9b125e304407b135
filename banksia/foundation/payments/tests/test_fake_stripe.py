"""The fake Stripe, driven through the official SDK and, as a customer does, through its page."""

import datetime
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe
from stripe.checkout import Session as CheckoutSession

from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY, create_fake_stripe
from banksia.foundation.payments.adapters.fake_stripe.forms import parse_form
from banksia.foundation.payments.adapters.fake_stripe.serving import served
from banksia.foundation.payments.tests.factories import FakeStripe
from banksia.kit.ports import free_port

Params = dict[str, Any]


def params(**changes: Any) -> Any:
    line = {
        "quantity": 1,
        "price_data": {"currency": "aud", "unit_amount": 6900, "product_data": {"name": "Certificate"}},
    }
    base = {
        "mode": "payment",
        "success_url": "http://localhost/paid?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://localhost/back",
        "client_reference_id": "ref-1",
        "line_items": [line],
        "branding_settings": {"display_name": "Blue Hills Shire Council"},
    }
    return base | changes


def priced(cents: int) -> Any:
    price = {"currency": "aud", "unit_amount": cents, "product_data": {"name": "Certificate"}}
    return params(line_items=[{"quantity": 1, "price_data": price}])


def create(fake: FakeStripe, wanted: Any = None, key: str | None = None) -> dict[str, Any]:
    options: Any = {"idempotency_key": key} if key else {}
    return fake.client.v1.checkout.sessions.create(wanted or params(), options).to_dict()


def press(page: str, action: str) -> requests.Response:
    return requests.post(page, data={"action": action}, allow_redirects=False, timeout=10)


class TestSessions:
    def test_shapes_are_those_that_the_sdk_declares(self, fake: FakeStripe) -> None:
        session = create(fake)
        fake.act(session["id"], "pay")
        paid = fake.client.v1.checkout.sessions.retrieve(session["id"]).to_dict()
        charge_path = "latest_charge.balance_transaction"
        intent = fake.client.v1.payment_intents.retrieve(paid["payment_intent"], {"expand": [charge_path]}).to_dict()
        charge = intent["latest_charge"]
        refund = fake.client.v1.refunds.create({"payment_intent": intent["id"]}).to_dict()
        for thing, declared in (
            (paid, CheckoutSession),
            (intent, stripe.PaymentIntent),
            (charge, stripe.Charge),
            (charge["balance_transaction"], stripe.BalanceTransaction),
            (refund, stripe.Refund),
            (fake.events()[0], stripe.Event),
        ):
            assert set(thing) - set(declared.__annotations__) == set(), declared

    @pytest.mark.parametrize(("cents", "code"), [(49, "amount_too_small"), (100_000_000, "amount_too_large")])
    def test_amounts_have_limits(self, fake: FakeStripe, cents: int, code: str) -> None:
        with pytest.raises(stripe.InvalidRequestError) as refused:
            create(fake, priced(cents))
        assert refused.value.code == code

    @pytest.mark.parametrize("cents", [50, 99_999_999])
    def test_the_limits_themselves_are_taken(self, fake: FakeStripe, cents: int) -> None:
        assert create(fake, priced(cents))["amount_total"] == cents

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"success_url": None}, "parameter_missing"),
            ({"line_items": []}, "parameter_missing"),
            ({"colour": "green"}, "parameter_unknown"),
            ({"customer_email": "not an address"}, "email_invalid"),
            ({"client_reference_id": "x" * 201}, None),
            ({"metadata": {f"key{number}": "1" for number in range(51)}}, None),
        ],
    )
    def test_wrong_parameters_are_refused_in_stripes_shape(
        self, fake: FakeStripe, changes: Params, code: str | None
    ) -> None:
        wanted = {key: value for key, value in params(**changes).items() if value is not None}
        with pytest.raises(stripe.InvalidRequestError) as refused:
            create(fake, wanted)
        assert (refused.value.http_status, refused.value.code) == (400, code)

    def test_only_an_open_one_can_be_expired(self, fake: FakeStripe) -> None:
        session = create(fake)
        assert fake.client.v1.checkout.sessions.expire(session["id"])["status"] == "expired"
        with pytest.raises(stripe.InvalidRequestError, match="status of `expired`"):
            fake.client.v1.checkout.sessions.expire(session["id"])

    def test_an_unknown_one_is_missing(self, fake: FakeStripe) -> None:
        with pytest.raises(stripe.InvalidRequestError) as refused:
            fake.client.v1.checkout.sessions.retrieve("cs_test_nobody")
        assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")

    def test_a_wrong_key_is_refused(self, fake: FakeStripe) -> None:
        stranger = stripe.StripeClient("sk_test_of_somebody", base_addresses={"api": fake.url})
        with pytest.raises(stripe.AuthenticationError):
            stranger.v1.checkout.sessions.list()

    def test_lists_are_paged_newest_first(self, fake: FakeStripe) -> None:
        made = [create(fake)["id"] for _ in range(5)]
        pages = fake.client.v1.checkout.sessions.list({"limit": 2})
        assert [session["id"] for session in pages.auto_paging_iter()] == made[::-1]


class TestIdempotency:
    def test_the_same_key_and_body_give_the_same_answer(self, fake: FakeStripe) -> None:
        assert create(fake, key="attempt-1") == create(fake, key="attempt-1")
        assert len(fake.sessions()) == 1

    def test_the_same_key_with_another_body_is_an_error(self, fake: FakeStripe) -> None:
        create(fake, key="attempt-1")
        with pytest.raises(stripe.IdempotencyError) as refused:
            create(fake, priced(100), key="attempt-1")
        assert refused.value.http_status == 400
        assert len(fake.sessions()) == 1

    def test_a_refused_call_does_not_use_up_its_key(self, fake: FakeStripe) -> None:
        with pytest.raises(stripe.InvalidRequestError):
            create(fake, priced(1), key="attempt-1")
        assert create(fake, key="attempt-1")["status"] == "open"

    def test_an_error_after_the_effect_is_repeated_for_its_key(self, fake: FakeStripe) -> None:
        fake.fault("error_after_effect")
        for _ in range(2):
            with pytest.raises(stripe.APIError):
                create(fake, key="attempt-1")
        assert len(fake.sessions()) == 1


class TestHostedPage:
    def test_it_shows_who_what_and_how_much(self, fake: FakeStripe) -> None:
        page = requests.get(create(fake)["url"], timeout=10)
        assert page.status_code == 200
        for words in ("Pay Blue Hills Shire Council", "Certificate", "$69.00", '<html lang="en-AU">', "<main>"):
            assert words in page.text

    def test_what_a_council_is_called_cannot_break_the_page(self, fake: FakeStripe) -> None:
        nasty = params(branding_settings={"display_name": "<script>alert(1)</script>"})
        assert "<script>" not in requests.get(create(fake, nasty)["url"], timeout=10).text

    def test_pay_leads_back_and_a_second_press_pays_nothing(self, fake: FakeStripe) -> None:
        session = create(fake)
        for _ in range(2):
            answer = press(session["url"], "pay")
            assert (answer.status_code, answer.headers["location"]) == (
                303,
                f"http://localhost/paid?session={session['id']}",
            )
        assert len(fake.events("checkout.session.completed")) == 1

    def test_a_declined_card_can_be_followed_by_another(self, fake: FakeStripe) -> None:
        session = create(fake)
        press(session["url"], "decline")
        assert "Your card was declined" in requests.get(session["url"], timeout=10).text
        press(session["url"], "pay")
        kinds = [event["type"] for event in fake.events()]
        assert kinds == [
            "payment_intent.created",
            "charge.failed",
            "payment_intent.payment_failed",
            "charge.succeeded",
            "payment_intent.succeeded",
            "checkout.session.completed",
        ]

    def test_back_leads_back_and_leaves_it_open(self, fake: FakeStripe) -> None:
        session = create(fake)
        assert press(session["url"], "back").headers["location"] == "http://localhost/back"
        assert fake.sessions()[0]["status"] == "open"

    def test_an_expired_page_takes_no_money(self, fake: FakeStripe) -> None:
        session = create(fake)
        fake.client.v1.checkout.sessions.expire(session["id"])
        assert press(session["url"], "pay").status_code == 410
        assert fake.sessions()[0]["payment_status"] == "unpaid"


class TestRefunds:
    def paid(self, fake: FakeStripe) -> str:
        session = create(fake)
        fake.act(session["id"], "pay")
        intent: str = fake.sessions()[0]["payment_intent"]
        return intent

    def test_never_above_what_was_charged(self, fake: FakeStripe) -> None:
        intent = self.paid(fake)
        fake.client.v1.refunds.create({"payment_intent": intent, "amount": 6000})
        with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
            fake.client.v1.refunds.create({"payment_intent": intent, "amount": 901})
        fake.client.v1.refunds.create({"payment_intent": intent})
        with pytest.raises(stripe.InvalidRequestError) as refused:
            fake.client.v1.refunds.create({"payment_intent": intent})
        assert refused.value.code == "charge_already_refunded"

    def test_one_that_fails_later_gives_the_balance_back(self, fake: FakeStripe) -> None:
        intent = self.paid(fake)
        refund = fake.client.v1.refunds.create({"payment_intent": intent})
        fake.act_on_refund(refund["id"], "fail")
        assert fake.client.v1.refunds.retrieve(refund["id"])["status"] == "failed"
        moved = [each["amount"] for each in fake.client.v1.balance_transactions.list({"limit": 10}).data]
        assert moved == [6900, -6900, 6900]
        assert fake.client.v1.refunds.create({"payment_intent": intent})["amount"] == 6900


class TestBooks:
    def paid(self, fake: FakeStripe) -> str:
        session = create(fake)
        fake.act(session["id"], "pay")
        intent: str = fake.sessions()[0]["payment_intent"]
        return intent

    def test_shapes_are_those_that_the_sdk_declares(self, fake: FakeStripe) -> None:
        intent = self.paid(fake)
        dispute_id = fake.dispute(intent)
        self.paid(fake)
        self.paid(fake)
        payout_id = fake.payout()
        v1 = fake.client.v1
        dispute = v1.disputes.retrieve(dispute_id).to_dict()
        listed: Any = v1.balance_transactions.list({"limit": 100, "expand": ["data.source"]}).data
        for thing, declared in (
            (dispute, stripe.Dispute),
            (v1.payouts.retrieve(payout_id).to_dict(), stripe.Payout),
            (v1.accounts.retrieve_current().to_dict(), stripe.Account),
            *((each.to_dict(), stripe.BalanceTransaction) for each in listed),
            *((each, stripe.BalanceTransaction) for each in dispute["balance_transactions"]),
        ):
            assert set(thing) - set(declared.__annotations__) == set(), declared

    def test_a_disputed_charge_cannot_be_refunded(self, fake: FakeStripe) -> None:
        intent = self.paid(fake)
        fake.dispute(intent)
        with pytest.raises(stripe.InvalidRequestError) as refused:
            fake.client.v1.refunds.create({"payment_intent": intent})
        assert refused.value.code == "charge_disputed"

    def test_a_dispute_takes_the_money_and_gives_it_back_when_it_is_won(self, fake: FakeStripe) -> None:
        dispute_id = fake.dispute(self.paid(fake))
        fake.act_on_dispute(dispute_id, "respond")
        fake.act_on_dispute(dispute_id, "win")
        moved = fake.client.v1.balance_transactions.list({"source": dispute_id}).data
        assert [(each["amount"], each["fee"], each["reporting_category"]) for each in moved] == [
            (6900, 0, "dispute_reversal"),
            (-6900, 2500, "dispute"),
        ]
        kinds = [event["type"].removeprefix("charge.dispute.") for event in fake.events() if "dispute" in event["type"]]
        assert kinds == ["created", "funds_withdrawn", "updated", "closed", "funds_reinstated"]

    def test_a_payout_names_what_it_is_made_of(self, fake: FakeStripe) -> None:
        self.paid(fake)
        payout_id = fake.payout()
        self.paid(fake)
        parts = fake.client.v1.balance_transactions.list({"payout": payout_id}).data
        assert sorted(each["type"] for each in parts) == ["charge", "payout"]
        assert sum(each["net"] for each in parts) == 0

    def test_long_lists_are_paged(self, fake: FakeStripe) -> None:
        fake.add_to_books(*({"source": f"pi_{number}", "amount": 100} for number in range(250)))
        pages = fake.client.v1.balance_transactions.list({"limit": 100})
        assert len({each["id"] for each in pages.auto_paging_iter()}) == 250


class TestTime:
    @pytest.fixture
    def clocked(self, tmp_path: Path) -> Iterator[tuple[FakeStripe, list[float]]]:
        now = [time.time()]
        port = free_port()
        app = create_fake_stripe(
            tmp_path / "clocked.sqlite3", "", (), page_url=f"http://127.0.0.1:{port}", clock=lambda: now[0]
        )
        with served(app, port=port) as url:
            yield FakeStripe(url, stripe.StripeClient(DEMO_KEY, base_addresses={"api": url})), now

    def test_a_session_expires_by_itself(self, clocked: tuple[FakeStripe, list[float]]) -> None:
        fake, now = clocked
        session = create(fake)
        now[0] += datetime.timedelta(hours=25).total_seconds()
        assert fake.client.v1.checkout.sessions.retrieve(session["id"])["status"] == "expired"
        assert [event["type"] for event in fake.events()] == ["checkout.session.expired"]

    def test_what_it_knows_survives_a_restart(self, tmp_path: Path) -> None:
        seen = []
        for _ in range(2):
            port = free_port()
            app = create_fake_stripe(tmp_path / "kept.sqlite3", "", (), page_url=f"http://127.0.0.1:{port}")
            with served(app, port=port) as url:
                fake = FakeStripe(url, stripe.StripeClient(DEMO_KEY, base_addresses={"api": url}))
                seen.append(create(fake, params(), key="attempt-1")["id"])
        assert seen[0] == seen[1]


def test_the_form_encoding_of_stripe() -> None:
    encoded = "a=1&b[c][d]=2&list[0][x]=3&list[1][x]=4&expand[]=one&expand[]=two&empty="
    assert parse_form(encoded) == {
        "a": "1",
        "b": {"c": {"d": "2"}},
        "list": [{"x": "3"}, {"x": "4"}],
        "expand": ["one", "two"],
        "empty": "",
    }
