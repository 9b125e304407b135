"""Who acts, and what they may do."""

import uuid

import pytest

from banksia.kit.actor import Actor, Permission, PermissionMissing
from banksia.kit.errors import Unauthenticated

ORGANISATION = uuid.UUID(int=1)
ISSUE = Permission("certificates.orders.issue", "Issue certificates", roles=("certificate_officer",))


class TestRequire:
    def test_lets_pass_who_has_the_permission(self) -> None:
        Actor(ORGANISATION, "staff", permissions=frozenset({ISSUE.name})).require(ISSUE)

    def test_asks_a_guest_to_sign_in(self) -> None:
        with pytest.raises(Unauthenticated):
            Actor.guest(ORGANISATION).require(ISSUE)

    @pytest.mark.parametrize("kind", ["customer", "staff", "token"])
    def test_tells_everybody_else_what_is_missing(self, kind: str) -> None:
        actor = Actor(ORGANISATION, kind, permissions=frozenset({"certificates.orders.read"}))  # type: ignore[arg-type]  # one of three
        with pytest.raises(PermissionMissing) as refused:
            actor.require(ISSUE)
        assert "Issue certificates" in refused.value.detail
        assert refused.value.document()["permission"] == ISSUE.name

    def test_the_system_may_do_all(self) -> None:
        assert Actor.system(ORGANISATION).may(ISSUE)

    def test_a_role_alone_is_no_permission(self) -> None:
        actor = Actor(ORGANISATION, "staff", roles=frozenset({"certificate_officer", "administrator"}))
        assert not actor.may(ISSUE)
