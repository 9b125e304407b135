"""A council that stands in for a real one: it has keys, publishes them, and signs what a module is to believe."""

import base64
import hashlib
import hmac
import json
import secrets
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from banksia.kit.ports import free_port
from banksia.testing.conformance.stage import Answer, Asked, served

KEYS = "/.well-known/banksia/jwks.json"
LIVES_SECONDS = 60


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _part(value: Mapping[str, Any]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _json(status: int, body: Mapping[str, Any]) -> Answer:
    kind = "application/json" if status < 400 else "application/problem+json"
    return Answer(
        status, json.dumps({"status": status, **body} if status >= 400 else body).encode(), {"Content-Type": kind}
    )


@dataclass(frozen=True)
class StandInCouncil:
    """What a module's configuration says of a council, and the key that the council alone has."""

    CONFIGURED: ClassVar = ("issuer", "audience", "client_id", "client_secret", "webhook_secret")

    issuer: str
    audience: str
    client_id: str
    client_secret: str
    webhook_secret: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate, repr=False)
    kid: str = field(default_factory=lambda: secrets.token_hex(8))

    @classmethod
    def for_module(cls, name: str, port: int | None = None) -> "StandInCouncil":
        """A new council on this machine, for a module that it has just connected."""
        return cls(
            issuer=f"http://127.0.0.1:{port or free_port()}",
            audience=f"banksia:module:{name}:{uuid.uuid4()}",
            client_id=f"conformance-{secrets.token_hex(6)}",
            client_secret=secrets.token_urlsafe(32),
            webhook_secret=f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}",
        )

    @classmethod
    def configured(cls, entry: Mapping[str, str]) -> "StandInCouncil":
        """The council of a module's configuration, with a new key; raises KeyError."""
        return cls(
            issuer=entry["issuer"],
            audience=entry["audience"],
            client_id=entry["client_id"],
            client_secret=entry["client_secret"],
            webhook_secret=entry["webhook_secret"],
        )

    @property
    def configuration(self) -> dict[str, str]:
        """The entry that a module is given when a council approves it."""
        return {name: getattr(self, name) for name in self.CONFIGURED}

    @property
    def public_key(self) -> bytes:
        """The 32 bytes of the public key."""
        return self.key.public_key().public_bytes_raw()

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Serve the public key at the council's address."""
        jwk = {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": _base64(self.public_key),
            "kid": self.kid,
            "alg": "EdDSA",
            "use": "sig",
        }
        keys = json.dumps({"keys": [jwk]}).encode()

        def answer(asked: Asked) -> Answer:
            if asked.path == KEYS:
                return Answer(200, keys, {"Content-Type": "application/json"})
            return self._called(asked)

        with served(answer, urlsplit(self.issuer).port or 0):
            yield

    def _called(self, asked: Asked) -> Answer:
        """What the module is answered when it calls back: a token, and that nobody has set anything."""
        own = f"{self.client_id}:{self.client_secret}".encode()
        bearer = hmac.new(own, b"bearer", hashlib.sha256).hexdigest()
        authorization = asked.headers.get("authorization", "")
        if asked.path == "/api/connections/token" and authorization == f"Basic {base64.b64encode(own).decode()}":
            return _json(200, {"access_token": bearer, "token_type": "Bearer", "expires_in": 300})
        if authorization != f"Bearer {bearer}":
            return _json(401, {"title": "Not known", "detail": "This council did not give that credential."})
        if asked.path == "/api/connections/self":
            return _json(200, {"module": self.audience.split(":")[2], "settings": {}})
        return _json(503, {"title": "Not here", "detail": "The council of the check has keys, and nothing else."})

    def token(self, *, permissions: list[str], kind: str = "staff", **claims: Any) -> str:
        """What the gateway sends with a request; `claims` change what it says."""
        return self.signed(self.claims(permissions, kind) | claims)

    def claims(self, permissions: list[str], kind: str = "staff") -> dict[str, Any]:
        """What a token of the gateway says."""
        now = int(time.time())
        return {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.audience}:{kind}")),
            "org": str(uuid.uuid5(uuid.NAMESPACE_URL, self.audience)),
            "kind": kind,
            "name": "Conformance Check",
            "permissions": permissions,
            "iat": now,
            "nbf": now - 5,
            "exp": now + LIVES_SECONDS,
            "jti": uuid.uuid4().hex,
        }

    def signed(self, claims: Mapping[str, Any], *, key: Ed25519PrivateKey | None = None, **header: str) -> str:
        """A token, signed by us or with another key."""
        signed = f"{_part({'alg': 'EdDSA', 'kid': self.kid, 'typ': 'JWT'} | header)}.{_part(claims)}"
        return f"{signed}.{_base64((key or self.key).sign(signed.encode()))}"

    def forgeries(self, permissions: list[str]) -> dict[str, str]:
        """Authorization headers that a module must refuse, each by what is wrong with it."""
        now, good = int(time.time()), self.claims(permissions)
        past = {"iat": now - 600, "nbf": now - 605, "exp": now - 540}
        unsigned = f"{_part({'alg': 'none', 'kid': self.kid, 'typ': 'JWT'})}.{_part(good)}."
        swapped = f"{_part({'alg': 'HS256', 'kid': self.kid, 'typ': 'JWT'})}.{_part(good)}"
        swapped += f".{_base64(hmac.digest(self.public_key, swapped.encode(), hashlib.sha256))}"
        head, _, rest = self.signed(good).partition(".")
        changed = f"{head}.{_part(good | {'permissions': [*permissions, 'a.b.c']})}.{rest.partition('.')[2]}"
        made = {
            "no token": "",
            "nonsense for a token": "Bearer nonsense",
            "a token that has expired": self.signed(good | past),
            "a token for another module": self.signed(good | {"aud": "banksia:module:another:1"}),
            "a token for this module at another council": self.signed(good | {"aud": f"{self.audience}0"}),
            "a token of an issuer that it does not know": self.signed(good | {"iss": "http://127.0.0.1:9"}),
            "a token that another key signed": self.signed(good, key=Ed25519PrivateKey.generate()),
            "a token that nobody signed": unsigned,
            "a token signed with the public key as a secret": swapped,
            "a token that was changed after it was signed": changed,
        }
        return {title: f"Bearer {token}" if "." in token else token for title, token in made.items()}

    def event(
        self, name: str, data: Any, *, message_id: str, secret: str | None = None, age: int = 0
    ) -> tuple[bytes, dict[str, str]]:
        """The body and headers of an event, signed as Standard Webhooks says."""
        at = int(time.time()) - age
        body = json.dumps(
            {"type": name, "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at)), "data": data}
        ).encode()
        secret = (secret or self.webhook_secret).removeprefix("whsec_")
        signed = f"{message_id}.{at}.".encode() + body
        signature = base64.b64encode(hmac.digest(base64.b64decode(secret), signed, hashlib.sha256)).decode()
        headers = {"webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": f"v1,{signature}"}
        return body, {"Content-Type": "application/json", **headers}
