"""`/dev/mail`: what a demo or a developer's installation would have sent. Gone where mail is sent."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader

from banksia.foundation.notifications.adapters.catcher import CaughtMail, MailCatcher
from banksia.foundation.notifications.service.delivering import mail_folder
from banksia.foundation.storage.public import content_disposition
from banksia.kit.settings import Settings

SHOWN = 200
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'"
# The message's own HTML is somebody else's page: no script, no form, no request; a link opens in a new tab.
BODY_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'self'"
)


class CaughtMailPages:
    """The pages over one folder of caught mail."""

    def __init__(self, catcher: MailCatcher) -> None:
        self._catcher = catcher
        self._pages = Environment(
            loader=PackageLoader("banksia.foundation.notifications", "templates"), autoescape=True
        )

    def list_caught_mail(self) -> HTMLResponse:
        return self._page("dev_mail_list.html", messages=self._catcher.newest(SHOWN))

    def show_caught_mail(self, name: str) -> HTMLResponse:
        return self._page("dev_mail_message.html", caught=self._find(name))

    def show_html_body(self, name: str) -> HTMLResponse:
        # Links of a message stay in its frame otherwise, where most sites refuse to be shown.
        content = self._find(name).body("html").replace("<head>", '<head><base target="_blank">', 1)
        return HTMLResponse(content, headers={"Content-Security-Policy": BODY_POLICY, "X-Frame-Options": "SAMEORIGIN"})

    def download_attachment(self, name: str, index: int) -> Response:
        attachments = self._find(name).attachments
        if not 0 <= index < len(attachments):
            raise HTTPException(404, "This message has no such attachment.")
        return Response(
            attachments[index].get_payload(decode=True),
            media_type="application/octet-stream",
            headers={
                "Content-Disposition": content_disposition(
                    "attachment", attachments[index].get_filename() or "attachment"
                ),
                "X-Content-Type-Options": "nosniff",
            },
        )

    def _find(self, name: str) -> CaughtMail:
        caught = self._catcher.find(name)
        if caught is None:
            raise HTTPException(404, "There is no such message. It may have gone with a reset.")
        return caught

    def _page(self, template: str, **values: object) -> HTMLResponse:
        return HTMLResponse(
            self._pages.get_template(template).render(values), headers={"Content-Security-Policy": PAGE_POLICY}
        )


def mail_pages(settings: Settings) -> APIRouter | None:
    """The pages of caught mail, or None where mail is not caught."""
    if not settings.catches_mail:
        return None
    pages = CaughtMailPages(MailCatcher(mail_folder(settings)))
    router = APIRouter(prefix="/dev/mail", include_in_schema=False)
    router.add_api_route("", pages.list_caught_mail)
    router.add_api_route("/{name}", pages.show_caught_mail)
    router.add_api_route("/{name}/html", pages.show_html_body)
    router.add_api_route("/{name}/attachments/{index}", pages.download_attachment)
    return router
