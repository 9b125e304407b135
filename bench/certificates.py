"""Certificates: drawing one PDF, and issuing one, from the decision to the stored document and to the mail."""

import time
import uuid
from collections.abc import Iterator

import pypdfium2

from banksia.foundation.auth.public import actor_for, create_user
from banksia.foundation.events.public import ring_waiting, run_row
from banksia.foundation.payments.public import CounterPart, take_counter_payment
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.certificates.adapters.certificate_pdf import CertificateDocument, render_certificate
from banksia.modules.certificates.adapters.certificate_signing import make_own_key
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.service.printing import document_from
from banksia.modules.certificates.service.queue import find_line
from banksia.modules.certificates.service.signing_keys import key_row
from banksia.modules.certificates.tests.factories import complete_draft, make_order
from bench.measuring import Bench, Row, quantile, timed

TITLE = "Certificates"
AIM_MS = 100
PRODUCTS = ("603", "10.7-2-5")


def measure(bench: Bench) -> Iterator[Row]:
    """A complete certificate of a short and of a long kind, and the whole of issuing."""
    issued, drawn = (3, 5) if bench.quick else (20, 50)
    officer, clerk = _person(bench, "certificate_officer"), _person(bench, "counter_clerk")
    for product in PRODUCTS:
        lines = [_paid_line(bench, officer, clerk, product) for _ in range(issued)]
        yield _draw(_issued_document(bench, officer, lines.pop()), product, drawn)
        seconds = [_issue(bench, officer, *line) for line in lines]
        note = "decide, draw, store and record, each step committed"
        yield Row.of_samples(f"issue a {product} certificate", seconds, size=f"{len(seconds)} times", note=note)
    yield _issued_and_told(bench, officer, [_paid_line(bench, officer, clerk, "603") for _ in range(issued * 2)])
    _sign_from_now_on(bench)
    lines = [_paid_line(bench, officer, clerk, PRODUCTS[0]) for _ in range(issued)]
    seconds = [_issue(bench, officer, *line) for line in lines]
    note = "as above, and signed with EC P-256 (PAdES-B-B)"
    yield Row.of_samples(f"issue a {PRODUCTS[0]} certificate, signed", seconds, size=f"{issued} times", note=note)


def _issued_and_told(bench: Bench, officer: Actor, lines: list[tuple[uuid.UUID, int]]) -> Row:
    """All that one worker has to do for many certificates, the mails and everything else that follows included."""
    began = time.perf_counter()
    for line in lines:
        _issue(bench, officer, *line)
        _do_what_waits(bench)
    rate = len(lines) / (time.perf_counter() - began)
    note = "one worker: drawn, stored and recorded, then all that follows, the customer's mail among it"
    return Row("issue 603 certificates and tell", size=f"{len(lines)} certificates", per_second=rate, note=note)


def _draw(document: CertificateDocument, product: str, count: int) -> Row:
    content = render_certificate(document)
    with pypdfium2.PdfDocument(content) as opened:
        size = f"{len(opened)} pages, {len(content) / 1024:.0f} kB"
    seconds = timed(lambda: render_certificate(document), count)
    met = quantile(seconds, 0.5) * 1000 < AIM_MS
    return Row.of_samples(f"draw a {product} certificate", seconds, size=size, aim=f"p50 under {AIM_MS} ms", met=met)


def _issue(bench: Bench, officer: Actor, line_id: uuid.UUID, version: int) -> float:
    began = time.perf_counter()
    issue_certificate(Transactions(bench.platform, officer), line_id=line_id, version=version)
    return time.perf_counter() - began


def _sign_from_now_on(bench: Bench) -> None:
    with bench.platform.database.session(bench.organisation_id) as session:
        made = make_own_key("Bench", now=utc_now())
        session.add(key_row(session, made, set_by_name="Bench", is_own_make=True))


def _issued_document(bench: Bench, officer: Actor, line: tuple[uuid.UUID, int]) -> CertificateDocument:
    _issue(bench, officer, *line)
    with bench.platform.database.session(bench.organisation_id) as session:
        [certificate] = session.scalars(certificates_of_lines(bench.organisation_id, [line[0]]))
        return document_from(certificate.document)


def _person(bench: Bench, role: str) -> Actor:
    with bench.platform.database.session(bench.organisation_id) as session:
        system = Actor.system(bench.organisation_id)
        user = create_user(
            session, system, email=f"{role}@bench.example", name=role, kind="staff", roles=[role], verified=True
        )
        session.flush()
        return actor_for(session, user)


def _paid_line(bench: Bench, officer: Actor, clerk: Actor, product: str) -> tuple[uuid.UUID, int]:
    """A line that is paid and whose draft is complete: its id and the draft's version."""
    with bench.platform.database.session(bench.organisation_id) as session:
        order = make_order(session, Actor.guest(bench.organisation_id), product)
        line_id, payable, cents = order.lines[0].id, order.payable, order.total_cents
    cash = CounterPart("cash", cents, tendered_cents=cents)
    take_counter_payment(Transactions(bench.platform, clerk), payable=payable, parts=[cash])
    _do_what_waits(bench)
    with bench.platform.database.session(bench.organisation_id) as session:
        return line_id, complete_draft(session, officer, find_line(session, officer, line_id))


def _do_what_waits(bench: Bench) -> None:
    """Run the outbox here, as a worker would."""
    rows: list[tuple[uuid.UUID, uuid.UUID]] = []
    bench.platform.bell = lambda organisation_id, row_id: rows.append((organisation_id, row_id))
    while ring_waiting(bench.platform, bench.organisation_id):
        for organisation_id, row_id in rows:
            run_row(bench.platform, organisation_id, row_id)
        rows.clear()
