"""Words of a message from the templates that modules bring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources.abc import Traversable
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, pass_context, select_autoescape
from jinja2.runtime import Context

from banksia.kit.words import dollars

SUBJECT = "Subject: "


@dataclass(frozen=True)
class RenderedMail:
    """Subject and both bodies of a message."""

    subject: str
    text: str
    html: str


class ModuleTemplates(BaseLoader):
    """`certificates/order_paid.txt` is `templates/order_paid.txt` in the package of the module certificates."""

    def __init__(self, folders: Mapping[str, Traversable]) -> None:
        self._folders = folders

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:  # noqa: ARG002  (Jinja's signature)
        module, _, name = template.partition("/")
        if module not in self._folders or "/" in name:
            raise TemplateNotFound(template)
        try:
            return (self._folders[module] / name).read_text(encoding="utf-8"), None, None
        except OSError as error:
            raise TemplateNotFound(template) from error


class MailTemplates:
    """Renders the templates of the installed modules. Values are escaped in HTML; an unknown name is an error."""

    def __init__(self, folders: Mapping[str, Traversable]) -> None:
        """Take each module's folder of templates."""
        self._environment = Environment(
            loader=ModuleTemplates(folders),
            autoescape=select_autoescape(("html",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(money=dollars, day=day, moment=moment)

    def render(self, template: str, context: Mapping[str, Any]) -> RenderedMail:
        """Render `module/name`: the text's first line is `Subject: ...`, an empty line follows."""
        head, _, text = self._environment.get_template(f"{template}.txt").render(context).partition("\n\n")
        if not head.startswith(SUBJECT) or "\n" in head:
            raise ValueError(f"The template {template}.txt must start with one line “{SUBJECT}...” and an empty line.")
        html = self._environment.get_template(f"{template}.html").render(context)
        return RenderedMail(head.removeprefix(SUBJECT), text.strip() + "\n", html)


def day(on: date) -> str:
    """`Wed 25 Nov 2026`: a mail is read later, so the year is always there."""
    return f"{on:%a} {on.day} {on:%b %Y}"


@pass_context
def moment(context: Context, at: datetime) -> str:
    """`10:42 am, Wed 25 Nov 2026` on the clock of the template's `council`; a full hour is `3 pm`."""
    local = at.astimezone(ZoneInfo(context["council"].time_zone))
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes} {'am' if local.hour < 12 else 'pm'}, {day(local)}"
