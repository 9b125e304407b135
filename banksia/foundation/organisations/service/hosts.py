"""Whose host name is called: asked by every request, so the answer is kept for a moment."""

import time
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy.orm import Session

from banksia.foundation.organisations.errors import CouncilNotFound
from banksia.foundation.organisations.queries import organisation_by_id, organisations_by_host
from banksia.foundation.organisations.schemas import CouncilSite
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.keeping import OF_COUNCILS
from banksia.kit.platform import CouncilHost, Platform

KEPT_SECONDS = 2.0
KEPT_AS = f"{OF_COUNCILS}hosts"


def find_council(platform: Platform, host: str) -> CouncilHost:
    """The council of a Host header, with or without a port; raises CouncilNotFound.

    Kept for two seconds: a module that is switched off is gone that soon in every process.
    """
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    kept: tuple[float, dict[str, CouncilHost]] | None = platform.kept.get(KEPT_AS)
    if kept is None or kept[0] < time.monotonic():
        kept = platform.kept[KEPT_AS] = (time.monotonic() + KEPT_SECONDS, _councils_by_host(platform))
    council = kept[1].get(name.lower().strip("[]"))
    if council is None:
        raise CouncilNotFound(host)
    return council


def _councils_by_host(platform: Platform) -> dict[str, CouncilHost]:
    with platform.database.session(None) as session:
        return {
            each: CouncilHost(organisation.id, organisation.slug, frozenset(organisation.enabled_modules))
            for organisation in session.scalars(organisations_by_host())
            for each in organisation.hosts
        }


def council_url(session: Session, path: str) -> str:
    """The absolute address of a path at this council, for links in mail and on paper."""
    hosts = session.scalars(organisation_by_id(organisation_id_of(session))).one().hosts
    return _url(platform_of(session), hosts) + path


def council_sites(platform: Platform, module: str) -> list[CouncilSite]:
    """The councils that use a module, by name; work over all of them loops, one transaction each."""
    always_on = platform.modules[module].always_on
    with platform.database.session(None) as session:
        found = session.scalars(organisations_by_host()).all()
        return sorted(
            (
                CouncilSite(id=each.id, slug=each.slug, name=each.name, url=_url(platform, each.hosts))
                for each in found
                if always_on or module in each.enabled_modules
            ),
            key=lambda site: site.name,
        )


def _url(platform: Platform, hosts: list[str]) -> str:
    public = urlsplit(platform.settings.public_url)
    host = hosts[0] if hosts else public.hostname or "localhost"
    netloc = f"{host}:{public.port}" if public.port else host
    return urlunsplit((public.scheme, netloc, "", "", ""))
