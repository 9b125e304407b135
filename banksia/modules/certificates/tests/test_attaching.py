"""A PDF of the officer's own: its pages follow the certificate's, or are all that it says."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
import typst
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.storage.public import find_object, open_object
from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.modules.certificates.adapters.certificate_pdf import (
    AttachedPdf,
    AttachedUnreadableError,
    pictures_of,
    render_certificate,
    render_draft,
)
from banksia.modules.certificates.errors import CheckedChanged
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.certificates import certificates_of_lines
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.service.assigning import assign_line
from banksia.modules.certificates.service.attaching import with_pages
from banksia.modules.certificates.service.checking import check_line, send_to_check
from banksia.modules.certificates.service.drafting import read_draft
from banksia.modules.certificates.service.issuing import finish_issuing, issue_certificate
from banksia.modules.certificates.service.printing import document_from, snapshot_of
from banksia.modules.certificates.tests.factories import complete_draft, make_order, pay
from banksia.modules.certificates.tests.test_certificate_pdf import DOCUMENT, words

A_DRAWING = "#line(length: 100%) #circle(radius: 4cm)"


def pdf_of(*pages: str, paper: str = '"a4"') -> bytes:
    body = "\n#pagebreak()\n".join(pages or (A_DRAWING,))
    made: bytes = typst.compile(f"#set page(paper: {paper})\n{body}".encode())
    return made


def attached(content: bytes | None, *, is_whole: bool = False, pages: int = 1) -> AttachedPdf:
    sha256 = hashlib.sha256(content or b"").hexdigest()
    return AttachedPdf(uuid.UUID(int=1), sha256, "diagram.pdf", pages, is_whole, content)


TWO_PAGES = pdf_of(A_DRAWING, "#set page(flipped: true)\n#rect(width: 5cm)")


class TestPages:
    def test_follow_the_certificate_which_stays_tagged_and_archivable(self) -> None:
        document = replace(DOCUMENT, attached=attached(TWO_PAGES, pages=2))
        content = render_certificate(document)
        assert render_certificate(document) == content
        alone = len(pypdfium2.PdfDocument(render_certificate(DOCUMENT)))
        with pikepdf.open(BytesIO(content)) as pdf:
            assert len(pdf.pages) == alone + 2
            assert [len(page.get_images()) for page in pdf.pages][-2:] == [1, 1]
            with pdf.open_metadata() as metadata:
                assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("2", "1")
            # A wide page stays wide.
            assert [page.mediabox[2] > page.mediabox[3] for page in pdf.pages][-2:] == [False, True]
        assert b"diagram.pdf, page 2 of 2" in pikepdf_alternatives(content)
        assert "Attached: diagram.pdf, on the last 2 pages of this certificate." in words(content)
        assert "1. Zoning" in words(content)

    def test_as_the_whole_leave_no_answer_on_the_paper(self) -> None:
        document = replace(DOCUMENT, sections=(), notes=(), attached=attached(TWO_PAGES, is_whole=True, pages=2))
        said = words(render_certificate(document))
        assert "Council certifies what the document on the following 2 pages says" in said
        assert "10.7/2026/0913" in said
        assert "K7QF-2M9X-HT4C-8PVD" in said
        assert "Attached:" not in said

    def test_are_not_kept_with_the_document_but_their_hash_is(self) -> None:
        document = replace(DOCUMENT, attached=attached(TWO_PAGES, pages=2))
        kept = snapshot_of(document)["attached"]
        assert (kept["sha256"], "content" in kept) == (hashlib.sha256(TWO_PAGES).hexdigest(), False)
        again = document_from(snapshot_of(document))
        assert again.attached == replace(document.attached or attached(None), content=None)

    def test_are_announced_in_a_draft_that_has_not_fetched_them(self) -> None:
        draft = render_draft(replace(DOCUMENT, attached=attached(None, pages=2)))
        assert "on the last 2 pages" in words(draft)

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"%PDF-1.7 and nothing else", "no PDF that can be read"),
            (b"GIF89a", "no PDF that can be read"),
            (pdf_of(*["x"] * 61), "61 pages. At most 60"),
            (b"", "no PDF that can be read"),
        ],
    )
    def test_of_what_cannot_be_drawn_say_why(self, content: bytes, why: str) -> None:
        with pytest.raises(AttachedUnreadableError, match=why):
            pictures_of(content)

    def test_of_a_file_with_a_password_say_so(self) -> None:
        locked = BytesIO()
        with pikepdf.open(BytesIO(TWO_PAGES)) as pdf:
            pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user="secret"))
        with pytest.raises(AttachedUnreadableError, match="save it without one"):
            pictures_of(locked.getvalue())

    def test_of_a_large_sheet_are_drawn_coarser_and_of_a_larger_refused(self) -> None:
        [sheet] = pictures_of(pdf_of("x", paper='"a1"'))
        assert b'height="4700"' in sheet.svg
        with pytest.raises(AttachedUnreadableError, match="A0 or smaller"):
            pictures_of(pdf_of("#set page(width: 300cm, height: 20cm)\nx"))


def pikepdf_alternatives(content: bytes) -> bytes:
    """The words of every picture, for who cannot see it."""
    with pikepdf.open(BytesIO(content)) as pdf:
        found = [bytes(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    return b"\n".join(one.decode("utf-16").encode() if one[:2] == b"\xfe\xff" else one for one in found)


@pytest.fixture
def line(
    session: Session, guest: Actor, officer: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
) -> OrderLine:
    """A paid drainage diagram that the officer has taken."""
    order = make_order(session, guest, "drainage")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    found = session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines[0]
    assign_line(session, officer, line_id=found.id, officer_id=officer.user_id)
    session.flush()
    return found


@pytest.fixture
def staff(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("certificate_officer", "administrator")


def send(client: TestClient, line: OrderLine, content: bytes, **changes: Any) -> Any:
    asked: dict[str, Any] = {"file_name": "diagram.pdf", "version": 0, "is_whole": False} | changes
    headers = {"X-Content-SHA256": hashlib.sha256(content).hexdigest(), "Content-Type": "application/octet-stream"}
    return client.post(f"/api/certificates/lines/{line.id}/attached", params=asked, content=content, headers=headers)


def issue(session: Session, officer: Actor, line: OrderLine, version: int) -> bytes:
    session.flush()
    transactions = Transactions(platform_of(session), officer)
    issue_certificate(transactions, line_id=line.id, version=version)
    session.expire_all()
    [certificate] = session.scalars(certificates_of_lines(line.organisation_id, [line.id]))
    stored = find_object(session, certificate.object_id)
    assert stored
    content = b"".join(open_object(platform_of(session), stored))
    # Drawn again from what was kept, it is the same file.
    document = document_from(certificate.document)
    assert render_certificate(with_pages(transactions, document)) == content
    return content


class _Died(BaseException):
    """As a process ends."""


class TestAttach:
    def test_a_diagram_follows_the_answers_of_what_is_issued(
        self, session: Session, staff: TestClient, officer: Actor, line: OrderLine
    ) -> None:
        version = complete_draft(session, officer, line)
        answer = send(staff, line, TWO_PAGES, version=version)
        assert answer.status_code == 200, answer.text
        read = answer.json()
        assert (read["version"], read["open_count"]) == (version + 1, 0)
        told = read["attached"]
        assert (told["file_name"], told["page_count"], told["is_whole"]) == ("diagram.pdf", 2, False)
        assert staff.get(told["download_path"]).content == TWO_PAGES
        preview = staff.get(f"/api/certificates/lines/{line.id}/preview.pdf")
        assert preview.status_code == 200
        content = issue(session, officer, line, read["version"])
        assert "Attached: diagram.pdf" in words(content)
        with pikepdf.open(BytesIO(content)) as pdf:
            assert [len(page.get_images()) for page in pdf.pages][-2:] == [1, 1]
        noted = "SELECT action FROM audit.entries WHERE action LIKE 'certificates.%attached%' ORDER BY action"
        session.commit()
        assert list(session.scalars(text(noted))) == ["certificates.attached_downloaded", "certificates.pdf_attached"]

    def test_a_finished_pdf_needs_no_answers_and_is_all_that_is_said(
        self, session: Session, staff: TestClient, officer: Actor, line: OrderLine
    ) -> None:
        before = read_draft(session, officer, line_id=line.id)
        assert before.open_count > 0
        read = send(staff, line, TWO_PAGES, is_whole=True).json()
        assert (read["open_count"], read["sections"], read["can_issue"]) == (0, [], True)
        said = words(issue(session, officer, line, read["version"]))
        assert "Council certifies what the document on the following 2 pages says" in said
        assert "Sewer" not in said

    def test_is_taken_away_again_and_the_answers_are_asked_for(
        self, session: Session, staff: TestClient, officer: Actor, line: OrderLine
    ) -> None:
        read = send(staff, line, TWO_PAGES, is_whole=True).json()
        path = f"/api/certificates/lines/{line.id}/attached"
        assert staff.delete(path, params={"version": 0}).status_code == 409
        gone = staff.delete(path, params={"version": read["version"]}).json()
        assert (gone["attached"], gone["open_count"] > 0, gone["can_issue"]) == (None, True, False)
        assert staff.delete(path, params={"version": gone["version"]}).status_code == 404
        assert staff.get(path).status_code == 404

    def test_another_draft_or_an_issued_one_takes_none(
        self, session: Session, staff: TestClient, officer: Actor, line: OrderLine
    ) -> None:
        version = complete_draft(session, officer, line)
        assert send(staff, line, TWO_PAGES, version=version - 1).status_code == 409
        issue(session, officer, line, version)
        assert send(staff, line, TWO_PAGES, version=version).status_code == 409
        assert read_draft(session, officer, line_id=line.id).attached is None

    def test_what_cannot_be_printed_changes_nothing(
        self, session: Session, staff: TestClient, officer: Actor, line: OrderLine
    ) -> None:
        send(staff, line, TWO_PAGES)
        refused = send(staff, line, b"%PDF-1.4 broken", version=1)
        assert (refused.status_code, refused.json()["title"]) == (422, "This file cannot be attached")
        assert "Nothing was attached." in refused.json()["detail"]
        kept = read_draft(session, officer, line_id=line.id)
        assert (kept.version, kept.attached and kept.attached.file_name) == (1, "diagram.pdf")

    def test_the_second_officer_saw_these_bytes_or_it_is_not_issued(
        self,
        session: Session,
        staff: TestClient,
        officer: Actor,
        actor_with: Callable[..., Actor],
        line: OrderLine,
    ) -> None:
        read = send(staff, line, TWO_PAGES, is_whole=True).json()
        send_to_check(session, officer, line_id=line.id, version=read["version"])
        check_line(session, actor_with("certificate_officer"), line_id=line.id)
        session.execute(text('UPDATE certificates.drafts SET attached = attached || \'{"sha256": "other"}\''))
        session.expire_all()
        with pytest.raises(CheckedChanged):
            issue(session, officer, line, read["version"])

    def test_killed_before_it_is_stored_it_is_issued_with_its_pages(
        self, session: Session, staff: TestClient, officer: Actor, line: OrderLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read = send(staff, line, TWO_PAGES, is_whole=True).json()

        def die(point: str) -> None:
            if point == "certificates.certificate_stored":
                raise _Died

        session.flush()
        transactions = Transactions(platform_of(session), officer)
        monkeypatch.setattr(kill_points, "_on_reach", die)
        with pytest.raises(_Died):
            issue_certificate(transactions, line_id=line.id, version=read["version"])
        monkeypatch.undo()
        session.expire_all()
        issuance_id = session.execute(text("SELECT id FROM certificates.issuances")).scalar_one()
        finish_issuing(transactions, issuance_id=issuance_id)
        session.expire_all()
        [certificate] = session.scalars(certificates_of_lines(line.organisation_id, [line.id]))
        assert certificate.document["attached"]["page_count"] == 2
