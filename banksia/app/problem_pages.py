"""A problem as a small page, for a person whose browser has gone to the address of a file and not to a page of ours."""

import base64
import hashlib
from html import escape
from typing import Any, Final

import structlog
from fastapi import Request
from fastapi.responses import HTMLResponse

from banksia.app.policies import EMPTY_STYLE, POLICY
from banksia.foundation.organisations.public import current_organisation
from banksia.kit.platform import Platform

log = structlog.get_logger()
STYLE: Final = (
    "body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1f2a25}"
    "header{padding:1rem;background:#0e3f2b;color:#fff;border-bottom:4px solid #e0a526;font-weight:bold}"
    "main{max-width:42em;padding:1rem}h1{font-size:1.5rem;line-height:1.3}a{color:#14563b}"
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
PAGE_POLICY: Final = POLICY.replace(EMPTY_STYLE, f"{EMPTY_STYLE} 'sha256-{_HASH}'")
"""The general policy, and the one style above."""


def is_navigation(request: Request) -> bool:
    """Whether a browser goes there to show what it gets; what a script or a client of the API asks for is not."""
    # Browsers leave Sec-Fetch-Mode out where a council is reached without https; scripts do not ask for HTML.
    mode = request.headers.get("sec-fetch-mode", "navigate")
    return request.method == "GET" and mode == "navigate" and "text/html" in request.headers.get("accept", "")


def problem_page(document: dict[str, Any], council: str, headers: dict[str, str] | None = None) -> HTMLResponse:
    """The page of a problem document: whose it is, what happened, and the way back."""
    council = escape(council)
    title, detail = escape(str(document["title"])), escape(str(document["detail"]))
    heading = f"<header>{council}</header>" if council else ""
    content = (
        '<!doctype html><html lang="en-AU"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>{heading}<main><h1>{title}</h1><p>{detail}</p>"
        '<p>Go back with your browser, or <a href="/">start from the home page</a>.</p></main></body></html>'
    )
    own = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(content, status_code=document["status"], headers={**(headers or {}), **own})


def council_name(request: Request) -> str:
    """The council of the host; nothing while that is not known, as when the database is away."""
    platform: Platform = request.app.state.platform
    try:
        assert platform.find_council is not None  # noqa: S101  (the application is never made without it)
        council = platform.find_council(platform, request.headers.get("host", ""))
        with platform.database.session(council.id) as session:
            return current_organisation(session).name
    except Exception as error:  # noqa: BLE001  (what went wrong before is what is told)
        log.warning("problem_page.council_unknown", error=str(error)[:200])
        return ""
