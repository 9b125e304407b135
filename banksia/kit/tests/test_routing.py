"""Every route says who may call it."""

import pytest

from banksia.kit.actor import Permission
from banksia.kit.errors import Conflict, NotFound
from banksia.kit.routing import Router

READ = Permission("kit.things.read", "Read things")


class ThingGone(NotFound):
    title = "No such thing"


class ThingBusy(Conflict):
    title = "The thing is busy"


class TestRouter:
    @pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
    def test_refuses_a_route_without_a_permission(self, method: str) -> None:
        with pytest.raises(TypeError, match=r"/things: say permission=\.\.\. or public=True"):
            getattr(Router(), method)("/things")

    def test_refuses_a_public_route_with_a_permission(self) -> None:
        with pytest.raises(TypeError, match="only one of them"):
            Router().get("/things", permission=READ, public=True)

    def test_names_the_operation_and_its_problems(self) -> None:
        router = Router(prefix="/x")

        @router.get("/things", permission=READ, raises=[ThingGone, ThingBusy])
        def list_things() -> None: ...

        (route,) = router.routes.routes
        assert (route.path, route.operation_id, route.tags) == ("/x/things", "kit_list_things", ["kit"])  # type: ignore[attr-defined]  # FastAPI's own kind of route
        assert route.openapi_extra == {"x-permission": "kit.things.read"}  # type: ignore[attr-defined]  # the same
        problems = route.responses  # type: ignore[attr-defined]  # the same
        assert {status: each["description"] for status, each in problems.items()} == {
            404: "No such thing",
            409: "The thing is busy",
        }
        schema = problems[404]["content"]["application/problem+json"]["schema"]
        assert schema["properties"]["type"]["enum"] == ["urn:banksia:kit:thing-gone"]
