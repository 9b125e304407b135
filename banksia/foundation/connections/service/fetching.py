"""What a module says of itself, and how it is, read from its own server: never inside a transaction."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from banksia.foundation.connections.adapters.calling import nearby_of
from banksia.foundation.connections.errors import AddressNotAllowed, ManifestNotReached, ManifestRefused
from banksia.foundation.webhooks.public import AddressRefused, Fetched, get, read_url
from banksia.kit.manifest import MOST_BYTES, PATH, Manifest, ManifestBroken, read_manifest
from banksia.kit.settings import Settings

SECONDS = 10.0
HEALTH_SECONDS = 5.0
MOST_PAGE_BYTES = 4 * 1024 * 1024
HEADERS = {"User-Agent": "Banksia-Modules/1", "Accept": "application/json"}


@dataclass(frozen=True)
class FoundModule:
    """A manifest, and where the module that it describes is."""

    base_url: str
    manifest: Manifest


def find_module(settings: Settings, url: str) -> FoundModule:
    """The module at an address that somebody typed: `https://modules.example/bookings`, or that of its manifest.

    Raises AddressNotAllowed, ManifestNotReached and ManifestRefused.
    """
    address = url.strip().rstrip("/").removesuffix(PATH).rstrip("/")
    check_address(settings, address)
    manifest = fetch_manifest(settings, address + PATH)
    if address.endswith(f"/{manifest.id}"):
        return FoundModule(address.removesuffix(f"/{manifest.id}"), manifest)
    again = fetch_manifest(settings, f"{address}/{manifest.id}{PATH}")
    if again != manifest:
        message = f"The module at this address calls itself “{manifest.id}” and is another one below that name."
        raise AddressNotAllowed(message)
    return FoundModule(address, manifest)


def check_address(settings: Settings, address: str) -> None:
    """Refuse an address that can never be called; raises AddressNotAllowed."""
    try:
        read_url(address, nearby=nearby_of(settings))
    except AddressRefused as refused:
        raise AddressNotAllowed(str(refused)) from refused
    if urlsplit(address).query:
        raise AddressNotAllowed("Write the address without a question mark and what follows it.")


def fetch_manifest(settings: Settings, url: str) -> Manifest:
    """The manifest at an address; raises AddressNotAllowed, ManifestNotReached and ManifestRefused."""
    found = _get(settings, url, most_bytes=MOST_BYTES, seconds=SECONDS)
    if not found.found:
        raise ManifestNotReached(url, found.error or "Nothing was answered.")
    try:
        return read_manifest(found.content)
    except ManifestBroken as broken:
        raise ManifestRefused(broken.problems) from broken


def illness_of(settings: Settings, module_url: str, manifest: Manifest, token: str | None) -> str:
    """Why a module is not well, in a sentence; empty when it is. `module_url` is `{base_url}/{name}`."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    found = _get(settings, module_url + manifest.health, most_bytes=64 * 1024, seconds=HEALTH_SECONDS, headers=headers)
    return "" if found.found else f"Asked for its health, the module did not say that it is well. {found.error}"


def hash_of_page(settings: Settings, module_url: str, manifest: Manifest) -> str | None:
    """SHA-256 of the script of its pages as it is now; None when there is none, or it cannot be read."""
    if manifest.pages is None:
        return None
    found = _get(settings, f"{module_url}/pages{manifest.pages.script}", most_bytes=MOST_PAGE_BYTES, seconds=SECONDS)
    return hashlib.sha256(found.content).hexdigest() if found.found else None


def _get(
    settings: Settings, url: str, *, most_bytes: int, seconds: float, headers: dict[str, str] | None = None
) -> Fetched:
    return get(
        url,
        HEADERS | (headers or {}),
        nearby=nearby_of(settings),
        most_bytes=most_bytes,
        seconds=seconds,
    )
