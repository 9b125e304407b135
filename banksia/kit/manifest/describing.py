"""The manifest of a built-in or Python module, made from what it registers: conformance then is one thing for all."""

import re
from collections.abc import Iterable

from fastapi.routing import RouteContext

from banksia.kit.actor import Permission
from banksia.kit.manifest.models import Audience, Manifest
from banksia.kit.manifest.reading import check_manifest
from banksia.kit.module import Module

TAKEN = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
CONVERTER = re.compile(r":[a-z]+\}")


def manifest_of(module: Module, routes: Iterable[RouteContext]) -> Manifest:
    """What an installed module says, in the words of a manifest; raises ManifestBroken when it breaks a rule.

    `routes` are those of the application, each under its whole path; the other modules' are passed over.
    """
    permissions = {each.name: each for each in module.permissions}
    return check_manifest(
        {
            "protocol": 1,
            "id": module.name,
            "title": module.title,
            "version": module.version,
            "kind": module.kind,
            "description": module.description,
            "publisher": {"name": module.package.split(".", 1)[0] or module.name},
            "requires": _requirements(module),
            "provides": [{"name": f"{module.name}.{name.removeprefix(f'{module.name}.')}"} for name in module.provides],
            "permissions": [
                {"name": each.name, "title": each.title, "roles": list(each.roles)} for each in module.permissions
            ],
            "routes": [_route(module, each, permissions) for each in routes if _is_of(module, each)],
            "pages": _pages(module),
            "widgets": [
                {
                    "name": each.name,
                    "title": each.title,
                    "path": f"/widgets/{each.name}",
                    "place": each.place,
                    "permission": each.permission.name if each.permission else None,
                }
                for each in module.widgets
            ],
            "events": {
                "hears": sorted(name for name in module.listens if name.split(".", 1)[0] != module.name),
                "emits": [{"name": each.name} for each in module.events],
            },
            "settings": module.settings.model_json_schema() if module.settings else {},
        }
    )


def _requirements(module: Module) -> list[dict[str, str]]:
    """What it depends on, and the parts of the foundation whose permissions it asks for."""
    asked = [each.permission for each in module.navigation] + [each.permission for each in module.widgets]
    owners = {each.name.split(".", 1)[0] for each in asked if each} - {module.name}
    return [{"module": name} for name in sorted({*module.depends_on, *owners})]


def _is_of(module: Module, route: RouteContext) -> bool:
    path = route.path or ""
    return f"{path}/".startswith(f"/api/{module.name}/") and bool(TAKEN.intersection(route.methods or ()))


def _route(module: Module, route: RouteContext, permissions: dict[str, Permission]) -> dict[str, object]:
    name = (route.openapi_extra or {}).get("x-permission")
    path = CONVERTER.sub("}", (route.path or "").removeprefix(f"/api/{module.name}")) or "/"
    methods = sorted(TAKEN.intersection(route.methods or ()))
    return {"path": path, "methods": methods, "audience": _audience(name, permissions), "permission": name}


def _audience(name: str | None, permissions: dict[str, Permission]) -> Audience:
    if name is None:
        return "public"
    roles = set(permissions[name].roles) if name in permissions else set()
    if "customer" in roles:
        return "customer"
    return "admin" if roles == {"administrator"} else "staff"


def _pages(module: Module) -> dict[str, object] | None:
    if not module.navigation and not module.page:
        return None
    return {
        "script": f"/{module.page.rsplit('/', 1)[-1] or 'index.js'}",
        "mode": "origin",
        "navigation": [
            {
                "label": each.label,
                "to": each.to,
                "area": each.area,
                "permission": each.permission.name if each.permission else None,
                "group": each.group,
            }
            for each in module.navigation
        ],
    }
