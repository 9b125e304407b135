"""Turn a certificate document into a tagged, archivable PDF: PDF/A-2a and PDF/UA-1 at once.

The same document always gives the same bytes: nothing here reads a clock, a file outside the package or a system font.
"""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import segno
import structlog
import typst

from banksia.modules.certificates.adapters.certificate_pdf.attached import pictures_of
from banksia.modules.certificates.adapters.certificate_pdf.confined import (
    LIMITS,
    MOST_PAGES,
    CompileError,
    Limits,
    compile_confined,
)
from banksia.modules.certificates.adapters.certificate_pdf.document import AttachedPdf, CertificateDocument
from banksia.modules.certificates.adapters.certificate_pdf.mistakes import (
    BODY,
    PRELUDE,
    Mistake,
    TemplateRefusedError,
    mistakes_in,
)

TEMPLATES = ("planning", "rates", "notices", "orders", "drainage")

_log = structlog.get_logger(__name__)
_EPOCH = 0
_MISSING_GLYPH = "\N{WHITE SQUARE}"
_MISSING_NOTE = (
    f"A character shown as {_MISSING_GLYPH} is not in this document's fonts. Council's record holds it as written."
)
_UNPRINTABLE = re.compile(r'the text `"(?P<text>.+)"` could not be displayed', re.DOTALL)
_MOST_REPAIRS = 24
# typst keeps compiled pieces between runs; its compile call is not documented as safe to run twice at once.
_compiling = threading.Lock()


class UnansweredError(ValueError):
    """A certificate may not be made while something on it is unanswered."""


def render_certificate(document: CertificateDocument) -> bytes:
    """Return the PDF of an issued certificate.

    Raises UnansweredError when a statement has no text, ValueError when the document carries no authenticity, and
    TemplateRefusedError when a council's own text cannot be printed.
    """
    if document.authenticity is None:
        message = "An issued certificate carries its number and code."
        raise ValueError(message)
    if document.unanswered:
        raise UnansweredError(", ".join(each.label for each in document.unanswered))
    return _render(document)


def render_draft(document: CertificateDocument, *, watermark: str = "DRAFT", limits: Limits = LIMITS) -> bytes:
    """Return the PDF of a draft: watermarked, without a number, unanswered places marked.

    Raises TemplateRefusedError when a council's own text cannot be printed; `limits` hold for that text alone.
    """
    return _render(replace(document, authenticity=None), watermark, limits)


def _render(document: CertificateDocument, watermark: str | None = None, limits: Limits = LIMITS) -> bytes:
    values = _values(document) | {"watermark": watermark}
    logo = document.issuer.logo
    for _ in range(_MOST_REPAIRS):
        try:
            return _compile(document, values, logo, limits)
        except RuntimeError as error:  # typst's own error is one; some broken pictures raise a plain one
            repaired = _repaired(values, error)
            if repaired is not None:
                values = repaired
                continue
            _refuse_own_text(document, error, has_logo=logo is not None)
            if logo is None:
                raise
            # A logo that typst cannot read must not stand between a customer and the certificate.
            _log.warning("certificates.logo_left_out", council=document.issuer.name, reason=str(error))
            logo, values["issuer"]["logo"] = None, False
    return _compile(document, _only_latin(values), logo, limits)


def _repaired(values: dict[str, Any], error: RuntimeError) -> dict[str, Any] | None:
    """Return the values without what could not be drawn; None when the values are not what is wrong."""
    unprintable = _UNPRINTABLE.search(str(error))
    if unprintable is None:
        return None
    repaired = _without(values, _unescaped(unprintable["text"]))
    return None if _noted(values) == repaired else repaired


def _refuse_own_text(document: CertificateDocument, error: RuntimeError, *, has_logo: bool) -> None:
    """Raise TemplateRefusedError when the council's own text is what is wrong."""
    if document.body is None or not isinstance(error, CompileError):
        return
    mistakes = mistakes_in(error.diagnostic)
    is_said = "panicked with: " in str(error)
    if not mistakes and (is_said or not has_logo):
        mistakes = (Mistake(str(error).removeprefix("panicked with: ")),)
    if mistakes:
        raise TemplateRefusedError(*mistakes) from error


