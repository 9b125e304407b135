"""Reading, making and changing councils."""

import re
import uuid
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.errors import AbnInvalid, HostInvalid, HostTaken, SlugTaken
from banksia.foundation.organisations.models import Organisation
from banksia.foundation.organisations.queries import organisation_by_id, organisations_by_host
from banksia.foundation.organisations.schemas import Council, OrganisationUpdate
from banksia.foundation.organisations.service.modules import set_module_enabled
from banksia.foundation.organisations.service.themes import DEFAULT_THEME, check_theme
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.keeping import forget_councils
from banksia.kit.models import new_id
from banksia.kit.platform import Platform

HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
ABN_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)


def row_of(session: Session) -> Organisation:
    """The row of the council that the session works for."""
    return session.scalars(organisation_by_id(organisation_id_of(session))).one()


def read(row: Organisation) -> Council:
    """The council as other parts see it: every colour of the theme is there, its own or ours."""
    council = Council.model_validate(row)
    return council.model_copy(update={"theme": DEFAULT_THEME | council.theme})


def current_organisation(session: Session) -> Council:
    """The council that the session works for."""
    return read(row_of(session))


def council_zone(session: Session) -> ZoneInfo:
    """The time zone that the council's days are read in."""
    return ZoneInfo(current_organisation(session).time_zone)


def council_day(session: Session, at: datetime | None = None) -> date:
    """The day of a moment, by default of now, where the council is."""
    return (at or utc_now()).astimezone(council_zone(session)).date()


def start_of_day(session: Session, day: date) -> datetime:
    """The first moment of a day, where the council is; raises OverflowError at the ends of the calendar."""
    return datetime.combine(day, time.min, council_zone(session)).astimezone(UTC)


def enabled_modules(session: Session) -> frozenset[str]:
    """The modules that the council has switched on, besides the foundation."""
    return frozenset(row_of(session).enabled_modules)


def create_organisation(platform: Platform, *, slug: str, name: str, hosts: list[str]) -> uuid.UUID:
    """Make a council with every installed module switched on, in one transaction; raises SlugTaken or HostInvalid."""
    organisation_id = new_id()
    actor = Actor.system(organisation_id)
    wanted = _checked_hosts(hosts)
    try:
        with platform.database.session(organisation_id) as session:
            # The table is locked against another creation: no constraint sees that two councils name one host.
            others = session.scalars(organisations_by_host().with_for_update()).all()
            if any(slug == each.slug or set(wanted).intersection(each.hosts) for each in others):
                raise SlugTaken(slug)
            row = Organisation(id=organisation_id, slug=slug, name=name, hosts=wanted, enabled_modules=[])
            session.add(row)
            session.flush()
            audit.record(session, actor, "organisations.organisation_created", subject=row)
            for module in platform.modules:
                set_module_enabled(session, actor, name=module.name, enabled=True)
            forget_councils(session)
    except IntegrityError as error:
        if "uq_organisations_slug" in str(error.orig):
            raise SlugTaken(slug) from error
        raise
    return organisation_id


def change_hosts(session: Session, actor: Actor, *, hosts: list[str]) -> list[str]:
    """Give the council these host names, in place of those it had; links in mail take the first.

    Raises HostInvalid, or HostTaken when another council answers at one of them.
    """
    wanted = _checked_hosts(hosts)
    # The table is locked as for a creation: no constraint sees that two councils name one host.
    councils = session.scalars(organisations_by_host().with_for_update().execution_options(populate_existing=True))
    by_id = {each.id: each for each in councils}
    row = by_id.pop(organisation_id_of(session))
    for host in wanted:
        for other in by_id.values():
            if host in other.hosts:
                raise HostTaken(host, other.slug)
    if row.hosts != wanted:
        detail = {"before": {"hosts": row.hosts}, "after": {"hosts": wanted}}
        row.hosts = wanted
        audit.record(session, actor, "organisations.organisation_changed", subject=row, detail=detail)
        forget_councils(session)
    return wanted


def _checked_hosts(hosts: list[str]) -> list[str]:
    """Host names as they are compared, each once; raises HostInvalid."""
    wanted = list(dict.fromkeys(host.strip().lower() for host in hosts))
    for host in wanted:
        if not HOST.fullmatch(host):
            raise HostInvalid(host)
    return wanted


def update_organisation(session: Session, actor: Actor, *, changes: OrganisationUpdate) -> Council:
    """Change the council's details; what is None stays. Raises AbnInvalid, or ThemeInvalid when not all can read it."""
    row = row_of(session)
    given = changes.model_dump(exclude_none=True)
    if "abn" in given:
        given["abn"] = checked_abn(given["abn"])
    if "theme" in given:
        check_theme(given["theme"])
    before = {field: getattr(row, field) for field in given if getattr(row, field) != given[field]}
    for field, value in given.items():
        setattr(row, field, value)
    if before:
        after = {field: given[field] for field in before}
        detail = {"before": before, "after": after}
        audit.record(session, actor, "organisations.organisation_changed", subject=row, detail=detail)
    return read(row)


def checked_abn(text: str) -> str:
    """An Australian Business Number as `51 824 753 556`, or empty; raises AbnInvalid.

    The check is the Australian Business Register's: one off the first digit, weights, a sum divisible by 89.
    """
    digits = text.replace(" ", "")
    if not digits:
        return ""
    if len(digits) != len(ABN_WEIGHTS) or not (digits.isascii() and digits.isdigit()):
        raise AbnInvalid
    numbers = [int(digits[0]) - 1, *(int(digit) for digit in digits[1:])]
    if sum(weight * number for weight, number in zip(ABN_WEIGHTS, numbers, strict=True)) % 89:
        raise AbnInvalid
    return f"{digits[:2]} {digits[2:5]} {digits[5:8]} {digits[8:]}"
