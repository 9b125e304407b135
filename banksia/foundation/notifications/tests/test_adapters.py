"""Words, envelopes, a real SMTP server on this machine, and the catcher."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from banksia.foundation.notifications.adapters.catcher import MailCatcher
from banksia.foundation.notifications.adapters.composing import AttachedFile, compose
from banksia.foundation.notifications.adapters.composing import Envelope as Ours
from banksia.foundation.notifications.adapters.mailer import MailRefused, MailUnavailable
from banksia.foundation.notifications.adapters.rendering import MailTemplates, day
from banksia.foundation.notifications.adapters.smtp import SmtpMailer
from banksia.foundation.notifications.tests.certificates import self_signed

ENVELOPE = Ours(
    message_id="<0199-1@banksia.example>",
    from_name="Blue Hills Shire Council",
    from_address="no-reply@banksia.example",
    reply_to="council@bluehills.example",
    to="dale@lawyers.example",
    subject="Order BH-2026-04466 is paid",
    text="Order BH-2026-04466 is paid.\n",
    html="<p>Order BH-2026-04466 is paid.</p>",
    sent_at=datetime(2026, 11, 23, 5, 30, tzinfo=UTC),
)


@dataclass
class Post:
    """A mail server's answers and what it took."""

    answer_to: str = "250 OK"
    answer_data: str = "250 OK"
    taken: list[bytes] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    returns_to: list[str | None] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answer_to.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (the same)
        assert isinstance(envelope.content, bytes)
        self.returns_to.append(envelope.mail_from)
        if self.answer_data.startswith("250"):
            self.taken.append(envelope.content)
        return self.answer_data

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: Any
    ) -> AuthResult:
        assert isinstance(login, LoginPassword)
        if login.password == b"p@ss word":
            self.users.append(login.login.decode())
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False)


