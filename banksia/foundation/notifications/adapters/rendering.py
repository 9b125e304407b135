"""Words of a message from the templates that modules bring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, pass_context, select_autoescape
from jinja2.runtime import Context

from banksia.foundation.notifications.adapters.wordings import COUNCIL, MailKind, fill, html_of, text_of
from banksia.kit.words import dollars

SUBJECT = "Subject: "


@dataclass(frozen=True)
class RenderedMail:
    """Subject and both bodies of a message."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Words:
    """A council's own words: a subject and a text, with `{{ name }}` where a variable stands."""

    subject: str
    text: str


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
        self._plain = self._environment.overlay(autoescape=False)
        self._values: dict[str, Template] = {}

    def render(self, template: str, context: Mapping[str, Any]) -> RenderedMail:
        """Render `module/name`: the text's first line is `Subject: ...`, an empty line follows."""
        head, _, text = self._environment.get_template(f"{template}.txt").render(context).partition("\n\n")
        if not head.startswith(SUBJECT) or "\n" in head:
            raise ValueError(f"The template {template}.txt must start with one line “{SUBJECT}...” and an empty line.")
        html = self._environment.get_template(f"{template}.html").render(context)
        return RenderedMail(head.removeprefix(SUBJECT), text.strip() + "\n", html)

    def reword(self, kind: MailKind, words: Words, context: Mapping[str, Any], *, sample: bool = False) -> RenderedMail:
        """A mail in a council's own words, on the one layout; with samples in place of what it would be about."""

        @cache
        def value_of(name: str) -> str:
            variable = kind.variables[name]
            if sample and variable not in COUNCIL:
                return variable.sample
            return self._value(variable.value).render(context).strip("\n")

        body = html_of(kind, words.text, value_of)
        html = self._environment.get_template("notifications/wording.html").render({**context, "body": body})
        # A subject is one line, whatever a value holds.
        subject = " ".join(fill(words.subject, value_of).split())
        return RenderedMail(subject, text_of(words.text, value_of), html)

    def _value(self, source: str) -> Template:
        if source not in self._values:
            self._values[source] = self._plain.from_string(source)
        return self._values[source]


def day(on: date) -> str:
    """`Wed 25 Nov 2026`: a mail is read later, so the year is always there."""
    return f"{on:%a} {on.day} {on:%b %Y}"


@pass_context
def moment(context: Context, at: datetime) -> str:
    """`10:42 am, Wed 25 Nov 2026` on the clock of the template's `council`; a full hour is `3 pm`."""
    local = at.astimezone(ZoneInfo(context["council"].time_zone))
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes} {'am' if local.hour < 12 else 'pm'}, {day(local)}"
