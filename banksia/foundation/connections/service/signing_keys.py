"""The keys that sign who sends a request: made when first needed, changed by rotation, shown as a key set (RFC 7517).

A retired key stays in the set for ten minutes: tokens live for one, and a module that keeps the set for a while still
reads those that were signed just before. A module that meets a key it does not know reads the set again.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from joserfc.jwk import OKPKey
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.connections.errors.gateway import SigningNotPossible
from banksia.foundation.connections.models.signing_keys import SigningKey
from banksia.foundation.connections.queries.signing_keys import (
    signing_key_in_use,
    signing_keys_retired_before,
    signing_keys_shown,
)
from banksia.kit import sealing
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.models import new_id

PURPOSE = "connections.signing_keys"
SHOWN_AFTER_RETIRING = timedelta(minutes=10)
KEPT_AFTER_RETIRING = timedelta(days=30)


@dataclass(frozen=True)
class Signer:
    """A key as it signs."""

    kid: str
    private: Ed25519PrivateKey


def signer_of(session: Session) -> Signer:
    """The council's key in use, made when there is none; raises SigningNotPossible.

    A key that the installation's secret no longer opens is replaced: nobody could sign with it again.
    """
    row = session.scalar(signing_key_in_use(organisation_id_of(session)))
    if row is not None:
        try:
            return _open(session, row)
        except sealing.SealBroken:
            row = None
    return _open(session, rotate_key(session, Actor.system(organisation_id_of(session))))


def rotate_key(session: Session, actor: Actor) -> SigningKey:
    """Sign with a new key from now on; raises SigningNotPossible. Of two at once, one makes it and both use it."""
    organisation_id, now = organisation_id_of(session), utc_now()
    settings = platform_of(session).settings
    for old in session.scalars(signing_key_in_use(organisation_id).with_for_update()):
        old.retired_at, old.sealed_private = now, None
    session.flush()
    session.execute(signing_keys_retired_before(organisation_id, now - KEPT_AFTER_RETIRING))
    key = OKPKey.generate_key("Ed25519")
    kid = key.thumbprint()
    public = {**key.as_dict(private=False), "kid": kid, "use": "sig", "alg": "EdDSA"}
    try:
        private = json.dumps(key.as_dict(private=True))
        sealed = sealing.seal(settings, organisation_id, private, purpose=PURPOSE)
    except sealing.NoSecretKey as error:
        raise SigningNotPossible from error
    values = {"id": new_id(), "created_at": now, "organisation_id": organisation_id, "kid": kid}
    made = insert(SigningKey).values(**values, sealed_private=sealed, public=public).on_conflict_do_nothing()
    session.execute(made)
    row = session.scalars(signing_key_in_use(organisation_id)).one()
    if row.kid == kid:
        audit.record(session, actor, "connections.signing_key_made", subject=row, detail={"kid": kid})
    return row


def key_set_of(session: Session) -> list[dict[str, Any]]:
    """The public keys with which tokens of this council can be checked now."""
    found = session.scalars(signing_keys_shown(organisation_id_of(session), utc_now() - SHOWN_AFTER_RETIRING))
    return [row.public for row in found]


def public_keys_of(session: Session) -> dict[str, Ed25519PublicKey]:
    """The same, ready to check with."""
    found = {}
    for public in key_set_of(session):
        key = OKPKey.import_key(public).public_key
        if isinstance(key, Ed25519PublicKey):
            found[public["kid"]] = key
    return found


def _open(session: Session, row: SigningKey) -> Signer:
    """Raises SealBroken."""
    settings = platform_of(session).settings
    plain = sealing.unseal(settings, row.organisation_id, row.sealed_private or "", purpose=PURPOSE)
    private = OKPKey.import_key(json.loads(plain)).private_key
    if not isinstance(private, Ed25519PrivateKey):
        raise sealing.SealBroken
    return Signer(row.kid, private)
