"""Where a module exchanges its credential for a token (RFC 6749, RFC 8693)."""

import base64
import binascii
from typing import Annotated, Any
from urllib.parse import parse_qsl, unquote_plus

from fastapi import Depends, Request, Response

from banksia.foundation.auth.public import client_address
from banksia.foundation.connections.errors.calls import ClientRefused, GrantRefused
from banksia.foundation.connections.schemas.calls import ModuleToken
from banksia.foundation.connections.service.credentials import LASTS, Grant, exchange
from banksia.kit.errors import TooManyRequests
from banksia.kit.routing import Router, SessionDep

token = Router()
LARGEST_FORM = 32 * 1024
ISSUED = "urn:ietf:params:oauth:token-type:access_token"
_FIELDS = {name: {"type": "string"} for name in ("grant_type", "subject_token", "subject_token_type")}
TOKEN_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "required": ["grant_type"], "properties": _FIELDS}
            }
        },
    }
}


async def read_grant(request: Request) -> Grant:
    """The form and the Basic header of a request; raises ClientRefused and GrantRefused."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_FORM:
            raise GrantRefused("The form is too large.", error="invalid_request")
    try:
        fields = parse_qsl(raw.decode("ascii"), max_num_fields=20)
    except ValueError as error:
        raise GrantRefused("The body is no form. Send it urlencoded.", error="invalid_request") from error
    form = dict(fields)
    if len(form) != len(fields):
        raise GrantRefused("The form names a field twice.", error="invalid_request")
    client_id, client_secret = _credential(request.headers.get("authorization", ""))
    return Grant(
        client_id,
        client_secret,
        form.get("grant_type", ""),
        form.get("subject_token", ""),
        form.get("subject_token_type", ""),
    )


def _credential(header: str) -> tuple[str, str]:
    scheme, _, value = header.partition(" ")
    try:
        plain = base64.b64decode(value.strip(), validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise ClientRefused from error
    client_id, found, secret = plain.partition(":")
    if scheme.lower() != "basic" or not found or not plain.isprintable():
        raise ClientRefused
    return unquote_plus(client_id), unquote_plus(secret)  # as RFC 6749, section 2.3.1, has them written


@token.post("/token", public=True, raises=[ClientRefused, GrantRefused, TooManyRequests], openapi_extra=TOKEN_BODY)
def exchange_token(
    session: SessionDep, request: Request, response: Response, grant: Annotated[Grant, Depends(read_grant)]
) -> ModuleToken:
    """Exchange the module's credential, and the token that came with a person's request, for one of our own."""
    given = exchange(session, grant, client=client_address(request))
    response.headers["Cache-Control"] = "no-store"
    seconds = int(LASTS.total_seconds())
    return ModuleToken(access_token=given, token_type="Bearer", expires_in=seconds, issued_token_type=ISSUED)  # noqa: S106
