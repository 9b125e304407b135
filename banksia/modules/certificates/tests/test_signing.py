"""Signed certificates: valid to every reader, made once, by the council's own sealed key and no other."""

import base64
import http.server
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from fastapi.testclient import TestClient
from pydantic import SecretStr
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.storage.public import find_object, open_object
from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.kit.platform import Platform
from banksia.modules.certificates.adapters.certificate_pdf import render_certificate
from banksia.modules.certificates.adapters.certificate_signing import (
    Signer,
    SigningKeyFile,
    make_own_key,
    open_pkcs12,
    sign_pdf,
)
from banksia.modules.certificates.errors.signing import (
    SigningCertificateEnded,
    SigningFileRefused,
    SigningKeyCannotBeKept,
    SigningKeyUnreadable,
)
from banksia.modules.certificates.models import Certificate, OrderLine, SigningKey
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.queries.signing import signing_keys_of
from banksia.modules.certificates.queries.straight_through import decisions_of_lines
from banksia.modules.certificates.service.beginning import begin
from banksia.modules.certificates.service.checks import CHECKS
from banksia.modules.certificates.service.issuing import finish_issuing, issue_certificate
from banksia.modules.certificates.service.printing import document_from
from banksia.modules.certificates.service.signing_keys import read_signing, save_signing_certificate
from banksia.modules.certificates.service.verification import verify_certificate
from banksia.modules.certificates.tests.factories import (
    CLIENT,
    complete_draft,
    make_known,
    make_land,
    make_order,
    pay,
    rule,
)
from banksia.modules.certificates.tests.test_certificate_pdf import DOCUMENT

ADDRESS = "/api/certificates/signing-certificate"
PASSPHRASE = "a passphrase of the council"
NOW = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
RunOutbox = Callable[[], int]


@pytest.fixture(scope="session")
def rsa_key() -> rsa.RSAPrivateKey:
    """One for all: making it is slow."""
    return rsa.generate_private_key(65537, 2048)


def certificate_for(
    key: Key, name: str = "Blue Hills Shire Council", *, ends_in_days: int = 365, signs: bool = True
) -> x509.Certificate:
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    ends = datetime.now(UTC) + timedelta(days=ends_in_days)
    usage = {"digital_signature": signs, "content_commitment": signs, "key_encipherment": not signs}
    others = ("data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(ends - timedelta(days=730))
        .not_valid_after(ends)
        .add_extension(x509.KeyUsage(**usage, **dict.fromkeys(others, False)), critical=True)
        .sign(key, hashes.SHA256())
    )


def file_of(key: Key, certificate: x509.Certificate | None) -> str:
    others = None if certificate is None or certificate.public_key() == key.public_key() else [certificate]
    own = None if others else certificate
    content = pkcs12.serialize_key_and_certificates(
        b"council", key, own, others, BestAvailableEncryption(PASSPHRASE.encode())
    )
    return base64.b64encode(content).decode()


def opened(pkcs12: str) -> SigningKeyFile:
    return open_pkcs12(base64.b64decode(pkcs12), PASSPHRASE, now=NOW)


def ec_file(**changes: int) -> str:
    key = ec_key()
    return file_of(key, certificate_for(key, ends_in_days=changes.get("ends_in_days", 365)))


def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def transactions(session: Session, actor: Actor) -> Transactions:
    session.flush()
    return Transactions(platform_of(session), actor)


def save(session: Session, actor: Actor, pkcs12: str, passphrase: str = PASSPHRASE) -> SigningKey:
    save_signing_certificate(transactions(session, actor), pkcs12=pkcs12, passphrase=passphrase)
    session.expire_all()
    return session.scalars(signing_keys_of(actor.organisation_id).limit(1)).one()


@pytest.fixture
def admin(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("administrator")


@pytest.fixture
def line(session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]) -> OrderLine:
    """A paid line of a short certificate."""
    order = make_order(session, guest, "603")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    return session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]


def issue(session: Session, officer: Actor, line: OrderLine) -> Certificate:
    version = complete_draft(session, officer, line)
    issue_certificate(transactions(session, officer), line_id=line.id, version=version)
    session.expire_all()
    return issued(session, line)


def issued(session: Session, line: OrderLine) -> Certificate:
    return session.scalars(certificates_of_lines(line.organisation_id, [line.id])).one()


