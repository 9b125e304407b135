"""What most tests of property files stand on: a council, a property with a folder, and a records officer."""

import uuid
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files.tests.factories import folder_id, make_property


@pytest.fixture
def transactions(platform: Platform, organisation: Council) -> Transactions:
    return Transactions(platform, Actor.system(organisation.id))


@pytest.fixture
def property_id(transactions: Transactions) -> uuid.UUID:
    with transactions() as session:
        return make_property(session, address="9 PORTLAND ROAD PORTLAND", parcels=["2/2/DP2288"])


@pytest.fixture
def home(property_id: uuid.UUID) -> uuid.UUID:
    return property_id


@pytest.fixture
def other(transactions: Transactions) -> uuid.UUID:
    with transactions() as session:
        return make_property(session, address="2 BRIDGE STREET LITHGOW", parcels=["7//DP9"])


@pytest.fixture
def folder(transactions: Transactions) -> uuid.UUID:
    with transactions() as session:
        return folder_id(session, transactions.actor)


@pytest.fixture
def folders(transactions: Transactions) -> dict[str, str]:
    """A folder that everybody may open, and one that is restricted once `make_secret` has closed it."""
    keys = {"open": "general_correspondence", "closed": "notices_and_orders"}
    with transactions() as session:
        return {name: str(folder_id(session, transactions.actor, key)) for name, key in keys.items()}


@pytest.fixture
def records(signed_in_as: Callable[..., TestClient]) -> TestClient:
    return signed_in_as("records_officer")
