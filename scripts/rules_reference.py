"""Write docs/reference/payments.md: each rule for money with the tests and the mutants that hold it.

The rules are in mutants/payments/rules.toml; which test and which patch belong to one, the patches say themselves.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = {"payments": ROOT / "docs" / "reference" / "payments.md"}
HEADER = re.compile(r"^# rule: Rule (\d+): (.+)$", re.MULTILINE)
TEST = re.compile(r"^# test: (.+)$", re.MULTILINE)


def main() -> None:
    """Write the page of every module that keeps rules; exit with 1 when a rule has no mutant."""
    for module, page in PAGES.items():
        text, bare = describe(ROOT / "mutants" / module)
        page.write_text(text, encoding="utf-8")
        if bare:
            sys.exit(f"mutants/{module}: no patch names rule {', '.join(map(str, bare))}.")


def describe(folder: Path) -> tuple[str, list[int]]:
    """The page, and the numbers of the rules that no patch names."""
    kept = tomllib.loads((folder / "rules.toml").read_text("utf-8"))
    rules = {int(number): sentence for number, sentence in kept["rules"].items()}
    held: dict[int, list[str]] = {number: [] for number in rules}
    for patch in sorted(folder.glob("*.patch")):
        content = patch.read_text("utf-8")
        rule, test = HEADER.search(content), TEST.search(content)
        if rule is None or test is None or int(rule[1]) not in held:
            sys.exit(f"{patch}: its header names no rule of {folder.name}/rules.toml, or no test.")
        path, _, name = test[1].partition("::")
        held[int(rule[1])].append(
            f"| {rule[2].removesuffix('.')} | [`{name.replace('|', chr(92) + '|')}`](../../{path}) | "
            f"[{patch.stem}](../../mutants/{folder.name}/{patch.name}) |"
        )
    lines = ["<!-- Written by `make generate`; change mutants/" + folder.name + " instead. -->", ""]
    lines += [f"# {kept['title']}", "", kept["introduction"].rstrip(), ""]
    for number, sentence in rules.items():
        lines += [f"## Rule {number}", "", sentence, ""]
        if held[number]:
            lines += ["| what is broken | test that notices | mutant |", "| --- | --- | --- |", *held[number], ""]
    return "\n".join(lines), [number for number, patches in held.items() if not patches]


if __name__ == "__main__":
    main()
