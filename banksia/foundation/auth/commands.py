"""`banksia auth ...`."""

import uuid
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from banksia.foundation.auth import service
from banksia.foundation.auth.errors import EmailTaken, UnknownRole
from banksia.foundation.auth.permissions import ROLES
from banksia.foundation.auth.schemas import Invitation
from banksia.kit.actor import Actor
from banksia.kit.choosing import chosen_councils
from banksia.kit.errors import message_of
from banksia.kit.platform import Platform

commands = typer.Typer(name="auth", help="People who sign in.", no_args_is_help=True)
console = Console(stderr=True)
STAFF_ROLES = tuple(role for role in ROLES if role != "customer")


@commands.callback()
def auth() -> None:
    """Keep `invite` a command of its own while it is the only one."""


@commands.command()
def invite(
    context: typer.Context,
    email: Annotated[str, typer.Argument(help="The work address that the person signs in with.")],
    organisation: Annotated[str, typer.Option(help="The slug of the council.")],
    name: Annotated[str, typer.Option(help="What the person is called.")],
    role: Annotated[
        list[str] | None,
        typer.Option(help=f"{', '.join(STAFF_ROLES)}; may be repeated; administrator when omitted."),
    ] = None,
) -> None:
    """Make an account of staff and mail the link that sets its password: a new council's first administrator."""
    platform: Platform = context.obj
    organisation_id = chosen_councils(platform, organisation, console)[organisation]
    invitation = _invitation(email, name, role or ["administrator"])
    try:
        link = _invite(platform, organisation_id, invitation)
    except UnknownRole as unknown:
        named = " ".join(each["message"] for each in unknown.extra["errors"])
        _refuse(f"{named} There are: {', '.join(STAFF_ROLES)}.", unknown, code=2)
    except EmailTaken as taken:
        _refuse(f"{taken.detail} “Forgotten your password?” on the sign-in page mails a new link.", taken)
    if link:
        typer.echo(
            f"No mail server is set, so no mail was sent. {invitation.name} sets a password here, within 7 days:"
        )
        typer.echo(link)
        return
    where = f" It is kept at {platform.settings.public_url}/dev/mail." if platform.settings.catches_mail else ""
    typer.echo(f"A link that sets a password is on its way to {invitation.email}.{where}")


def _invite(platform: Platform, organisation_id: uuid.UUID, invitation: Invitation) -> str:
    """Invite in one transaction; the link is answered when there is no server that could mail it."""
    settings, actor = platform.settings, Actor.system(organisation_id)
    with platform.database.session(organisation_id) as session:
        if settings.smtp_url or settings.catches_mail:
            service.invite_user(session, actor, **invitation.model_dump())
            return ""
        return service.invite_by_hand(session, actor, **invitation.model_dump())


def _invitation(email: str, name: str, roles: list[str]) -> Invitation:
    try:
        return Invitation(email=email, name=name, roles=roles)
    except ValidationError as error:
        _refuse(" ".join(f"{each['loc'][0]}: {message_of(each)}" for each in error.errors()), error, code=2)


def _refuse(sentence: str, cause: Exception | None = None, *, code: int = 1) -> NoReturn:
    console.print(sentence, markup=False, soft_wrap=True)
    raise typer.Exit(code) from cause
