"""The PDF: the same bytes for the same certificate, readable by everybody, and never without its words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from banksia.modules.certificates.adapters.certificate_pdf import (
    Authenticity,
    CertificateDocument,
    Fact,
    Issuer,
    Section,
    Statement,
    Table,
    UnansweredError,
    render_certificate,
    render_draft,
)
from banksia.modules.certificates.adapters.certificate_pdf.rendering import TEMPLATES
from banksia.modules.certificates.service.printing import document_from, snapshot_of

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#14563b"/></svg>'
AMOUNTS = Table(
    "Amounts", ("Rate", "Due on", "Amount"), (("Waste", "1 Dec 2026", "$118.00"),), (2,), ("Total", "", "$118.00")
)
DOCUMENT = CertificateDocument(
    template="planning",
    title="Planning certificate",
    law="Section 10.7(2), Environmental Planning and Assessment Act 1979",
    issuer=Issuer("Blue Hills Shire Council", "#14563b", abn="51 824 753 556", logo=LOGO),
    facts=(Fact("Applicant", "Dale & Kaur Lawyers"), Fact("Land", "Lot 2 Section 2 DP 2288", strong=True)),
    land="Lot 2 Section 2 DP 2288",
    sections=(
        Section(
            "1", "Zoning", (Statement("Zone", "The land is in zone RU5 Village."), Statement("Lot size", "800 m²."))
        ),
        Section("2", "Flood", (Statement("Flood", "No controls apply.", detail="See map 4."),)),
        Section("3", "Rates", (Statement("Owing", "The amounts below are due.", table=AMOUNTS),)),
    ),
    data_as_at_on=date(2026, 11, 23),
    notes=("Read with the maps.",),
    signatory="Priya Nair, Certificate officer",
    authenticity=Authenticity(
        number="10.7/2026/0913",
        code="K7QF-2M9X-HT4C-8PVD",
        issued_at=datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
        verification_url="https://bluehills.example/certificates/customer/verify?number=10.7&code=K7QF2M9XHT4C8PVD",
        page_url="bluehills.example/certificates/customer/verify",
    ),
)
OPEN = replace(DOCUMENT, sections=(Section("1", "Flood", (Statement("Flood controls", None),)),))


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def named(name: str) -> CertificateDocument:
    return replace(DOCUMENT, facts=(Fact("Applicant", name),))


class TestRenderCertificate:
    def test_the_same_certificate_gives_the_same_bytes(self) -> None:
        first = render_certificate(DOCUMENT)
        render_certificate(named("Somebody else"))
        assert render_certificate(DOCUMENT) == first
        assert render_certificate(
            document_from(snapshot_of(replace(DOCUMENT, issuer=replace(DOCUMENT.issuer, logo=None))))
        )

    @pytest.mark.parametrize("template", TEMPLATES)
    def test_every_template_is_tagged_and_claims_both_standards(self, template: str) -> None:
        with pikepdf.open(BytesIO(render_certificate(replace(DOCUMENT, template=template)))) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in pdf.Root
            assert str(pdf.Root.Lang).startswith("en")
            with pdf.open_metadata() as metadata:
                assert metadata["pdfaid:part"] == "2"
                assert metadata["pdfaid:conformance"] == "A"
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["dc:title"] == "Planning certificate 10.7/2026/0913 Lot 2 Section 2 DP 2288"

    def test_says_all_that_it_must(self) -> None:
        said = words(render_certificate(DOCUMENT))
        for needed in (
            "Blue Hills Shire Council", "ABN 51 824 753 556", "Planning certificate", "10.7/2026/0913",
            "23 November 2026", "Dale & Kaur Lawyers", "Lot 2 Section 2 DP 2288", "1. Zoning", "RU5 Village",
            "See map 4.", "$118.00", "Priya Nair, Certificate officer", "for the General Manager",
            "K7QF-2M9X-HT4C-8PVD", "bluehills.example/certificates/customer/verify", "Data as at 23 November 2026",
        ):  # fmt: skip
            assert needed in said
        assert "DRAFT" not in said

    def test_the_day_of_issue_is_the_councils(self) -> None:
        assert DOCUMENT.authenticity is not None
        late = replace(DOCUMENT.authenticity, issued_at=datetime(2026, 11, 23, 14, 30, tzinfo=UTC))
        assert "24 November 2026" in words(render_certificate(replace(DOCUMENT, authenticity=late)))
        perth = replace(DOCUMENT.issuer, time_zone="Australia/Perth")
        assert "24 November 2026" not in words(render_certificate(replace(DOCUMENT, authenticity=late, issuer=perth)))

    def test_refuses_what_is_unanswered_and_what_has_no_number(self) -> None:
        with pytest.raises(UnansweredError, match="Flood controls"):
            render_certificate(OPEN)
        with pytest.raises(ValueError, match="number and code"):
            render_certificate(replace(DOCUMENT, authenticity=None))

    @pytest.mark.parametrize(
        "name", ["Núñez & Søn", "שרה לוי", "محمد العلي", "Ελένη", "Ольга", "O’Brien “Bob”", "#set page(red)"]
    )
    def test_prints_names_as_they_are_written(self, name: str) -> None:
        said = words(render_certificate(named(name)))
        assert all(letter in said for letter in name if letter not in " “”’")
        assert "shown as" not in said

    @pytest.mark.parametrize(
        "name", ["李明", "ไทย", "😀", "李明 and ไทย and 😀", "".join(chr(0x4E00 + i) for i in range(40))]
    )
    def test_says_so_where_its_fonts_lack_a_letter(self, name: str) -> None:
        said = words(render_certificate(named(name)))
        assert "\N{WHITE SQUARE}" in said
        assert "Council's record holds it as written" in said.replace("’", "'")

    def test_takes_a_picture_as_logo(self) -> None:
        with pypdfium2.PdfDocument(render_certificate(DOCUMENT)) as document:
            png = BytesIO()
            document[0].render(scale=0.2).to_pil().save(png, format="PNG")
        with_picture = replace(DOCUMENT, issuer=replace(DOCUMENT.issuer, logo=png.getvalue()))
        without = replace(DOCUMENT, issuer=replace(DOCUMENT.issuer, logo=None))
        assert b"/Subtype/Image" in render_certificate(with_picture).replace(b" ", b"")
        assert b"/Subtype/Image" not in render_certificate(without).replace(b" ", b"")

    @pytest.mark.parametrize("logo", [b"<svg", b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8broken", b"GIF89a"])
    def test_a_broken_logo_is_left_out(self, logo: bytes) -> None:
        broken = replace(DOCUMENT, issuer=replace(DOCUMENT.issuer, logo=logo))
        assert "10.7/2026/0913" in words(render_certificate(broken))


class TestRenderDraft:
    def test_marks_open_places_and_is_no_certificate(self) -> None:
        said = words(render_draft(replace(OPEN, authenticity=DOCUMENT.authenticity)))
        assert "To be answered by the officer" in said
        assert "given when issued" in said
        assert "DRAFT" in said.replace(" ", "")
        assert "10.7/2026/0913" not in said
        assert "K7QF" not in said
