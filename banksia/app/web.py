"""The built single-page application, and the page that shows the API."""

from mimetypes import guess_type
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from banksia.kit.platform import Platform

OURS = ("api/", "assets/", "modules/", "dev/", "healthz", "readyz", "metrics")
CODINGS = {"br": ".br", "gzip": ".gz"}
"""How the build compressed the assets, smallest first."""
NOWHERE = ("", None)
NOT_BUILT = "<!doctype html><title>Banksia</title><p>The pages are not built. Run <code>make run</code>.</p>"


class Assets(StaticFiles):
    """Files whose names hold a hash of their content: kept by browsers for ever, sent compressed where it helps."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file in the smallest form that the browser takes."""
        accepted = {part.split(";")[0].strip() for part in Headers(scope=scope).get("accept-encoding", "").split(",")}
        for coding, ending in CODINGS.items():
            if coding in accepted and await run_in_threadpool(self.lookup_path, path + ending) != NOWHERE:
                response = await super().get_response(path + ending, scope)
                response.headers["Content-Encoding"] = coding
                response.headers["Content-Type"] = guess_type(path)[0] or "application/octet-stream"
                break
        else:
            response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        return response


def web_dir(platform: Platform) -> Path:
    """Where the built pages lie: as set, in the wheel, or in the checkout."""
    package = Path(__file__).parents[1]
    built = package.parent / "web" / "dist"
    for path in (platform.settings.web_dir, package / "web_dist"):
        if path is not None and path.joinpath("index.html").is_file():
            return path
    return built


def install(app: FastAPI, platform: Platform) -> None:
    """Serve the pages: an asset as it is, every address that is not ours as the shell, which knows what it means."""
    root = web_dir(platform)
    if root.joinpath("assets").is_dir():
        app.mount("/assets", Assets(directory=root / "assets"), name="assets")

    @app.get("/api/docs", include_in_schema=False)
    def show_api() -> Response:
        """The API reference."""
        return _page(root / "api-docs.html")

    @app.get("/{path:path}", include_in_schema=False)
    def show_shell(path: str) -> Response:
        """The shell of the single-page application."""
        if path.startswith(OURS) or path in ("api", "assets", "modules", "dev") or "/.well-known/" in f"/{path}":
            raise HTTPException(404)
        file = root / path
        if path and "/" not in path and not path.startswith(".") and file.is_file():
            return FileResponse(file)
        return _page(root / "index.html")


def _page(built: Path) -> Response:
    """A built page, asked for afresh each time, because it names the assets of its build."""
    if not built.is_file():
        return HTMLResponse(NOT_BUILT, status_code=503)
    return FileResponse(built, headers={"Cache-Control": "no-cache"})
