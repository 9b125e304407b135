"""create_app: modules in, a FastAPI application out."""

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from sqlalchemy import Connection, Engine

from banksia import __version__
from banksia.app import discovery, health, problems, web
from banksia.app.middleware import Guarded
from banksia.foundation.connections.public import authenticate_all
from banksia.foundation.connections.routes import gateway, gateway_files
from banksia.foundation.notifications.routes.dev_mail import mail_pages
from banksia.foundation.organisations.public import find_council
from banksia.kit.kill_points import arm
from banksia.kit.module import Modules, discover
from banksia.kit.platform import Platform, make_platform
from banksia.kit.settings import Settings


def create_platform(settings: Settings, modules: Modules, *, bind: Engine | Connection | None = None) -> Platform:
    """The installation as a process sees it, with its foundation wired in."""
    platform = make_platform(settings, modules, bind=bind)
    platform.authenticate, platform.find_council = authenticate_all, find_council
    return platform


def create_app(
    settings: Settings | None = None, modules: Modules | None = None, *, platform: Platform | None = None
) -> FastAPI:
    """The application for these settings and modules; both are found when not given."""
    if platform is None:
        platform = create_platform(settings or Settings(), modules or discover())
    arm(platform.settings.kill_point)

    app = FastAPI(
        title="Banksia",
        version=__version__,
        description="The API of a council's services. Errors are problem documents (RFC 9457).",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=gateway.calling,
    )
    app.state.platform = platform
    for module in platform.modules:
        for router in module.routers:
            router.routes.below = f"/api/{module.name}"
            app.include_router(router.routes, prefix=f"/api/{module.name}")
    web.install_frame(app, platform)
    app.include_router(discovery.router)
    app.include_router(health.router)
    if (mail := mail_pages(platform.settings)) is not None:
        app.include_router(mail)
    problems.install(app)
    web.install(app, platform)
    app.state.paths = {context.endpoint: context.path for context in iter_route_contexts(app.routes)}
    gateway_files.install(app)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend the document
    app.add_middleware(Guarded, settings=platform.settings)
    return app


def describe(app: FastAPI) -> dict[str, object]:
    """The OpenAPI document, with the problem document that every route may answer."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        problems.describe(document)
        app.openapi_schema = document
    return app.openapi_schema
