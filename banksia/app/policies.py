"""The content security policies: one for all that is answered, and those of pages, made from a council's modules.

Where nothing of others is connected, the shell runs its own assets and frames nothing. A module whose page is trusted
with the origin adds its folder to the scripts; one whose page is not adds its frame, and nothing else of it runs here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"  # the design system adds one empty style tag
POLICY = (
    f"default-src 'self'; script-src 'self'; style-src 'self' {EMPTY_STYLE}; img-src 'self' data: blob:; "
    "connect-src 'self'; worker-src 'self' blob:; frame-src 'none'; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'none'; form-action 'self'"
)
"""Of everything that is answered and has none of its own."""
FRAME = "frame.html"
_HOST = re.compile(r"[a-z0-9.-]+(:[0-9]{1,5})?", re.IGNORECASE)


@dataclass(frozen=True)
class ModulePage:
    """A module that brings a page of its own, and where it stands."""

    name: str
    mode: Literal["frame", "origin"]


def shell_policy(host: str, pages: Iterable[ModulePage]) -> str:
    """The policy of the shell at a host; what cannot be named in one (an IPv6 address) keeps to the general one."""
    if not _HOST.fullmatch(host):
        return POLICY
    every = list(pages)
    trusted = [f"{host}/modules/{page.name}/" for page in every if page.mode == "origin"]
    framed = [f"{host}/modules/{page.name}/{FRAME}" for page in every if page.mode == "frame"]
    ours = " ".join([f"{host}/assets/", *trusted])
    frames = " ".join(framed) or "'none'"
    return (
        f"default-src 'self'; script-src {ours}; style-src {ours} {EMPTY_STYLE}; img-src 'self' data: blob:; "
        f"font-src {ours}; connect-src 'self'; worker-src {host}/assets/ blob:; frame-src {frames}; "
        "object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'"
    )


def frame_policy(host: str, name: str) -> str:
    """The policy of the document in a module's frame: no origin, our bridge, the module's own files, and no network.

    What it asks of the API goes over the bridge, where the shell checks it.
    """
    own = f"{host}/modules/{name}/"
    return (
        "sandbox allow-scripts allow-forms allow-downloads; default-src 'none'; "
        f"script-src {host}/assets/ {own}; style-src {host}/assets/ {own}; img-src {own} data: blob:; font-src {own}; "
        "media-src data: blob:; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'self'"
    )


def can_be_named(host: str) -> bool:
    """Whether a policy can name the host."""
    return _HOST.fullmatch(host) is not None
