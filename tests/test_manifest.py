"""Manifests: what is taken, what is refused and with which words, and what counts as asking for more."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from banksia.foundation.connections.tests.factories import a_manifest
from banksia.kit.checks import api_routes
from banksia.kit.manifest import (
    ManifestBroken,
    asks_for_more,
    differences,
    digest_of,
    manifest_of,
    read_manifest,
    schema_problems,
    value_problems,
)
from banksia.kit.module import Modules

MANAGE = "bookings.bookings.manage"


def read(**changes: Any) -> Any:
    return read_manifest(json.dumps(a_manifest(**changes)).encode())


def problems(**changes: Any) -> str:
    with pytest.raises(ManifestBroken) as broken:
        read(**changes)
    return " ".join(broken.value.problems)


def route(path: str = "/a", **more: Any) -> dict[str, Any]:
    return {"path": path, "methods": ["GET"], "audience": "public", **more}


class TestReadManifest:
    def test_takes_one_that_breaks_no_rule(self) -> None:
        manifest = read()
        assert manifest.events.emits[0].json_schema["required"] == ["booking_id"]
        assert manifest.limits.seconds == 30

    def test_knows_it_again_however_it_is_written(self) -> None:
        turned = dict(reversed(a_manifest().items()))
        assert digest_of(read_manifest(json.dumps(turned, indent=4).encode())) == digest_of(read())
        assert digest_of(read(title="Another")) != digest_of(read())

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "not JSON"),
            (b"[]", "Begin it with {"),
            (b'{"protocol": 1, "protocol": 1}', "twice"),
            (b'{"protocol": NaN}', "no number"),
            (b"[" * 100_000, "not JSON"),
            (b'{"a":' * 40 + b"1" + b"}" * 40, "nested"),
            (b'{"title": "\\u0000"}', "NUL"),
            (b'{"title": "\\ud800"}', "surrogate"),
            (b'{"x": ' + b"1" * 5000 + b"}", "not JSON"),
            (b"\xff\xfe", "not JSON"),
        ],
    )
    def test_refuses_what_two_readers_would_read_differently(self, content: bytes, words: str) -> None:
        with pytest.raises(ManifestBroken) as broken:
            read_manifest(content)
        assert words in broken.value.problems[0]

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"id": "api"}, "taken"),
            ({"id": "settings"}, "taken"),
            ({"id": "Bookings"}, "has not the form"),
            ({"surprise": 1}, "There is no such field"),
            ({"permissions": [{"name": "property.a.b", "title": "x", "roles": []}]}, "must begin with “bookings.”"),
            ({"routes": [route(audience="staff")]}, "names no permission"),
            ({"routes": [route(permission=MANAGE)]}, "is public and names a permission"),
            ({"routes": [route(audience="staff", permission="bookings.c.d")]}, "Declare it under permissions"),
            ({"routes": [route(audience="staff", permission="rates.c.d")]}, "Add rates to requires"),
            ({"routes": [route("/a/{x}"), route("/a/{y}")]}, "declared 2 times"),
            ({"routes": [route("/a/{x}/{x}")]}, "parameter twice"),
            ({"routes": [route("/a/../b")]}, "“..”"),
            ({"routes": [route("/a//b")]}, "has not the form"),
            ({"routes": [route("/a?b")]}, "has not the form"),
            ({"routes": [route(methods=["GET", "GET"])]}, "method twice"),
            ({"health": "/../health"}, "“..”"),
            ({"requires": [{"module": "bookings"}]}, "cannot require itself"),
            ({"requires": [{"module": "property", "version": "^1.0"}]}, "has not the form"),
            ({"requires": []}, "needs the module “property”"),
            ({"events": {"hears": ["bookings.booking_made"]}}, "own event"),
            ({"capabilities": []}, "payments.raise"),
            ({"settings": {"type": "string"}}, "must describe an object"),
            ({"pages": {"script": "/page.js", "navigation": [{"label": "x", "to": "/rates/staff"}]}}, "must lie below"),
            ({"pages": {"script": "https://evil.example/x.js"}}, "has not the form"),
            ({"title": "a\x07b"}, "control characters"),
        ],
    )
    def test_says_what_to_do(self, changes: dict[str, Any], words: str) -> None:
        assert words in problems(**changes)

    def test_lets_a_permission_of_a_required_module_be_asked_for(self) -> None:
        asked = route(audience="staff", permission="property.properties.read")
        assert read(routes=[asked]).routes[0].permission == "property.properties.read"


class TestSchemas:
    @pytest.mark.parametrize(
        ("schema", "words"),
        [
            ({"$ref": "https://evil.example/schema"}, "$ref must name"),
            ({"$ref": "#"}, "$ref must name"),
            ({"$defs": {"a": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}, "refers to itself"),
            ({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"not": {"$ref": "#/$defs/a"}}}}, "refers to itself"),
            ({"$dynamicRef": "#x"}, "is not taken"),
            ({"$id": "https://x.example/"}, "is not taken"),
            ({"type": "wizard"}, "is no JSON Schema"),
            ({"type": "string", "pattern": "("}, "is no JSON Schema"),
            ({"$schema": "http://json-schema.org/draft-04/schema#"}, "$schema must be"),
            ({"enum": list(range(3000)), "properties": {str(n): {} for n in range(3000)}}, "more than 2000"),
        ],
    )
    def test_that_are_endless_or_lead_away_are_refused(self, schema: dict[str, Any], words: str) -> None:
        assert words in " ".join(schema_problems(schema, "settings"))

    def test_with_parts_of_their_own_are_taken(self) -> None:
        schema = {"$defs": {"a": {"type": "integer"}}, "properties": {"x": {"$ref": "#/$defs/a"}}}
        assert schema_problems(schema, "settings") == []
        assert value_problems(schema, {"x": 1}) == []
        assert value_problems(schema, {"x": "1"})[0]["field"] == "x"

    @pytest.mark.timeout(5)
    def test_with_a_pattern_that_explodes_elsewhere_are_quick(self) -> None:
        schema = {"type": "string", "pattern": "^(a+)+$"}
        assert schema_problems(schema, "x") == []
        assert value_problems(schema, "a" * 5000 + "b")


class TestAsksForMore:
    @pytest.mark.parametrize(
        "changes",
        [
            {"routes": []},
            {"title": "Halls", "version": "9.9.9", "publisher": {"name": "Another"}},
            {"capabilities": ["payments.raise"]},
            {"limits": {"seconds": 5, "body_bytes": 1}},
            {"events": {}},
            {"settings": {}},
            {"permissions": [{"name": MANAGE, "title": "Manage hall bookings", "roles": ["administrator"]}]},
        ],
    )
    def test_not_for_less(self, changes: dict[str, Any]) -> None:
        assert not asks_for_more(read(), read(**changes))

    @pytest.mark.parametrize(
        "changes",
        [
            {"routes": [route()]},
            {"routes": [route("/halls/{hall_id}", methods=["GET", "POST"])]},
            {"capabilities": [*a_manifest()["capabilities"], "audit.record"]},
            {"limits": {"seconds": 31}},
            {"permissions": [{"name": MANAGE, "title": "Manage", "roles": ["counter_clerk", "customer"]}]},
            {"permissions": [{"name": MANAGE, "title": "Manage hall bookings", "roles": ["finance_officer"]}]},
            {"events": {"hears": ["payments.payment_settled", "certificates.certificate_issued"]}},
            {"events": {"hears": ["payments.payment_settled"], "url": "/other"}},
            {"data": []},
            {"data": [{"name": "Bookings", "personal": True, "retention": "for ever"}]},
            {"pages": {"script": "/page.js", "mode": "origin"}},
            {"kind": "truth"},
        ],
    )
    def test_for_more(self, changes: dict[str, Any]) -> None:
        assert asks_for_more(read(), read(**changes))

    def test_of_a_route_that_opens(self) -> None:
        closed = route(audience="staff", permission=MANAGE)
        assert asks_for_more(read(routes=[closed]), read(routes=[route()]))

    def test_tells_each_difference_by_its_area(self) -> None:
        found = differences(read(), read(title="Halls", capabilities=["payments.raise", "audit.record"]))
        told = {(each.area, each.change, each.name) for each in found}
        assert ("capabilities", "added", "audit.record") in told
        assert ("capabilities", "removed", "notices.send") in told
        assert ("about", "changed", "title") in told


class TestManifestOf:
    def test_describes_every_installed_module(self, modules: Modules, client: TestClient) -> None:
        app = client.app
        assert isinstance(app, FastAPI)
        found = {module.name: manifest_of(module, api_routes(app)) for module in modules}
        assert "customer" in {each.audience for each in found["webhooks"].routes}
        certificates = found["certificates"]
        assert "property" in [each.module for each in certificates.requires]
        assert {each.audience for each in certificates.routes} >= {"public", "admin", "staff"}
        assert "payments.payment_settled" in certificates.events.hears
