"""Our own rules of style, over the whole tree; each is shown to find what it forbids."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def rules() -> ModuleType:
    """scripts/house_rules.py, which `make check` runs."""
    spec = importlib.util.spec_from_file_location("house_rules", ROOT / "scripts" / "house_rules.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def files(rules: ModuleType) -> list[Path]:
    every = (path for folder in rules.FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in every if not rules.SKIPPED & set(path.parts))


def test_the_tree_keeps_every_rule(rules: ModuleType) -> None:
    found = [finding for path in files(rules) for finding in rules.check(path, path.read_text("utf-8"))]
    assert [f"{each.path.relative_to(ROOT)}:{each.line}: {each.rule}: {each.text}" for each in found] == []


def test_nothing_is_left_unfinished(rules: ModuleType) -> None:
    marks = tuple(first + second for first, second in (("TO", "DO"), ("FIX", "ME"), ("X", "XX"), ("HA", "CK")))
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files(rules)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if any(f"# {mark}" in line for mark in marks)
    ]
    assert found == []


class TestRules:
    @pytest.mark.parametrize(
        ("rule", "code"),
        [
            ("commit", "session.commit()"),
            ("send", "notify.delay(1)"),
            ("send", "notify.apply_async()"),
            ("unscoped-query", "rows = session.scalars(select(Order))"),
            ("offset", "page = orders.offset(100)"),
            ("naive-time", "now = datetime.now()"),
            ("naive-time", "now = datetime.datetime.utcnow()"),
            ("naive-time", "day = date.today()"),
            ("long-function", "def work() -> None:\n" + "    do()\n" * 41),
            ("long-file", "\n" * 301),
        ],
    )
    def test_finds_its_breach(self, rules: ModuleType, rule: str, code: str) -> None:
        path = ROOT / "banksia" / "modules" / "orders" / "service.py"
        assert [finding.rule for finding in rules.check(path, code)] == [rule]

    @pytest.mark.parametrize("name", ["utils.py", "helpers.py", "common.py", "base.py"])
    def test_finds_a_name_that_says_nothing(self, rules: ModuleType, name: str) -> None:
        path = ROOT / "banksia" / "modules" / "orders" / name
        assert [finding.rule for finding in rules.check(path, "")] in ([], ["meaningless-name"])
        assert [finding.rule for finding in rules.check(path, "x = 1\n")] == ["meaningless-name"]

    @pytest.mark.parametrize(
        ("file", "code"),
        [
            ("queries.py", "rows = select(Order)"),
            ("service.py", "now = datetime.now(UTC)"),
            ("service.py", "chosen = page.select(1)"),
            ("tests/test_service.py", "session.commit()"),
        ],
    )
    def test_lets_pass_what_is_right(self, rules: ModuleType, file: str, code: str) -> None:
        assert list(rules.check(ROOT / "banksia" / "modules" / "orders" / file, code)) == []
