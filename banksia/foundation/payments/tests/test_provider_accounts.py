"""A council's own keys: sealed, tested before they are saved, taken before the installation's, and never shown."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY, create_fake_stripe
from banksia.foundation.payments.adapters.fake_stripe.serving import served
from banksia.foundation.payments.adapters.provider import ProviderDown
from banksia.foundation.payments.errors import PaymentPageUnavailable
from banksia.foundation.payments.models import ProviderAccount, WebhookEvent
from banksia.foundation.payments.public import start_checkout
from banksia.foundation.payments.service.key_sealing import SealBroken, seal, unseal
from banksia.foundation.payments.service.provider_accounts import chosen_provider, provider_of
from banksia.foundation.payments.service.sweeping import mop_up
from banksia.foundation.payments.tests.factories import make_payable, ref_of, signed
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.kit.ports import free_port

OWN_KEY = "sk_test_of_the_council_itself_1234"
NEW_SECRET, NEXT_SECRET, THIRD_SECRET = "whsec_own_first_one", "whsec_own_second_one", "whsec_own_third_one"
ADDRESS = "/api/payments/provider-account"
Ask = Callable[..., TestClient]


@pytest.fixture
def own_fake(tmp_path: Path, platform: Platform, transactions: Transactions) -> Any:
    """One server that knows the installation's key and the council's own."""
    port = free_port()
    app = create_fake_stripe(
        tmp_path / "own.sqlite3", "", (), page_url=f"http://127.0.0.1:{port}", api_keys=(DEMO_KEY, OWN_KEY)
    )
    with served(app, port=port) as url:
        platform.settings = platform.settings.model_copy(update={"stripe_api_base": url})
        yield transactions


def save(client: TestClient, **changes: str) -> Any:
    return client.put(ADDRESS, json={"secret_key": OWN_KEY, "webhook_secret": NEW_SECRET} | changes)


class TestSealing:
    def test_what_is_sealed_opens_for_its_council_only(self, platform: Platform) -> None:
        council, neighbour = uuid.uuid4(), uuid.uuid4()
        sealed = seal(platform.settings, council, OWN_KEY)
        assert OWN_KEY not in sealed
        assert sealed != seal(platform.settings, council, OWN_KEY)
        assert unseal(platform.settings, council, sealed) == OWN_KEY
        with pytest.raises(SealBroken):
            unseal(platform.settings, neighbour, sealed)

    @pytest.mark.parametrize("secret", ["", "another secret of thirty-two characters"])
    def test_another_secret_opens_nothing(self, platform: Platform, secret: str) -> None:
        council = uuid.uuid4()
        sealed = seal(platform.settings, council, OWN_KEY)
        other = platform.settings.model_copy(update={"secret_key": SecretStr(secret)})
        with pytest.raises(SealBroken):
            unseal(other, council, sealed)

    def test_what_was_altered_does_not_open(self, platform: Platform) -> None:
        council = uuid.uuid4()
        sealed = seal(platform.settings, council, OWN_KEY)
        with pytest.raises(SealBroken):
            unseal(platform.settings, council, sealed[:-6] + "AAAAA=")


class TestSaving:
    def test_it_is_tested_saved_and_never_shown(
        self, session: Session, own_fake: Transactions, signed_in_as: Ask
    ) -> None:
        client = signed_in_as("administrator")
        before = client.get(ADDRESS).json()
        saved = save(client)
        assert (before["source"], saved.status_code) == ("installation", 200)
        shown = client.get(ADDRESS)
        assert (shown.json()["source"], shown.json()["key_hint"], shown.json()["webhook_secrets"]) == (
            "council",
            "1234",
            1,
        )
        assert shown.json()["account"].startswith("acct_")
        for answer in (saved, shown):
            assert OWN_KEY not in answer.text
            assert NEW_SECRET not in answer.text
        rows = "SELECT p::text FROM payments.provider_accounts p UNION ALL SELECT e.detail::text FROM audit.entries e"
        kept = "".join(session.scalars(text(rows)))
        assert OWN_KEY not in kept
        assert NEW_SECRET not in kept

    def test_a_key_that_opens_nothing_is_not_saved(
        self, session: Session, own_fake: Transactions, signed_in_as: Ask
    ) -> None:
        answer = save(signed_in_as("administrator"), secret_key="sk_test_nobody_knows_this")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "secret_key")
        assert "sk_test_nobody" not in answer.text
        assert session.scalars(select(ProviderAccount)).all() == []

    def test_without_a_secret_nothing_is_kept(
        self, session: Session, platform: Platform, own_fake: Transactions, signed_in_as: Ask
    ) -> None:
        client = signed_in_as("administrator")
        platform.settings = platform.settings.model_copy(update={"secret_key": SecretStr("")})
        answer = save(client)
        assert (answer.status_code, "BANKSIA_SECRET_KEY" in answer.json()["detail"]) == (409, True)
        assert session.scalars(select(ProviderAccount)).all() == []

    def test_not_while_somebody_may_pay_with_the_present_account(
        self, session: Session, own_fake: Transactions, signed_in_as: Ask
    ) -> None:
        owed = make_payable(session)
        session.commit()
        start_checkout(own_fake, payable=ref_of(owed))
        answer = save(signed_in_as("administrator"))
        assert (answer.status_code, "1 payment page is still open" in answer.json()["detail"]) == (409, True)

    def test_removed_the_installation_takes_over(
        self, session: Session, own_fake: Transactions, signed_in_as: Ask
    ) -> None:
        client = signed_in_as("administrator")
        save(client)
        assert client.delete(ADDRESS).json()["source"] == "installation"
        assert not chosen_provider(own_fake).own
        assert client.delete(ADDRESS).status_code == 404
        assert session.scalars(select(ProviderAccount)).all() == []

    def test_the_saved_key_can_be_tested_again(self, own_fake: Transactions, signed_in_as: Ask) -> None:
        client = signed_in_as("administrator")
        assert client.post(f"{ADDRESS}/check").status_code == 404
        first = save(client).json()["tested_at"]
        assert client.post(f"{ADDRESS}/check").json()["tested_at"] > first


class TestChoosing:
    def test_each_council_pays_with_its_own_key(
        self, own_fake: Transactions, signed_in_as: Ask, platform: Platform, other_organisation: Council
    ) -> None:
        save(signed_in_as("administrator"))
        neighbour = Transactions(platform, Actor.system(other_organisation.id))
        assert chosen_provider(own_fake).own
        assert not chosen_provider(neighbour).own

    def test_keys_that_cannot_be_opened_never_send_money_elsewhere(
        self, session: Session, own_fake: Transactions, signed_in_as: Ask, platform: Platform
    ) -> None:
        save(signed_in_as("administrator"))
        owed = make_payable(session)
        session.commit()
        changed = SecretStr("the operator has changed this secret key")
        platform.settings = platform.settings.model_copy(update={"secret_key": changed})
        with pytest.raises(ProviderDown):
            provider_of(own_fake)
        with pytest.raises(PaymentPageUnavailable):
            start_checkout(own_fake, payable=ref_of(owed))
        mop_up(own_fake)


class TestRule05RotatingSecrets:
    def tell(self, client: TestClient, secret: str, number: int, organisation: str | None = None) -> int:
        thing = {"id": "pi_1", "object": "payment_intent", "metadata": {"organisation_id": organisation}}
        event = {
            "id": f"evt_{number}",
            "object": "event",
            "created": 1_800_000_000,
            "livemode": False,
            "type": "payment_intent.created",
            "data": {"object": thing},
        }
        body, signature = signed(event, secret)
        address = "/api/payments/webhooks/stripe"
        return client.post(address, content=body, headers={"Stripe-Signature": signature}).status_code

    def test_two_are_valid_while_one_replaces_the_other(
        self, own_fake: Transactions, signed_in_as: Ask, client: TestClient
    ) -> None:
        admin = signed_in_as("administrator")
        save(admin)
        secrets = f"{ADDRESS}/webhook-secrets"
        assert admin.post(secrets, json={"webhook_secret": NEXT_SECRET}).json()["webhook_secrets"] == 2
        assert [self.tell(client, NEW_SECRET, 1), self.tell(client, NEXT_SECRET, 2)] == [204, 204]
        assert admin.post(secrets, json={"webhook_secret": THIRD_SECRET}).json()["webhook_secrets"] == 2
        assert [self.tell(client, NEW_SECRET, 3), self.tell(client, THIRD_SECRET, 4)] == [400, 204]
        assert admin.delete(f"{secrets}/old").json()["webhook_secrets"] == 1
        assert [self.tell(client, NEXT_SECRET, 5), self.tell(client, THIRD_SECRET, 6)] == [400, 204]

    def test_an_own_account_speaks_for_its_own_council_only(
        self,
        session: Session,
        other_session: Session,
        own_fake: Transactions,
        signed_in_as: Ask,
        client: TestClient,
        other_organisation: Council,
    ) -> None:
        save(signed_in_as("administrator"))
        assert self.tell(client, NEW_SECRET, 1, str(other_organisation.id)) == 204
        assert len(session.scalars(select(WebhookEvent)).all()) == 1
        assert other_session.scalars(select(WebhookEvent)).all() == []
