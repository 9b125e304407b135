"""A crowd: many more requests at once than a process has connections to the database, or threads."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2 as httpx
import pytest
from live import Live, live

from banksia.kit.module import Modules
from banksia.testing.databases import TestDatabases

AT_ONCE, REQUESTS = 120, 150


@pytest.fixture(scope="module")
def here(databases: TestDatabases, modules: Modules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(databases, modules, tmp_path_factory.mktemp("crowd"), database_pool_size=1) as here:
        here.start("api")
        yield here


@pytest.mark.parametrize("path", ["/api/auth/me", "/api/certificates/lines", "/api/organisations/current"])
def test_is_served_one_after_another_and_nobody_is_turned_away(here: Live, path: str) -> None:
    officer = here.browser("certificate_officer")

    def ask(_number: int) -> int:
        return httpx.get(
            here.url + path, cookies=dict(officer.cookies), headers=officer.headers, timeout=60, trust_env=False
        ).status_code

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = Counter(crowd.map(ask, range(REQUESTS)))
    assert answers == {200: REQUESTS}
