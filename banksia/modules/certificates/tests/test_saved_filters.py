"""Saved filters: one's own stay one's own, shared ones are everybody's to pick."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor, PermissionMissing
from banksia.modules.certificates.errors.saved_filters import (
    FilterNameTaken,
    FilterNotFound,
    FilterNotYours,
    TooManyFilters,
)
from banksia.modules.certificates.schemas.saved_filters import (
    QueueSearch,
    SavedFilterCreate,
    SavedFilterRead,
    SavedFilterUpdate,
)
from banksia.modules.certificates.service import saved_filters as service

URGENT = QueueSearch(place="queue", view="overdue", product="603", urgent="yes")


def save(session: Session, actor: Actor, name: str = "Late", *, shared: bool = False) -> SavedFilterRead:
    return service.save_filter(session, actor, created=SavedFilterCreate(name=name, search=URGENT, is_shared=shared))


def names(session: Session, actor: Actor) -> list[str]:
    return [each.name for each in service.list_filters(session, actor, place="queue").filters]


class TestSaveFilter:
    def test_keeps_what_the_list_showed_for_its_owner_alone(
        self, session: Session, officer: Actor, administrator: Actor
    ) -> None:
        save(session, officer)
        kept = service.list_filters(session, officer, place="queue").filters[0]
        assert (kept.search, kept.is_mine, kept.may_change) == (URGENT, True, True)
        assert names(session, administrator) == []
        assert service.list_filters(session, officer, place="orders").filters == []

    def test_shares_with_everybody_when_one_may(
        self, session: Session, officer: Actor, actor_with: Callable[..., Actor]
    ) -> None:
        clerk = actor_with("counter_clerk")
        save(session, officer, shared=True)
        [seen] = service.list_filters(session, clerk, place="queue").filters
        assert (seen.owner_name, seen.is_mine, seen.may_change) == (officer.name, False, False)
        with pytest.raises(PermissionMissing):
            save(session, clerk, shared=True)

    def test_refuses_a_second_one_of_a_name_and_too_many(
        self, session: Session, officer: Actor, administrator: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save(session, officer)
        save(session, administrator)
        monkeypatch.setattr(service, "MOST_OF_ONE_PERSON", 1)
        with pytest.raises(TooManyFilters):
            save(session, officer, "Another")


class TestChange:
    def test_renames_shares_and_deletes(self, session: Session, officer: Actor, administrator: Actor) -> None:
        kept = save(session, officer)
        changes = SavedFilterUpdate(name="Late and urgent", is_shared=True)
        service.update_filter(session, officer, filter_id=kept.id, changes=changes)
        assert names(session, administrator) == ["Late and urgent"]
        service.delete_filter(session, administrator, filter_id=kept.id)
        session.flush()
        assert names(session, officer) == []

    def test_leaves_what_is_not_theirs(
        self, session: Session, officer: Actor, administrator: Actor, actor_with: Callable[..., Actor]
    ) -> None:
        own, shared = save(session, officer), save(session, officer, "Team", shared=True)
        clerk = actor_with("counter_clerk")
        with pytest.raises(FilterNotFound):
            service.delete_filter(session, administrator, filter_id=own.id)
        with pytest.raises(FilterNotYours):
            service.delete_filter(session, clerk, filter_id=shared.id)

    def test_refuses_the_name_of_another_of_ones_filters(self, session: Session, officer: Actor) -> None:
        save(session, officer)
        other = save(session, officer, "Other")
        with pytest.raises(FilterNameTaken):
            service.update_filter(
                session, officer, filter_id=other.id, changes=SavedFilterUpdate(name="Late", is_shared=False)
            )


class TestRoutes:
    def test_saves_lists_and_refuses_what_no_list_knows(self, signed_in_as: Callable[..., Any]) -> None:
        client = signed_in_as("certificate_officer")
        path = "/api/certificates/saved-filters"
        search = {"place": "queue", "view": "overdue", "q": "portland"}
        kept = client.post(path, json={"name": "Portland", "search": search})
        assert kept.status_code == 201
        again = client.post(path, json={"name": "Portland", "search": search})
        assert (again.status_code, again.json()["title"]) == (409, "You have a filter of this name")
        wrong = client.post(path, json={"name": "Odd", "search": {**search, "state": "lost"}})
        assert wrong.status_code == 422
        assert client.delete(f"{path}/{kept.json()['id']}").status_code == 204
        assert client.get(path, params={"place": "queue"}).json()["filters"] == []
