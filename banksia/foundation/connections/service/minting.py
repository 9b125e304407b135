"""Who sends a request, said to a module in a signed token (JWT, EdDSA) that lives for a minute.

It is for one module at one council. What only reads may carry a token that was signed up to twenty seconds ago, for
signing costs a request more than everything else here; what changes something carries one of its own, whose `jti` is
the request's id, so that a module can refuse to be told the same twice.
"""

import base64
import json
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from banksia.foundation.connections.errors.gateway import SigningNotPossible
from banksia.foundation.connections.service.remote_modules import RemoteModule, audience_of
from banksia.kit.actor import Actor

LIVES_SECONDS, KEPT_SECONDS = 60, 20
CLOCKS_DIFFER_SECONDS = 5
MOST_KEPT, LONGEST_TOKEN = 4096, 16_384

_kept: OrderedDict[tuple[Any, ...], tuple[float, str]] = OrderedDict()


class TokenRefused(Exception):  # noqa: N818  (named for what it says)
    """A token is not one that we signed for this module, or its minute is over."""


def mint_token(module: RemoteModule, actor: Actor, request_id: str, *, now: float | None = None) -> str:
    """A token of its own for one request; raises SigningNotPossible."""
    if module.signer is None:
        raise SigningNotPossible
    at = int(time.time() if now is None else now)
    claims = _claims(module, actor) | {"iat": at, "nbf": at - CLOCKS_DIFFER_SECONDS, "exp": at + LIVES_SECONDS}
    claims["jti"] = request_id
    head = {"alg": "EdDSA", "kid": module.signer.kid, "typ": "JWT"}
    signed = f"{_encode(head)}.{_encode(claims)}"
    return f"{signed}.{_base64(module.signer.private.sign(signed.encode()))}"


def token_for_reading(module: RemoteModule, actor: Actor, request_id: str) -> str:
    """A token that may have served another reading request of the same actor; raises SigningNotPossible."""
    signer = module.signer.kid if module.signer else ""
    # All that the token says is part of the key: a right that was taken away is gone from the next request.
    key = (
        module.connection_id, signer, module.issuer, module.declared.digest, actor.kind, actor.user_id, actor.token_id,
        actor.connection_id, actor.session_id, actor.name, actor.roles, actor.permissions,
    )  # fmt: skip
    now = time.monotonic()
    kept = _kept.get(key)
    if kept is not None and kept[0] > now:
        return kept[1]
    token = mint_token(module, actor, request_id)
    _kept.pop(key, None)
    _kept[key] = (now + KEPT_SECONDS, token)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return token


def _claims(module: RemoteModule, actor: Actor) -> dict[str, Any]:
    claims: dict[str, Any] = {
        "iss": module.issuer,
        "aud": module.audience,
        "sub": _subject(actor),
        "org": str(module.organisation_id),
        "kind": actor.kind,
        "name": actor.name,
        "permissions": sorted(module.declared.rights_of(actor)),
    }
    # Software acts, for the person that `sub` names (RFC 8693).
    if actor.module:
        claims["act"] = {"sub": audience_of(actor.module, actor.connection_id)}
    elif actor.token_id is not None:
        claims["act"] = {"sub": str(actor.token_id)}
    return claims


def _subject(actor: Actor) -> str:
    if actor.user_id is not None:
        return str(actor.user_id)
    return audience_of(actor.module, actor.connection_id) if actor.module else actor.kind


def read_token(
    token: str, *, keys: Mapping[str, Ed25519PublicKey], issuer: str, audience: str, now: float | None = None
) -> dict[str, Any]:
    """The claims of a token that we signed for a module; raises TokenRefused."""
    try:
        if len(token) > LONGEST_TOKEN:
            raise TokenRefused
        signed, _, signature = token.rpartition(".")
        head, _, body = signed.partition(".")
        told = json.loads(_decode(head))
        if told.get("alg") != "EdDSA" or told["kid"] not in keys:
            raise TokenRefused
        keys[told["kid"]].verify(_decode(signature), signed.encode("ascii"))
        claims: dict[str, Any] = json.loads(_decode(body))
        at = time.time() if now is None else now
        meant = claims["iss"] == issuer and claims["aud"] == audience
        if not (meant and claims["nbf"] <= at + CLOCKS_DIFFER_SECONDS and at < claims["exp"]):
            raise TokenRefused
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TokenRefused from error
    return claims


def _encode(part: dict[str, Any]) -> str:
    return _base64(json.dumps(part, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decode(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