def _compile(document: CertificateDocument, values: dict[str, Any], logo: bytes | None, limits: Limits) -> bytes:
    sources: Any = {  # by name; the stub of typst knows the form for one source only
        "main": _template("edited" if document.body else document.template),
        "letterhead.typ": _template("letterhead"),
        "certificate.json": json.dumps(values, ensure_ascii=False).encode(),
    }
    if logo is not None:
        sources["logo.json"] = _logo_source(logo)
    if document.attached and document.attached.content is not None:
        pictures = pictures_of(document.attached.content)
        sources |= {f"attached-{number}.svg": each.svg for number, each in enumerate(pictures, start=1)}
    timestamp = _EPOCH
    if document.authenticity is not None:
        sources["qr.svg"] = _qr_code(document.authenticity.verification_url)
        timestamp = int(document.authenticity.issued_at.timestamp())
    if document.body is not None:
        sources |= {"fields.typ": _template("fields"), BODY: (PRELUDE + document.body.source).encode()}
        return compile_confined(sources, timestamp=timestamp, limits=limits)
    with _compiling:
        return typst.compile(
            sources,
            format="pdf",
            font_paths=_fonts(),
            pdf_standards=["a-2a", "ua-1"],
            timestamp=timestamp,
        )


def _values(document: CertificateDocument) -> dict[str, Any]:
    """Return the document as the templates read it: JSON values, dates in words."""
    values = asdict(replace(document, attached=None))
    authenticity, zone = document.authenticity, ZoneInfo(values["issuer"].pop("time_zone"))
    values["issuer"]["logo"] = document.issuer.logo is not None
    values["data_as_at"] = _in_words(values.pop("data_as_at_on"))
    values["attached"] = _attached(document.attached)
    values["has_parts"] = any(section.part for section in document.sections)
    values["number"] = authenticity.number if authenticity else None
    values["code"] = authenticity.code if authenticity else None
    values["issued_on"] = _in_words(authenticity.issued_at.astimezone(zone).date()) if authenticity else None
    values["verification_url"] = authenticity.verification_url if authenticity else None
    values["signed_by"] = asdict(authenticity.signed_by) if authenticity and authenticity.signed_by else None
    values["page_url"] = authenticity.page_url if authenticity else None
    values["document_title"] = " ".join(filter(None, [document.title, values["number"] or "(draft)", document.land]))
    values["data"], values["most_pages"] = (document.body.values if document.body else None), MOST_PAGES
    del values["authenticity"], values["template"], values["body"]
    return values


def _attached(attached: AttachedPdf | None) -> dict[str, Any] | None:
    if attached is None:
        return None
    pictures = () if attached.content is None else pictures_of(attached.content)
    return {
        "file_name": attached.file_name,
        "page_count": attached.page_count,
        "is_whole": attached.is_whole,
        "are_wide": [picture.is_wide for picture in pictures],
    }


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _without(values: dict[str, Any], text: str) -> dict[str, Any]:
    return _noted(_map_text(values, lambda value: value.replace(text, _MISSING_GLYPH * len(text))))


def _only_latin(values: dict[str, Any]) -> dict[str, Any]:
    latin = re.compile(r"[^\u0000-\u024f\u2010-\u2027\u25a1]")
    return _noted(_map_text(values, lambda value: latin.sub(_MISSING_GLYPH, value)))


def _noted(values: dict[str, Any]) -> dict[str, Any]:
    notes = [note for note in values["notes"] if note != _MISSING_NOTE]
    return {**values, "notes": [*notes, _MISSING_NOTE]}


def _map_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _map_text(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_map_text(each, change) for each in value]
    return value


def _unescaped(text: str) -> str:
    """Undo the escapes of a Rust debug string, in which typst quotes what it could not draw."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), text)


@lru_cache(maxsize=16)
def _logo_source(logo: bytes) -> bytes:
    """Write a picture as JSON numbers: the compiler takes no file that is not UTF-8, and keeps one it has seen."""
    return json.dumps(list(logo)).encode()


def _qr_code(url: str) -> bytes:
    svg = BytesIO()
    segno.make(url, error="m", micro=False).save(svg, kind="svg", border=2, scale=4, xmldecl=False)
    return svg.getvalue()


def own_text_of(template: str) -> str:
    """Return the body that comes with the platform, as a council's own text would say it."""
    _, body = _template(template).decode().split("#show: certificate.with(doc)\n")
    return body.replace("(doc)", "()").strip() + "\n"


@cache
def _template(name: str) -> bytes:
    return files(__package__).joinpath("templates", f"{name}.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
