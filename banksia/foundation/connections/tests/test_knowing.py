"""What a process knows of a council: kept for a moment, and asked for anew once something of it has changed."""

import asyncio

from banksia.foundation.connections.public import known_at
from banksia.foundation.organisations.public import find_council, set_module_enabled
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

MODULE = "files"


def is_on(platform: Platform) -> bool:
    return MODULE in asyncio.run(known_at(platform, "localhost")).council.enabled_modules


def test_a_module_that_is_switched_is_known_at_once(live_platform: Platform) -> None:
    live_platform.find_council = find_council
    transactions = Transactions(live_platform, Actor.system(find_council(live_platform, "localhost").id))
    assert is_on(live_platform)
    for on in (False, True):
        with transactions() as session:
            set_module_enabled(session, transactions.actor, name=MODULE, enabled=on)
            assert is_on(live_platform) is not on  # nothing is committed yet
        assert is_on(live_platform) is on
