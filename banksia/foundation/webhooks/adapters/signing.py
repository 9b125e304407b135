"""The signature of a webhook, as Standard Webhooks says (https://www.standardwebhooks.com, specification 1.0).

`v1` is HMAC-SHA256 over `id.timestamp.body` with the bytes that the secret is the base64 of, itself in base64. With
several secrets there are several signatures, so that a receiver who has either of them is served.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

PREFIX, SECRET_BYTES = "whsec_", 32


def new_secret() -> str:
    """A secret of 256 random bits, as receivers write it into their settings."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secrets_: Sequence[str], *, message_id: str, timestamp: int, body: str) -> str:
    """The value of `webhook-signature`, one `v1,...` for each secret; `timestamp` is seconds since 1970."""
    signed = f"{message_id}.{timestamp}.{body}".encode()
    keys = (base64.b64decode(secret.removeprefix(PREFIX)) for secret in secrets_)
    return " ".join(f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}" for key in keys)
