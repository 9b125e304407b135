"""Mail in a council's own words: nothing but the listed variables is ever put in, and what a reader needs stays in."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from jinja2 import Environment, meta
from sqlalchemy.orm import Session

from banksia.foundation.notifications.adapters.rendering import MailTemplates, Words
from banksia.foundation.notifications.adapters.wordings import (
    COUNCIL,
    MailKind,
    Variable,
    faults_of,
    html_of,
    mail_kinds,
    text_of,
)
from banksia.foundation.notifications.errors import MailKindNotFound, WordingInvalid, WordingStale
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.notifications.schemas.wording import WordingWrite
from banksia.foundation.notifications.service import wording, writing
from banksia.foundation.organisations.public import current_organisation
from banksia.kit.actor import Actor
from banksia.kit.module import discover

KINDS = [kind for module in discover() for kind in mail_kinds(module.name, module.folder("templates"))]
TEMPLATES = sorted(
    f"{module.name}/{path.name.removesuffix('.txt')}"
    for module in discover()
    if module.folder("templates").is_dir()
    for path in module.folder("templates").iterdir()
    if path.name.endswith(".txt")
)
OWN_WORDS = {"connections/notice"}
"""What a connected module writes itself: there is nothing for an administrator to word."""
LINK = "auth.set_password"
TEST = "notifications.test_message"
OWN = WordingWrite(subject="Post from {{ council }}", text="Hello {{ name }}\n\n{{ council_phone }}", version=0)


def kind_with(*variables: Variable) -> MailKind:
    return MailKind("trees", "felled", "Felled", "", "", "", {each.name: each for each in (*variables, *COUNCIL)})


def words(kind: MailKind, text: str, **values: str) -> tuple[str, str]:
    return text_of(text, values.__getitem__), str(html_of(kind, text, values.__getitem__))


class TestStandardWords:
    def test_every_mail_of_every_module_can_be_worded(self) -> None:
        assert sorted(kind.template for kind in KINDS) == [each for each in TEMPLATES if each not in OWN_WORDS]

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template)
    def test_stand_in_the_same_rules_and_use_what_the_template_uses(self, kind: MailKind) -> None:
        assert faults_of(kind, kind.subject, kind.text) == []
        folder = next(module for module in discover() if module.name == kind.module).folder("templates")
        environment = Environment(autoescape=True)
        environment.filters.update(dict.fromkeys(("money", "day", "moment"), str))
        parse = environment.parse
        known = meta.find_undeclared_variables(parse((folder / f"{kind.name}.txt").read_text(encoding="utf-8")))
        values = " ".join(each.value for each in kind.variables.values())
        assert meta.find_undeclared_variables(parse(values)) <= known | {"council"}
        # Whoever is mailed a link needs it, whatever the words are.
        assert ("link" in known) == ("link" in kind.variables)


class TestWords:
    def test_puts_values_in_once_and_escapes_them(self) -> None:
        kind = kind_with(Variable("note", "", "", ""))
        text, html = words(kind, "A <b> {{ note }}", note="{{ council }} <script>\nnext")
        assert text == "A <b> {{ council }} <script>\nnext\n"
        assert "A &lt;b&gt; {{ council }} &lt;script&gt;<br>next" in html

    def test_makes_a_link_of_an_address_alone_on_its_line_and_of_no_script(self) -> None:
        kind = kind_with(Variable("link", "", "", "", link=True))
        _, html = words(kind, "Here:\n{{ link }}", link='https://x.example/?a=1&b="2"')
        assert 'href="https://x.example/?a=1&amp;b=&#34;2&#34;"' in html
        _, html = words(kind, "{{ link }}", link="javascript:alert(1)")
        assert "href" not in html

    def test_leaves_out_a_paragraph_of_which_nothing_is_left(self) -> None:
        kind = kind_with(Variable("note", "", "", ""))
        text, html = words(kind, "One\n\n{{ note }}\n\nTwo", note="")
        assert (text, html.count("<p")) == ("One\n\nTwo\n", 2)

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("{{ nobody }}", "Line 3: there is no variable {{ nobody }} in this mail."),
            ("{{ council.__class__ }}", "Line 3: write a variable as {{ name }}, with a name from the list."),
            ("{% for a in b %}", "Line 3: write a variable as {{ name }}, with a name from the list."),
            ("{{ name|attr('x') }}", "Line 3: write a variable as {{ name }}, with a name from the list."),
            ("{# hidden #}", "Line 3: write a variable as {{ name }}, with a name from the list."),
        ],
    )
    def test_refuses_whatever_is_no_listed_variable_and_names_the_line(self, line: str, said: str) -> None:
        kind = kind_with(Variable("name", "", "", ""))
        assert [fault.message for fault in faults_of(kind, "Post", f"One\n\n{line}")] == [said]

    def test_looks_at_the_longest_words_in_no_time(self) -> None:
        kind, longest = kind_with(Variable("name", "", "", "")), "{{ name }}" * 500
        begun = time.perf_counter()
        assert [fault.message for fault in faults_of(kind, "Post", longest)] == [
            "Use at most 40 variables in the text."
        ]
        assert faults_of(kind, "Post", "{" * 5000)
        assert words(kind, "a \n" * 1600, name="x")
        assert time.perf_counter() - begun < 0.5

    def test_runs_the_value_of_a_module_in_plain_text(self, session: Session) -> None:
        kind = next(kind for kind in KINDS if kind.template == "payments/receipt")
        templates = MailTemplates({module.name: module.folder("templates") for module in discover()})
        receipt = {
            "number": "R-1",
            "total_cents": 6900,
            "tax_invoice": False,
            "lines": [{"description": "A & B", "amount_cents": 6900}],
        }
        context = {"receipt": receipt, "reference": "BH-1", "link": "https://x.example", "title": "Copies"}
        own = Words("{{ receipt }}", "{{ lines }}\n\n{{ amount }}{{ gst }} {{ link }}")
        mail = templates.reword(kind, own, {"council": current_organisation(session), **context})
        assert (mail.subject, mail.text) == ("R-1", "- A & B: $69.00\n\n$69.00 https://x.example\n")
        assert "- A &amp; B: $69.00" in mail.html


class TestKeep:
    def test_mail_has_the_councils_words_until_it_goes_back_to_the_standard(
        self, session: Session, other_session: Session, administrator: Actor
    ) -> None:
        def mail(session: Session) -> str:
            to = "mei@example.org"
            return send_mail(session, template="notifications/test_message", to=to, context={"name": "Mei"}).text

        standard = mail(session)
        kept = wording.save_wording(session, administrator, name=TEST, written=OWN)
        assert (kept.version, kept.is_changed, kept.versions[0].author_name) == (1, True, administrator.name)
        assert mail(session).startswith("Hello Mei\n")
        back = wording.reset_wording(session, administrator, name=TEST, seen=1)
        assert (back.version, back.text, len(back.versions)) == (2, back.standard_text, 2)
        assert mail(session) == standard
        wording.save_wording(session, administrator, name=TEST, written=OWN.model_copy(update={"version": 2}))
        assert mail(other_session).startswith("Mei, this message was sent")

    def test_refuses_to_overwrite_what_somebody_else_wrote(self, session: Session, administrator: Actor) -> None:
        wording.save_wording(session, administrator, name=TEST, written=OWN)
        other = OWN.model_copy(update={"subject": "Another"})
        with pytest.raises(WordingStale):
            wording.save_wording(session, administrator, name=TEST, written=other)

    def test_keeps_the_link_in_a_mail_that_carries_one(self, session: Session, administrator: Actor) -> None:
        bare = WordingWrite(subject="{{ link }}", text="{{ name }}, set a password.", version=0)
        with pytest.raises(WordingInvalid) as refused:
            wording.save_wording(session, administrator, name=LINK, written=bare)
        assert [error["field"] for error in refused.value.extra["errors"]] == ["subject", "text"]
        assert "The text needs {{ link }}" in refused.value.detail

    def test_sends_the_standard_when_the_module_lost_a_variable(
        self, session: Session, administrator: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wording.save_wording(session, administrator, name=TEST, written=OWN)
        monkeypatch.setattr(writing, "installed_kinds", lambda _session: {"notifications/test_message": kind_with()})
        sent = send_mail(session, template="notifications/test_message", to="a@example.org", context={"name": "Mei"})
        assert sent.text.startswith("Mei, this message was sent")

    def test_knows_only_mails_that_there_are(self, session: Session) -> None:
        with pytest.raises(MailKindNotFound):
            wording.read_wording(session, name="certificates.layout")


class TestRoutes:
    def test_lists_previews_tests_and_keeps(self, signed_in_as: Callable[..., Any]) -> None:
        client = signed_in_as("administrator")
        path = "/api/notifications/wordings"
        mails = client.get(path).json()["mails"]
        assert {"auth.invitation", "certificates.certificate_ready", "payments.receipt"} <= {
            mail["name"] for mail in mails
        }
        body = OWN.model_dump()
        preview = client.post(f"{path}/{TEST}/preview", json=body).json()
        assert preview["text"].startswith("Hello Mei Tan\n")
        test = client.post(f"{path}/{TEST}/test", json=body)
        assert (test.status_code, test.json()["to_address"]) == (201, client.actor.email)
        wrong = client.put(f"{path}/{TEST}", json={**body, "text": "Hello\n{{ nmae }}"})
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "text")
        assert client.put(f"{path}/{TEST}", json=body).json()["version"] == 1
        assert signed_in_as("certificate_officer").get(path).status_code == 403
