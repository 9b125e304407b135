"""Webhooks out: signed, in the background, retried until they are answered with 2xx."""

import json
import logging
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from stripe import WebhookSignature

from banksia.foundation.payments.adapters.fake_stripe import sessions
from banksia.foundation.payments.adapters.fake_stripe.store import Transaction
from banksia.foundation.payments.adapters.fake_stripe.world import World

_log = logging.getLogger(__name__)
_DUE = (
    "SELECT id, event_id, attempts, copies, concurrent, signing FROM deliveries "
    "WHERE state = 'pending' AND due_at <= ? ORDER BY position LIMIT 1"
)
STALE_BY_S = 3600
ANSWER_WITHIN_S = 10.0
_IDLE_S = 0.05
_SWEEP_EVERY_S = 5.0


class Deliverer:
    """One thread that sends what is due, oldest position first."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stop = threading.Event()
        self._next_sweep = 0.0
        self._thread = threading.Thread(target=self._run, name="fake-stripe-webhooks", daemon=True)

    def start(self) -> None:
        """Begin to deliver."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the delivery in hand and end the thread."""
        self._stop.set()
        self._thread.join(timeout=ANSWER_WITHIN_S + 1)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._expire_overdue_sessions()
                busy = self._deliver_next()
            except Exception:  # noqa: BLE001 - the thread must outlive a full disk or a locked file
                _log.exception("webhook delivery failed")
                busy = False
            if not busy:
                self._stop.wait(_IDLE_S)

    def _expire_overdue_sessions(self) -> None:
        now = time.monotonic()
        if now < self._next_sweep:
            return
        self._next_sweep = now + _SWEEP_EVERY_S
        with self._world.store.transaction() as transaction:
            sessions.expire_overdue(self._world, transaction)

    def _deliver_next(self) -> bool:
        with self._world.store.transaction() as transaction:
            due = transaction.sql.execute(_DUE, (self._world.clock(),)).fetchone()
            event = transaction.get(due[1], "event") if due else None
        if due is None or event is None:
            return False
        delivery_id, _, attempts, copies, concurrent, signing = due
        answers = self._send_copies(event, copies=copies, concurrent=bool(concurrent), signing=signing)
        with self._world.store.transaction() as transaction:
            self._note(transaction, delivery_id, attempts + 1, event, answers)
        return True

    def _send_copies(self, event: dict[str, Any], *, copies: int, concurrent: bool, signing: str) -> list[str]:
        payload = json.dumps(event, indent=2)
        if not concurrent:
            return [self._send(payload, signing) for _ in range(copies)]
        barrier = threading.Barrier(copies)

        def together() -> str:
            barrier.wait()
            return self._send(payload, signing)

        with ThreadPoolExecutor(copies) as pool:
            return [sent.result() for sent in [pool.submit(together) for _ in range(copies)]]

    def _send(self, payload: str, signing: str) -> str:
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's own setting
            self._world.webhook_url,
            data=payload.encode(),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
                "Stripe-Signature": self._signature(payload, signing),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_WITHIN_S) as answer:  # noqa: S310 - as above
                return str(answer.status)
        except urllib.error.HTTPError as refused:
            return str(refused.code)
        except OSError as error:
            return f"no answer: {error}"

    def _signature(self, payload: str, signing: str) -> str:
        timestamp = int(time.time()) - (STALE_BY_S if signing == "stale" else 0)
        secrets = ["whsec_not_the_right_one"] if signing == "wrong_secret" else list(self._world.webhook_secrets)
        headers = [WebhookSignature.generate_signature_header(payload, secret, timestamp) for secret in secrets]
        signatures = ",".join(header.partition(",")[2] for header in headers)
        return f"t={timestamp},{signatures}"

    def _note(
        self, transaction: Transaction, delivery_id: int, attempts: int, event: dict[str, Any], answers: list[str]
    ) -> None:
        delivered = any(answer.startswith("2") for answer in answers)
        delays = self._world.retry_delays_s
        given_up = not delivered and attempts > len(delays)
        state = "delivered" if delivered else "given_up" if given_up else "pending"
        wait_s = 0 if state != "pending" else delays[attempts - 1]
        transaction.sql.execute(
            "UPDATE deliveries SET attempts = ?, state = ?, due_at = ?, last_answer = ?, copies = 1, concurrent = 0 "
            "WHERE id = ?",
            (attempts, state, self._world.clock() + wait_s, ", ".join(answers), delivery_id),
        )
        if state != "pending":
            transaction.put({**event, "pending_webhooks": 0})


def delivery_log(transaction: Transaction) -> list[dict[str, Any]]:
    """Every delivery with its state and last answer, oldest first."""
    columns = ("event_id", "attempts", "state", "signing", "last_answer")
    rows = transaction.sql.execute(f"SELECT {', '.join(columns)} FROM deliveries ORDER BY id")  # noqa: S608 - constant
    return [dict(zip(columns, row, strict=True)) for row in rows]
