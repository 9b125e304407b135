"""The hosted payment page: plain HTML that works without JavaScript, with a keyboard and on a phone."""

from pathlib import Path
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from banksia.foundation.payments.adapters.fake_stripe import sessions
from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError
from banksia.foundation.payments.adapters.fake_stripe.store import Object
from banksia.foundation.payments.adapters.fake_stripe.world import World
from banksia.kit.words import dollars

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
_SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_MAX_FORM_BYTES = 10_000


def pay_route(world: World) -> Route:
    """GET shows the page, POST is a press of one of its buttons."""

    async def answer(request: Request) -> Response:
        body = await request.body()
        action = parse_qs(body[:_MAX_FORM_BYTES].decode("latin-1")).get("action", [""])[0]
        press = action if request.method == "POST" else None
        return await run_in_threadpool(_answer, world, request.path_params["identifier"], press)

    return Route("/pay/{identifier}", answer, methods=["GET", "POST"])


def _answer(world: World, identifier: str, press: str | None) -> Response:
    try:
        with world.store.transaction() as transaction:
            session = sessions.retrieve_session(world, transaction, {}, identifier)
            if press == "pay":
                session = sessions.pay(world, transaction, session)
            elif press == "decline":
                session = sessions.decline(world, transaction, session)
    except ApiError:
        return _page("gone.html", 404, title="Payment not found")
    if session["status"] == "complete":
        return RedirectResponse(_with_session(session), status_code=303)
    if session["status"] == "expired":
        return _page("gone.html", 410, title="This payment page has expired")
    if press == "back" and session["cancel_url"]:
        return RedirectResponse(session["cancel_url"], status_code=303)
    if press is not None:
        # Reloading the page must not press the button again.
        return RedirectResponse(f"/pay/{identifier}", status_code=303)
    return _page("pay.html", 200, **_facts(session))


def _with_session(session: Object) -> str:
    address: str = session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])
    return address


def _facts(session: Object) -> dict[str, object]:
    branding = session["branding_settings"] or {}
    return {
        "payee": branding.get("display_name") or "the council",
        "lines": [(line["description"], dollars(line["amount_total"])) for line in session["_lines"]],
        "total": dollars(session["amount_total"]),
        "currency": session["currency"].upper(),
        "email": session["customer_email"],
        "reference": session["_description"],
        "declined": session.get("_declined", False),
        "can_go_back": bool(session["cancel_url"]),
    }


def _page(template: str, status: int, **facts: object) -> HTMLResponse:
    return HTMLResponse(_pages.get_template(template).render(**facts), status, headers=_SAFE)
