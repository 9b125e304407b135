"""The demo's councils and people, made once; a second start finds them there."""

import structlog

from banksia.app import create_platform
from banksia.demo.sign_ins import COUNCILS, PASSWORD, SIGN_INS, DemoCouncil
from banksia.foundation.auth.public import create_user
from banksia.foundation.organisations.public import create_organisation
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_slugs
from banksia.kit.module import discover
from banksia.kit.platform import Platform
from banksia.kit.settings import Settings

log = structlog.get_logger()
NAMES = {
    "customer": "Mei Tran",
    "officer": "Priya Nair",
    "counter": "Tom Okafor",
    "records": "Ruth Abernethy",
    "finance": "Sana Iqbal",
    "admin": "Jack Lindqvist",
}


def seed(settings: Settings) -> None:
    """Make the demo's councils unless they exist."""
    platform = create_platform(settings, discover())
    with platform.database.session(None) as session:
        present = organisation_slugs(session)
    for council in COUNCILS:
        if council.slug not in present:
            _make(platform, council)


def _make(platform: Platform, council: DemoCouncil) -> None:
    hosts = [council.host, *(["127.0.0.1"] if council.host == "localhost" else [])]
    organisation_id = create_organisation(platform, slug=council.slug, name=council.name, hosts=hosts)
    actor = Actor.system(organisation_id)
    with platform.database.session(organisation_id) as session:
        for person in SIGN_INS:
            create_user(
                session,
                actor,
                email=person.email(council),
                name=NAMES[person.mailbox],
                kind="customer" if person.role == "customer" else "staff",
                roles=[person.role],
                password=PASSWORD,
                verified=True,
            )