def bytes_of(session: Session, certificate: Certificate) -> bytes:
    stored = find_object(session, certificate.object_id)
    assert stored is not None
    return b"".join(open_object(platform_of(session), stored))


def validated(pdf: bytes, root: bytes) -> PdfSignatureStatus:
    [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
    trusted = ValidationContext(trust_roots=[asn1_x509.Certificate.load(root)])
    return validate_pdf_signature(signature, trusted)


class TestSignPdf:
    @pytest.mark.parametrize("kind", ["RSA", "EC"])
    def test_the_same_moment_and_key_give_the_same_valid_bytes(self, kind: str, rsa_key: rsa.RSAPrivateKey) -> None:
        made = make_own_key("Blue Hills Shire Council (demo)", now=NOW)
        if kind == "RSA":
            made = opened(file_of(rsa_key, certificate_for(rsa_key)))
        signer = Signer("Blue Hills Shire Council", made.private_key, made.chain)
        pdf = render_certificate(DOCUMENT)
        signed = sign_pdf(pdf, signer, at=NOW, reason="Certificate 1")
        assert sign_pdf(pdf, signer, at=NOW, reason="Certificate 1") == signed
        assert signed.content.startswith(pdf)
        status = validated(signed.content, made.chain[0])
        assert status.bottom_line
        assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        assert (status.signer_reported_dt, signed.is_timestamped) == (NOW, False)

    def test_a_changed_byte_is_found(self) -> None:
        made = make_own_key("Blue Hills Shire Council (demo)", now=NOW)
        signer = Signer("C", made.private_key, made.chain)
        pdf = sign_pdf(render_certificate(DOCUMENT), signer, at=NOW, reason="1").content
        where = pdf.index(b"/MediaBox") + len("/MediaBox [ ")
        status = validated(pdf[:where] + b"1" + pdf[where + 1 :], made.chain[0])
        assert not status.intact

    def test_pdfsig_finds_it_valid(self, tmp_path: Path, rsa_key: rsa.RSAPrivateKey) -> None:
        program = shutil.which("pdfsig")
        if program is None:
            pytest.skip("pdfsig (package poppler-utils) is not installed")
        made, path = opened(file_of(rsa_key, certificate_for(rsa_key))), tmp_path / "signed.pdf"
        signer = Signer("C", made.private_key, made.chain)
        path.write_bytes(sign_pdf(render_certificate(DOCUMENT), signer, at=NOW, reason="1").content)
        said = subprocess.run([program, "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
        assert "Signature is Valid" in said
        assert "Total document signed" in said

    def test_a_silent_time_stamp_server_stops_nothing(self) -> None:
        made = make_own_key("C", now=NOW)
        signer, pdf = Signer("C", made.private_key, made.chain), render_certificate(DOCUMENT)
        for url in ("http://127.0.0.1:9/tsa", "ftp://nowhere/"):
            signed = sign_pdf(pdf, signer, at=NOW, reason="1", timestamp_url=url)
            assert (signed.is_timestamped, signed) == (False, sign_pdf(pdf, signer, at=NOW, reason="1"))


class _Died(BaseException):
    """Stands for kill -9: no handler of the application may catch it."""


def die(reached: str) -> None:
    if reached == "certificates.certificate_stored":
        raise _Died


@pytest.fixture
def time_stamps(platform: Platform, rsa_key: rsa.RSAPrivateKey) -> Iterator[None]:
    """A time stamp authority on this machine, named by the operator."""
    made = opened(file_of(rsa_key, certificate_for(rsa_key, "Time")))
    key = asn1_keys.PrivateKeyInfo.load(made.private_key)
    authority = DummyTimeStamper(asn1_x509.Certificate.load(made.chain[0]), key, include_nonce=True)

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(authority.request_tsa_response(asked).dump())

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with http.server.HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/tsa"
        platform.settings = platform.settings.model_copy(update={"timestamp_url": url})
        yield
        server.shutdown()


class TestIssueSigned:
    def test_it_is_signed_says_so_and_the_drawing_stays_what_it_was(
        self, session: Session, officer: Actor, admin: Actor, line: OrderLine
    ) -> None:
        key = save(session, admin, ec_file())
        certificate = issue(session, officer, line)
        content = bytes_of(session, certificate)
        status = validated(content, base64.b64decode(key.chain[0]))
        assert (status.bottom_line, status.signer_reported_dt) == (True, certificate.issued_at)
        assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        assert content.startswith(render_certificate(document_from(certificate.document)))
        assert certificate.document["authenticity"]["signed_by"]["fingerprint"] == key.fingerprint
        found = verify_certificate(session, number=certificate.number, code=certificate.code, client=CLIENT).certificate
        assert found is not None
        assert found.signed_by is not None
        assert (found.signed_by.fingerprint, found.signed_by.valid_until) == (key.fingerprint, key.valid_until)

    def test_a_process_that_dies_leaves_the_same_file_even_when_the_key_is_replaced_meanwhile(
        self, session: Session, officer: Actor, admin: Actor, line: OrderLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = save(session, admin, ec_file())
        monkeypatch.setattr(kill_points, "_on_reach", die)
        with pytest.raises(_Died):
            issue(session, officer, line)
        monkeypatch.undo()
        stored = stored_objects(session)
        save(session, admin, ec_file())
        finish(session, officer)
        certificate = issued(session, line)
        assert certificate.sha256 in stored
        assert stored_objects(session) == stored
        assert validated(bytes_of(session, certificate), base64.b64decode(first.chain[0])).bottom_line
        assert first.sealed_key is not None
        save(session, admin, ec_file())
        session.refresh(first)
        assert first.sealed_key is None

    def test_with_a_time_stamp_the_first_file_stays_the_only_one(
        self,
        session: Session,
        officer: Actor,
        admin: Actor,
        line: OrderLine,
        time_stamps: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        save(session, admin, ec_file())
        monkeypatch.setattr(kill_points, "_on_reach", die)
        with pytest.raises(_Died):
            issue(session, officer, line)
        monkeypatch.undo()
        session.expire_all()
        stored = stored_objects(session)
        finish(session, officer)
        certificate = issued(session, line)
        assert certificate.sha256 in stored
        assert stored_objects(session) == stored
        [signature] = PdfFileReader(BytesIO(bytes_of(session, certificate))).embedded_signatures
        assert {each["type"].native for each in signature.signer_info["unsigned_attrs"]} == {
            "signature_time_stamp_token"
        }

    def test_nothing_is_issued_with_one_that_has_ended_or_cannot_be_opened(
        self, session: Session, platform: Platform, officer: Actor, admin: Actor, line: OrderLine
    ) -> None:
        key = save(session, admin, ec_file())
        version = complete_draft(session, officer, line)
        key.valid_until = datetime.now(UTC) - timedelta(seconds=1)
        with pytest.raises(SigningCertificateEnded, match="uploads its successor"):
            issue_certificate(transactions(session, officer), line_id=line.id, version=version)
        key.valid_until += timedelta(days=9)
        session.flush()
        changed = SecretStr("the operator has changed this secret key")
        platform.settings = platform.settings.model_copy(update={"secret_key": changed})
        with pytest.raises(SigningKeyUnreadable):
            issue_certificate(transactions(session, officer), line_id=line.id, version=version)

    def test_what_cannot_be_signed_waits_for_an_officer(
        self, session: Session, guest: Actor, admin: Actor, actor_with: Callable[..., Actor], run_outbox: RunOutbox
    ) -> None:
        make_land(session)
        make_known(session)
        rule(session)
        save(session, admin, ec_file()).valid_until = datetime.now(UTC) - timedelta(seconds=1)
        order = make_order(session, guest, "603")
        pay(session, actor_with("counter_clerk"), order, run_outbox)
        [line] = session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines
        [decision] = session.scalars(decisions_of_lines(guest.organisation_id, [line.id]))
        assert (line.state, [each["code"] for each in decision.reasons]) == ("queued", ["signing"])

    def test_the_demo_makes_its_own_once_and_other_councils_issue_unsigned(
        self, session: Session, other_session: Session, platform: Platform, officer: Actor, line: OrderLine
    ) -> None:
        platform.settings = platform.settings.model_copy(update={"environment": "demo"})
        begin(session, officer)
        assert read_signing(session).is_signing
        certificate = issue(session, officer, line)
        [key] = session.scalars(signing_keys_of(officer.organisation_id))
        assert (certificate.signing_key_id, key.is_own_make) == (key.id, True)
        assert key.subject.endswith(" (demo)")
        assert read_signing(other_session).in_use is None

    def test_without_a_certificate_it_is_issued_unsigned(
        self, session: Session, officer: Actor, line: OrderLine
    ) -> None:
        certificate = issue(session, officer, line)
        assert bytes_of(session, certificate) == render_certificate(document_from(certificate.document))
        assert (certificate.signing_key_id, read_signing(session).is_signing) == (None, False)


def stored_objects(session: Session) -> set[str]:
    return set(session.scalars(text("SELECT sha256 FROM storage.objects")))


def finish(session: Session, officer: Actor) -> None:
    issuance_id = session.execute(text("SELECT id FROM certificates.issuances")).scalar_one()
    for _ in range(2):
        finish_issuing(transactions(session, Actor.system(officer.organisation_id)), issuance_id=issuance_id)
    session.expire_all()


def not_for_signing() -> str:
    key = ec_key()
    return file_of(key, certificate_for(key, signs=False))


def small_rsa() -> str:
    key = rsa.generate_private_key(65537, 1024)  # noqa: S505 - the point is that it is refused
    return file_of(key, certificate_for(key))


class TestSaving:
    @pytest.mark.parametrize(
        ("passphrase", "make", "why"),
        [
            ("wrong", ec_file, "does not open with this passphrase"),
            (PASSPHRASE, lambda: ec_file(ends_in_days=-1), "The certificate ended on"),
            (PASSPHRASE, lambda: ec_file(ends_in_days=731), "The certificate begins on"),
            (PASSPHRASE, lambda: file_of(ec_key(), certificate_for(ec_key())), "does not match"),
            (PASSPHRASE, not_for_signing, "may not be used to sign"),
            (PASSPHRASE, small_rsa, "RSA with 1024 bits"),
            (PASSPHRASE, lambda: "%%%é", "did not arrive whole"),
        ],
    )
    def test_what_cannot_sign_is_refused_in_plain_words(
        self, session: Session, admin: Actor, passphrase: str, make: Callable[[], str], why: str
    ) -> None:
        with pytest.raises(SigningFileRefused, match=why):
            save(session, admin, make(), passphrase)
        assert session.scalars(signing_keys_of(admin.organisation_id)).all() == []

    def test_it_is_sealed_shown_without_its_key_and_replaced(
        self, session: Session, signed_in_as: Callable[..., TestClient], rsa_key: rsa.RSAPrivateKey
    ) -> None:
        client = signed_in_as("administrator")
        body = {"pkcs12": file_of(rsa_key, certificate_for(rsa_key)), "passphrase": PASSPHRASE}
        saved = client.put(ADDRESS, json=body)
        assert saved.status_code == 200, saved.text
        shown = saved.json()
        assert (shown["is_signing"], shown["in_use"]["subject"]) == (True, "CN=Blue Hills Shire Council")
        assert (shown["in_use"]["key_kind"], shown["in_use"]["serial"]) == ("RSA 2048", "1267")
        rows = "SELECT k::text FROM certificates.signing_keys k UNION ALL SELECT e.detail::text FROM audit.entries e"
        kept = "".join(session.scalars(text(rows))) + saved.text
        private = base64.b64encode(opened(body["pkcs12"]).private_key).decode()
        for secret in (PASSPHRASE, private, private[100:200], "PRIVATE KEY", body["pkcs12"]):
            assert secret not in kept
        key = ec_key()
        again = {**body, "pkcs12": file_of(key, certificate_for(key, "Its successor", ends_in_days=59))}
        replaced = client.put(ADDRESS, json=again).json()
        assert (replaced["ends_soon"], [each["subject"] for each in replaced["earlier"]]) == (
            True,
            ["CN=Blue Hills Shire Council"],
        )
        assert client.get(ADDRESS).json() == replaced
        refused = client.put(ADDRESS, json={**body, "passphrase": "another"})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "passphrase")
        assert signed_in_as("certificate_officer").get(ADDRESS).status_code == 403

    def test_the_checks_warn_60_days_before_its_end(self, session: Session, admin: Actor) -> None:
        [check] = [each for each in CHECKS if each.name == "signing_certificate_lasts"]
        save(session, admin, ec_file(ends_in_days=61))
        assert check.find(session) == []
        save(session, admin, ec_file(ends_in_days=59))
        assert [each.href for each in check.find(session)] == ["/certificates/settings/signing"]

    def test_without_a_secret_nothing_is_kept(self, session: Session, platform: Platform, admin: Actor) -> None:
        platform.settings = platform.settings.model_copy(update={"secret_key": SecretStr("")})
        with pytest.raises(SigningKeyCannotBeKept):
            save(session, admin, ec_file())
