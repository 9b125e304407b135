"""A customer's webhooks over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.webhooks.tests.factories import PLACED, receiving
from banksia.kit.platform import Platform

Browser = Callable[..., Any]
ENDPOINTS = "/api/webhooks/endpoints"


class TestEndpoints:
    def test_from_registering_to_a_delivery_that_is_sent_again(
        self, signed_in_as: Browser, session: Session, run_outbox: Callable[[], int]
    ) -> None:
        browser = signed_in_as("customer")
        assert PLACED in [each["name"] for each in browser.get(ENDPOINTS).json()["types"]]
        with receiving() as receiver:
            made = browser.post(ENDPOINTS, json={"url": receiver.url, "types": [PLACED]})
            assert made.status_code == 201, made.text
            secret, path = made.json()["secret"], f"{ENDPOINTS}/{made.json()['id']}"
            assert secret.startswith("whsec_")
            assert secret not in browser.get(path).text
            kept = session.execute(text("SELECT sealed_secret FROM webhooks.endpoints")).scalar_one()
            assert secret not in kept
            assert browser.post(f"{path}/test").json()["type"] == "webhooks.test"
            run_outbox()
            (delivery,) = browser.get(f"{path}/deliveries").json()["results"]
            assert (delivery["status"], delivery["response_status"]) == ("delivered", 200)
            assert browser.post(f"{path}/deliveries/{delivery['id']}/redeliver").status_code == 202
            run_outbox()
            assert [headers["webhook-id"] for headers, _ in receiver.heard] == [delivery["message_id"]] * 2
        assert browser.post(f"{path}/rotate-secret").json()["secret"] != secret
        assert browser.patch(path, json={"paused": True}).json()["state"] == "paused"
        assert browser.post(f"{path}/test").json()["type"] == "urn:banksia:webhooks:endpoint-not-active"
        assert signed_in_as("customer").get(path).status_code == 404
        assert browser.delete(path).status_code == 204
        assert browser.get(path).status_code == 404

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"url": "http://practice.example.com/"}, "url"),
            ({"url": "https://10.0.0.1/"}, "url"),
            ({"url": "http://127.0.0.1:8000/"}, "url"),
            ({"types": []}, "types"),
            ({"types": ["certificates.order.eaten"]}, "types"),
        ],
    )
    def test_what_cannot_be_is_told_by_field(
        self, signed_in_as: Browser, platform: Platform, change: dict[str, object], field: str
    ) -> None:
        platform.settings = platform.settings.model_copy(update={"webhooks_to_this_machine": False})
        body = {"url": "https://practice.example.com/hooks", "types": [PLACED], **change}
        answer = signed_in_as("customer").post(ENDPOINTS, json=body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == field
