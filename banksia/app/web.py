"""The built single-page application, and the page that shows the API."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.staticfiles import StaticFiles

from banksia.kit.platform import Platform

OURS = ("api/", "assets/", "modules/", "dev/", "healthz", "readyz", "metrics")
NOT_BUILT = "<!doctype html><title>Banksia</title><p>The pages are not built. Run <code>make run</code>.</p>"


class Assets(StaticFiles):
    """Files whose names hold a hash of their content: kept by browsers for ever."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, to be kept."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def web_dir(platform: Platform) -> Path:
    """Where the built pages lie: as set, in the wheel, or in the checkout."""
    package = Path(__file__).parents[1]
    found = (platform.settings.web_dir, package / "web_dist", package.parent / "web" / "dist")
    return next((path for path in found if path and path.joinpath("index.html").is_file()), found[-1] or package)


def install(app: FastAPI, platform: Platform) -> None:
    """Serve the pages: an asset as it is, every address that is not ours as the shell, which knows what it means."""
    root = web_dir(platform)
    if root.joinpath("assets").is_dir():
        app.mount("/assets", Assets(directory=root / "assets"), name="assets")

    @app.get("/api/docs", include_in_schema=False)
    def show_api() -> HTMLResponse:
        """The API reference."""
        page = get_swagger_ui_html(openapi_url="/api/openapi.json", title="Banksia API")
        return HTMLResponse(page.body)

    @app.get("/{path:path}", include_in_schema=False)
    def show_shell(request: Request, path: str) -> Response:
        """The shell of the single-page application."""
        if path.startswith(OURS) or path in ("api", "assets", "modules", "dev") or "/.well-known/" in f"/{path}":
            raise HTTPException(404)
        file = root / path
        if path and "/" not in path and not path.startswith(".") and file.is_file():
            return FileResponse(file)
        shell = root / "index.html"
        if not shell.is_file():
            return HTMLResponse(NOT_BUILT, status_code=503)
        return FileResponse(shell, headers={"Cache-Control": "no-cache"})


