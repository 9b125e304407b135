"""Harm to stored bytes, on any store."""

from collections.abc import Callable

import pytest

from banksia.foundation.storage.adapters.incoming import Incoming
from banksia.foundation.storage.models import StoredObject
from banksia.foundation.storage.service.keeping import object_key, store_of
from banksia.kit.platform import Platform

Harm = Callable[[StoredObject, bytes | None], None]


@pytest.fixture
def harm(platform: Platform) -> Harm:
    """Put other bytes in the place of an object's, or none, behind the back of everybody."""

    def harmed(stored: StoredObject, content: bytes | None) -> None:
        store, key = store_of(platform), object_key(stored.organisation_id, stored.sha256)
        store.delete(key)
        if content is not None:
            with Incoming(store.incoming_folder) as incoming:
                incoming.write(content)
                store.put(key, incoming)

    return harmed
