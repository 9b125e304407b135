"""Who signs, and what comes of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Signer:
    """Who signs: a private key (PKCS#8, DER) and its certificate, then those above it (each DER)."""

    name: str
    private_key: bytes
    chain: tuple[bytes, ...]


@dataclass(frozen=True)
class Signed:
    """The signed file, and whether an authority stamped its time: then signing again gives other bytes."""

    content: bytes
    is_timestamped: bool
