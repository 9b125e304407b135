"""Mail in a council's own words: text with `{{ name }}` in it, and nothing else.

Each module says in `templates/wording.toml` which variables a mail has. A council's words are never run as a template:
the placeholders are found by one expression and replaced once, so that nothing in a value or in the words can reach
further than the variables that are listed.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from markupsafe import Markup, escape

PLACEHOLDER = re.compile(r"\{\{ *([a-z][a-z0-9_]*) *\}\}")
MOST_VARIABLES = 40
"""In a subject or a text: what a variable stands for is bounded, so what comes out is too."""
_SIGNS = ("{{", "}}", "{%", "%}", "{#", "#}")
_PARAGRAPH = 'style="margin: 0 0 16px; overflow-wrap: anywhere"'
_BUTTON = (
    "display: inline-block; padding: 12px 20px; background: #14563b; color: #ffffff; border-radius: 4px; "
    "font-weight: bold; text-decoration: none"
)
BUTTON_WORDS = "Open the page"


@dataclass(frozen=True)
class Variable:
    """Something that a mail can say; `value` is our own template for it, run with what the mail is about."""

    name: str
    words: str
    sample: str
    value: str
    link: bool = False
    """An address; it becomes a link in HTML and stays out of subjects, which many can read."""
    required: bool = False
    """Without it the mail says nothing that its reader needs."""


COUNCIL = (
    Variable("council", "The council's name", "Blue Hills Shire Council", "{{ council.name }}"),
    Variable("council_phone", "The council's telephone", "02 5550 0100", "{{ council.phone }}"),
    Variable("council_email", "The council's address for mail", "council@council.example", "{{ council.email }}"),
)


@dataclass(frozen=True)
class MailKind:
    """A mail of a module: what it is, its standard words, and what it can say."""

    module: str
    name: str
    title: str
    about: str
    subject: str
    text: str
    variables: Mapping[str, Variable]

    @property
    def template(self) -> str:
        """What it is sent by: `certificates/certificate_ready`."""
        return f"{self.module}/{self.name}"


@dataclass(frozen=True)
class Fault:
    """What is wrong with some words, in which part, and on which of its lines."""

    field: str
    line: int
    message: str


def mail_kinds(module: str, templates: Traversable) -> Iterator[MailKind]:
    """The mails of a module that can be worded, as its `wording.toml` has them."""
    described = templates / "wording.toml"
    if not described.is_file():
        return
    for name, each in tomllib.loads(described.read_text(encoding="utf-8")).items():
        own = (
            Variable(key, **{"value": f"{{{{ {key} }}}}", **variable}) for key, variable in each["variables"].items()
        )
        yield MailKind(
            module=module,
            name=name,
            title=each["title"],
            about=each["about"],
            subject=each["subject"],
            text=each["text"].strip(),
            variables={variable.name: variable for variable in (*own, *COUNCIL)},
        )


def faults_of(kind: MailKind, subject: str, text: str) -> list[Fault]:
    """Everything that keeps some words from being sent; none when they can."""
    in_subject, in_text = placeholders(subject), placeholders(text)
    return [
        *_faults_in(kind, "subject", subject),
        *_faults_in(kind, "text", text),
        *(
            Fault("subject", 1, f"A subject can be read by many: leave {{{{ {each.name} }}}} to the text.")
            for each in kind.variables.values()
            if each.link and each.name in in_subject
        ),
        *(
            Fault("text", text.count("\n") + 1, f"The text needs {{{{ {each.name} }}}} ({each.words}).")
            for each in kind.variables.values()
            if each.required and each.name not in in_text
        ),
    ]


def placeholders(words: str) -> set[str]:
    """The names of the variables in some words."""
    return set(PLACEHOLDER.findall(words))


def _faults_in(kind: MailKind, field: str, words: str) -> Iterator[Fault]:
    if len(PLACEHOLDER.findall(words)) > MOST_VARIABLES:
        yield Fault(field, 1, f"Use at most {MOST_VARIABLES} variables in the {field}.")
    if field == "subject" and "\n" in words:
        yield Fault(field, 2, "A subject is one line.")
    if not words.strip():
        yield Fault(field, 1, f"Enter the {field}.")
    for number, line in enumerate(words.split("\n"), start=1):
        for name in PLACEHOLDER.findall(line):
            if name not in kind.variables:
                yield Fault(field, number, f"Line {number}: there is no variable {{{{ {name} }}}} in this mail.")
        rest = PLACEHOLDER.sub("", line)
        if any(sign in rest for sign in _SIGNS):
            yield Fault(field, number, f"Line {number}: write a variable as {{{{ name }}}}, with a name from the list.")


def fill(words: str, value_of: Callable[[str], str]) -> str:
    """The words with each variable's value, put in once: what a value says is never looked at again."""
    return PLACEHOLDER.sub(lambda match: value_of(match[1]), words)


def text_of(text: str, value_of: Callable[[str], str]) -> str:
    """The text as mail; a paragraph of which nothing is left goes."""
    filled = (fill(paragraph, value_of).strip() for paragraph in _paragraphs(text))
    return "\n\n".join(paragraph for paragraph in filled if paragraph) + "\n"


def html_of(kind: MailKind, text: str, value_of: Callable[[str], str]) -> Markup:
    """The text as paragraphs of HTML, everything in it escaped; a link that stands alone on a line is a button."""

    def inline(match: re.Match[str]) -> Markup:
        value = value_of(match[1])
        if kind.variables[match[1]].link and _is_address(value):
            return Markup('<a href="{0}" style="color: #14563b">{0}</a>').format(value)
        return Markup("<br>").join(escape(line) for line in value.strip("\n").split("\n"))

    def line_of(line: str) -> Markup:
        alone = PLACEHOLDER.fullmatch(line.strip())
        if alone and kind.variables[alone[1]].link and _is_address(value_of(alone[1])):
            return Markup('<a href="{}" style="{}">{}</a>').format(value_of(alone[1]), _BUTTON, BUTTON_WORDS)
        parts, last = Markup(), 0
        for match in PLACEHOLDER.finditer(line):
            parts += escape(line[last : match.start()]) + inline(match)
            last = match.end()
        return parts + escape(line[last:])

    body = Markup()
    for paragraph in _paragraphs(text):
        if fill(paragraph, value_of).strip():
            lines = Markup("<br>").join(line_of(line) for line in paragraph.split("\n"))
            body += Markup(f"<p {_PARAGRAPH}>{{}}</p>\n").format(lines)  # noqa: S704  (our own words, its value escaped)
    return body


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip("\n") for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip())]


def _is_address(value: str) -> bool:
    return value.startswith(("https://", "http://"))