class AnyPort(Controller):
    """A server on a free port, which it learns once it listens."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # the library's own step has no types


@pytest.fixture
def start_server() -> Iterator[Callable[..., Post]]:
    running: list[Controller] = []

    def start(**options: Any) -> Post:
        post = Post()
        controller = AnyPort(post, hostname="127.0.0.1", port=0, authenticator=post.authenticate, **options)
        controller.start()
        running.append(controller)
        post.port = controller.port
        return post

    yield start
    for controller in running:
        controller.stop()


class TestSmtpMailer:
    def test_hands_the_message_over(self, start_server: Callable[..., Post]) -> None:
        post = start_server()
        SmtpMailer(f"smtp://127.0.0.1:{post.port}").send(compose(ENVELOPE))
        message = message_from_bytes(post.taken[0], policy=policy.default)
        assert message["Message-ID"] == "<0199-1@banksia.example>"
        assert message["To"] == "dale@lawyers.example"
        assert message["From"] == "Blue Hills Shire Council <no-reply@banksia.example>"

    def test_says_where_returned_mail_goes(self, start_server: Callable[..., Post]) -> None:
        post = start_server()
        for returns_to in ("", "bounces@banksia.example"):
            SmtpMailer(f"smtp://127.0.0.1:{post.port}", returns_to=returns_to).send(compose(ENVELOPE))
        assert post.returns_to == ["no-reply@banksia.example", "bounces@banksia.example"]

    def test_encrypts_before_it_signs_in(self, start_server: Callable[..., Post], tmp_path: Path) -> None:
        server_tls, client_tls = self_signed(tmp_path)
        post = start_server(tls_context=server_tls, auth_require_tls=True)
        url = f"smtp://council%40example:p%40ss%20word@127.0.0.1:{post.port}"
        SmtpMailer(url, tls=client_tls).send(compose(ENVELOPE))
        assert post.users == ["council@example"]
        assert len(post.taken) == 1

    def test_sends_no_password_in_the_clear(self, start_server: Callable[..., Post]) -> None:
        post = start_server(auth_require_tls=False)
        with pytest.raises(MailUnavailable, match="STARTTLS"):
            SmtpMailer(f"smtp://council:p%40ss%20word@127.0.0.1:{post.port}").send(compose(ENVELOPE))
        assert post.users == []

    def test_refuses_a_certificate_that_nobody_vouches_for(
        self, start_server: Callable[..., Post], tmp_path: Path
    ) -> None:
        server_tls, _ = self_signed(tmp_path)
        post = start_server(tls_context=server_tls)
        with pytest.raises(MailUnavailable, match="certificate"):
            SmtpMailer(f"smtp://127.0.0.1:{post.port}", tls=ssl.create_default_context()).send(compose(ENVELOPE))
        assert post.taken == []

    def test_a_wrong_password_is_worth_another_try(self, start_server: Callable[..., Post]) -> None:
        post = start_server(auth_require_tls=False)
        with pytest.raises(MailUnavailable, match="refused the sign-in"):
            SmtpMailer(f"smtp://council:wrong@127.0.0.1:{post.port}?starttls=never").send(compose(ENVELOPE))

    @pytest.mark.parametrize("place", ["answer_to", "answer_data"])
    def test_tells_never_from_not_now(self, start_server: Callable[..., Post], place: str) -> None:
        post = start_server()
        mailer = SmtpMailer(f"smtp://127.0.0.1:{post.port}")
        setattr(post, place, "550 5.1.1 no such mailbox")
        with pytest.raises(MailRefused, match=r"550 .*no such mailbox"):
            mailer.send(compose(ENVELOPE))
        setattr(post, place, "451 4.7.1 come back later")
        with pytest.raises(MailUnavailable, match=r"451 .*come back later"):
            mailer.send(compose(ENVELOPE))

    def test_says_when_nobody_listens(self) -> None:
        with pytest.raises(MailUnavailable, match="did not take the message"):
            SmtpMailer("smtp://127.0.0.1:1").send(compose(ENVELOPE))

    @pytest.mark.parametrize("url", ["", "localhost:25", "http://localhost", "smtp://", "smtp://h?starttls=maybe"])
    def test_says_what_a_url_looks_like(self, url: str) -> None:
        with pytest.raises(ValueError, match="BANKSIA_SMTP_URL is smtp://"):
            SmtpMailer(url)


class TestCompose:
    def test_has_text_html_and_files(self) -> None:
        receipt = AttachedFile("Receipt R-028132.pdf", "application/pdf", b"%PDF-1.7\n")
        message = compose(ENVELOPE, [receipt])
        parsed = message_from_bytes(message.as_bytes(policy=policy.SMTP), policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
        assert text is not None
        assert html is not None
        assert "BH-2026-04466" in text.get_content()
        assert "<p>" in html.get_content()
        (attached,) = parsed.iter_attachments()
        assert (attached.get_filename(), attached.get_content()) == ("Receipt R-028132.pdf", b"%PDF-1.7\n")

    def test_a_line_break_starts_no_header(self) -> None:
        message = compose(replace(ENVELOPE, subject="Order\r\nBcc: everyone@example.org", from_name="Blue\nHills"))
        assert message["Bcc"] is None
        assert message["Subject"] == "Order Bcc: everyone@example.org"

    @pytest.mark.parametrize("address", ["", "nobody", "a@b\r\nBcc: c@d", "a@b, c@d"])
    def test_refuses_what_is_no_address(self, address: str) -> None:
        with pytest.raises((ValueError, IndexError)):
            compose(replace(ENVELOPE, to=address))

    def test_keeps_names_in_any_script(self) -> None:
        message = compose(replace(ENVELOPE, subject="Zertifikat für שלום 東京", from_name="Conseil d'Été"))
        parsed = message_from_bytes(message.as_bytes(policy=policy.SMTP), policy=policy.default)
        assert parsed["Subject"] == "Zertifikat für שלום 東京"
        assert parsed["From"].addresses[0].display_name == "Conseil d'Été"


class TestMailCatcher:
    def test_keeps_a_message_once_however_often_it_is_sent(self, tmp_path: Path) -> None:
        catcher = MailCatcher(tmp_path / "mail")
        catcher.send(compose(ENVELOPE))
        catcher.send(compose(replace(ENVELOPE, subject="Again")))
        (caught,) = catcher.newest(10)
        assert caught.message["Subject"] == "Again"
        assert caught.sent_at == ENVELOPE.sent_at
        assert [path.name for path in (tmp_path / "mail").iterdir()] == ["0199-1.eml"]

    def test_lists_the_newest_first(self, tmp_path: Path) -> None:
        catcher = MailCatcher(tmp_path)
        for number in range(4):
            catcher.send(compose(replace(ENVELOPE, message_id=f"<0199-{number}@banksia.example>")))
        assert [caught.name for caught in catcher.newest(3)] == ["0199-3", "0199-2", "0199-1"]

    @pytest.mark.parametrize("name", ["../0199-1", "", ".", "0199-1.eml", "missing"])
    def test_finds_only_its_own_files(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "0199-1.eml").write_bytes(compose(ENVELOPE).as_bytes())
        catcher = MailCatcher(tmp_path / "mail")
        catcher.send(compose(ENVELOPE))
        assert catcher.find("0199-1") is not None
        assert catcher.find(name) is None

    def test_is_empty_before_the_first_message(self, tmp_path: Path) -> None:
        assert MailCatcher(tmp_path / "nothing").newest(10) == []


class TestMailTemplates:
    @pytest.fixture
    def templates(self, tmp_path: Path) -> MailTemplates:
        (tmp_path / "paid.txt").write_text("Subject: {{ number }} is paid\n\n{{ name }}: {{ at | moment }}\n")
        (tmp_path / "paid.html").write_text(
            '{% extends "notifications/layout.html" %}{% block body %}<b>{{ name }}</b>{% endblock %}'
        )
        (tmp_path / "headless.txt").write_text("No subject here\n\nText\n")
        ours = files("banksia.foundation.notifications") / "templates"
        return MailTemplates({"certificates": tmp_path, "notifications": ours})

    @pytest.fixture
    def context(self) -> dict[str, Any]:
        council = SimpleNamespace(name="Blue & Hills", phone="02 5550 1234", email="", time_zone="Australia/Sydney")
        return {
            "council": council,
            "number": "BH-1",
            "name": "<i>Dale</i>",
            "at": datetime(2026, 11, 23, 4, tzinfo=UTC),
        }

    def test_escapes_in_html_and_not_in_text(self, templates: MailTemplates, context: dict[str, Any]) -> None:
        rendered = templates.render("certificates/paid", context)
        assert rendered.subject == "BH-1 is paid"
        assert rendered.text == "<i>Dale</i>: 3 pm, Mon 23 Nov 2026\n"
        assert "<b>&lt;i&gt;Dale&lt;/i&gt;</b>" in rendered.html
        assert "Blue &amp; Hills" in rendered.html

    def test_an_unknown_name_is_an_error(self, templates: MailTemplates, context: dict[str, Any]) -> None:
        del context["number"]
        with pytest.raises(Exception, match="'number' is undefined"):
            templates.render("certificates/paid", context)

    def test_a_text_starts_with_its_subject(self, templates: MailTemplates, context: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="must start with one line"):
            templates.render("certificates/headless", context)

    @pytest.mark.parametrize("name", ["certificates/missing", "unknown/paid", "certificates/../paid", "paid"])
    def test_finds_only_templates_of_modules(
        self, templates: MailTemplates, context: dict[str, Any], name: str
    ) -> None:
        with pytest.raises(Exception, match=name):
            templates.render(name, context)


class TestFilters:
    def test_a_day_has_its_name_and_year(self) -> None:
        assert day(date(2026, 3, 4)) == "Wed 4 Mar 2026"
