"""Finding, making and changing councils."""

import time
import uuid
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.errors import CouncilNotFound, SlugTaken
from banksia.foundation.organisations.models import Organisation
from banksia.foundation.organisations.queries import organisation_by_id, organisations_by_host
from banksia.foundation.organisations.schemas import Council, OrganisationUpdate
from banksia.foundation.organisations.service.modules import set_module_enabled
from banksia.foundation.organisations.service.themes import check_theme
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.models import new_id
from banksia.kit.platform import CouncilHost, Platform

HOSTS_KEPT_SECONDS = 2.0
_hosts: dict[int, tuple[float, dict[str, CouncilHost]]] = {}


def find_council(platform: Platform, host: str) -> CouncilHost:
    """The council of a Host header, with or without a port; raises CouncilNotFound.

    Every request asks, so the answer is kept for two seconds: a module that is switched off is gone that soon everywhere.
    """
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    kept = _hosts.get(id(platform))
    if kept is None or kept[0] < time.monotonic():
        with platform.database.session(None) as session:
            by_host = {
                each: CouncilHost(organisation.id, organisation.slug, frozenset(organisation.enabled_modules))
                for organisation in session.scalars(organisations_by_host())
                for each in organisation.hosts
            }
        kept = _hosts[id(platform)] = (time.monotonic() + HOSTS_KEPT_SECONDS, by_host)
    council = kept[1].get(name.lower().strip("[]"))
    if council is None:
        raise CouncilNotFound(host)
    return council


def forget_councils(platform: Platform) -> None:
    """Ask the database at the next request, because something about a council changed here."""
    _hosts.pop(id(platform), None)


def _current_row(session: Session) -> Organisation:
    return session.scalars(organisation_by_id(organisation_id_of(session))).one()


def current_organisation(session: Session) -> Council:
    """The council that the session works for."""
    return Council.model_validate(_current_row(session))


def enabled_modules(session: Session) -> frozenset[str]:
    """The modules that the council has switched on, besides the foundation."""
    return frozenset(_current_row(session).enabled_modules)


def council_url(session: Session, path: str) -> str:
    """The absolute address of a path at this council, for links in mail and on paper."""
    public = urlsplit(platform_of(session).settings.public_url)
    hosts = _current_row(session).hosts
    host = hosts[0] if hosts else public.hostname or "localhost"
    netloc = f"{host}:{public.port}" if public.port else host
    return urlunsplit((public.scheme, netloc, "", "", "")) + path


def create_organisation(platform: Platform, *, slug: str, name: str, hosts: list[str]) -> uuid.UUID:
    """Make a council with every installed module switched on; raises SlugTaken.

    Two transactions: the council must be there before anything can work for it; the second is safe to repeat.
    """
    organisation_id = new_id()
    try:
        with platform.database.session(None) as session:
            taken = {host for each in session.scalars(organisations_by_host()) for host in each.hosts}
            if taken.intersection(hosts):
                raise SlugTaken(slug)
            session.add(Organisation(id=organisation_id, slug=slug, name=name, hosts=hosts))
    except IntegrityError as error:
        raise SlugTaken(slug) from error
    actor = Actor.system(organisation_id)
    with platform.database.session(organisation_id) as session:
        for module in platform.modules:
            set_module_enabled(session, actor, name=module.name, enabled=True)
        audit.record(session, actor, "organisations.organisation_created", subject=_current_row(session))
    forget_councils(platform)
    return organisation_id


def update_organisation(session: Session, actor: Actor, *, changes: OrganisationUpdate) -> Council:
    """Change the council's details; a theme that not everyone can read is refused."""
    row = _current_row(session)
    given = changes.model_dump(exclude_none=True)
    if "theme" in given:
        check_theme(given["theme"])
    before = {field: getattr(row, field) for field in given if getattr(row, field) != given[field]}
    for field, value in given.items():
        setattr(row, field, value)
    audit.record(
        session,
        actor,
        "organisations.organisation_changed",
        subject=row,
        detail={"before": before, "after": {field: given[field] for field in before}},
    )
    forget_councils(platform_of(session))
    return Council.model_validate(row)


def logo_of(session: Session) -> tuple[str, bytes] | None:
    """The council's logo as (content type, bytes), or None."""
    row = _current_row(session)
    return (row.logo_type, row.logo) if row.logo else None
