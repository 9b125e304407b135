"""Modules: found by entry point, ordered by what they need, never silently lost."""

from importlib.metadata import EntryPoint
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banksia.kit import module as kit_module
from banksia.kit.module import BrokenModule, Module, Modules, discover, in_dependency_order, load


def made_up(name: str, *depends_on: str, kind: str = "workflow") -> Module:
    return Module(name=name, title=name.title(), version="1", kind=kind, depends_on=depends_on)  # type: ignore[arg-type]  # one of three


HERE = made_up("here")
NO_MODULE = "not a module"


class TestInDependencyOrder:
    def test_the_foundation_comes_first_and_then_what_others_need(self) -> None:
        found = in_dependency_order(
            [
                made_up("a", "z"),
                made_up("z"),
                made_up("m"),
                made_up("w", "v", kind="foundation"),
                made_up("v", kind="foundation"),
            ]
        )
        assert [module.name for module in found] == ["v", "w", "m", "z", "a"]

    @given(st.dictionaries(st.integers(0, 8), st.sets(st.integers(0, 8)), max_size=9), st.randoms())
    def test_everything_comes_after_what_it_needs_in_any_order_of_finding(
        self, wanted: dict[int, set[int]], random: Random
    ) -> None:
        modules = [
            made_up(f"m{number}", *(f"m{each}" for each in needs if each < number and each in wanted))
            for number, needs in wanted.items()
        ]
        expected = [module.name for module in in_dependency_order(modules)]
        random.shuffle(modules)
        names = [module.name for module in in_dependency_order(modules)]
        assert names == expected
        for module in modules:
            assert all(names.index(needed) < names.index(module.name) for needed in module.depends_on)

    def test_names_who_needs_what_is_missing(self) -> None:
        with pytest.raises(BrokenModule, match="“a” depends on “nothing”"):
            in_dependency_order([made_up("a", "nothing")])

    def test_names_the_circle(self) -> None:
        with pytest.raises(BrokenModule, match=r"circle: .*a.*b|circle: .*b.*a"):
            in_dependency_order([made_up("a", "b"), made_up("b", "c"), made_up("c", "a")])


class TestLoad:
    def test_knows_the_package_that_a_module_lies_in(self) -> None:
        found = load(EntryPoint("here", "banksia.kit.tests.test_module:HERE", "banksia.modules"))
        assert found.package == "banksia.kit.tests"

    @pytest.mark.parametrize(
        ("name", "value", "sentence"),
        [
            ("broken", "banksia.kit.tests.no_such_file:module", "“broken” .* cannot be loaded"),
            ("broken", "banksia.kit.tests.test_module:nothing", "“broken” .* cannot be loaded"),
            ("broken", "banksia.kit.tests.test_module:NO_MODULE", "is not a Module"),
            ("other", "banksia.kit.tests.test_module:HERE", "“other” calls itself “here”"),
        ],
    )
    def test_a_broken_one_stops_the_installation_by_name(self, name: str, value: str, sentence: str) -> None:
        with pytest.raises(BrokenModule, match=sentence):
            load(EntryPoint(name, value, "banksia.modules"))


class TestDiscover:
    def test_two_of_one_name_are_a_clash(self, monkeypatch: pytest.MonkeyPatch) -> None:
        entries = [EntryPoint("here", f"{package}.module:module", "banksia.modules") for package in ("one", "two")]
        monkeypatch.setattr(kit_module, "entry_points", lambda group: entries)
        with pytest.raises(BrokenModule, match=r"Two modules are called “here”: one\.module:module and two"):
            discover()

    def test_one_that_is_listed_twice_is_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        entry = EntryPoint("here", "banksia.kit.tests.test_module:HERE", "banksia.modules")
        monkeypatch.setattr(kit_module, "entry_points", lambda group: [entry, entry])
        assert [module.name for module in discover()] == ["here"]


class TestModules:
    def test_only_the_foundation_is_always_on(self) -> None:
        modules = Modules([made_up("a"), made_up("f", kind="foundation"), made_up("t", kind="truth")])
        assert [module.name for module in modules if module.always_on] == ["f"]

    def test_names_who_listens(self) -> None:
        def handler(*_: object) -> None: ...

        listener = Module(name="a", title="A", version="1", kind="workflow", listens={"b.thing_happened": handler})
        modules = Modules([listener, made_up("b")])
        assert modules.listeners("b.thing_happened") == {"a": handler}
        assert modules.listeners("b.nothing_happened") == {}
