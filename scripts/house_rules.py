"""Our own small checks, for what hurts here and no linter knows: budgets, scoping, commits, sends.

An exception is excused on its line, or on the one before, as `# house: RULE, REASON`. Standard library only.

Usage: python scripts/house_rules.py [FOLDER...]
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDERS = ("banksia", "scripts", "tests", "bench", "examples")
FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES = 300, 500, 40
EXCUSE = re.compile(r"#\s*house:\s*(?P<rule>[a-z-]+), \S+")
MEANINGLESS = {"utils.py", "helpers.py", "common.py", "base.py", "misc.py"}
SKIPPED = {"node_modules", ".venv", "build", "dist"}


class Finding(NamedTuple):
    """One breach of one rule."""

    path: Path
    line: int
    rule: str
    text: str


def main() -> None:
    """Check every Python file and list what breaks a rule."""
    folders = [Path(name).resolve() for name in sys.argv[1:]] or [ROOT / name for name in FOLDERS]
    files = sorted(path for folder in folders for path in folder.rglob("*.py") if not SKIPPED & set(path.parts))
    findings = [finding for path in files for finding in check(path, path.read_text("utf-8"))]
    for finding in findings:
        print(f"{finding.path}:{finding.line}: {finding.rule}: {finding.text}")
    if findings:
        sys.exit(1)


def check(path: Path, source: str) -> Iterator[Finding]:
    """Yield what breaks a rule in one file and is not excused there."""
    lines = source.splitlines()
    for finding in _all_findings(path, source):
        excuses = EXCUSE.finditer("\n".join(lines[max(0, finding.line - 2) : finding.line]))
        if finding.rule not in {excuse["rule"] for excuse in excuses}:
            yield finding


def _all_findings(path: Path, source: str) -> Iterator[Finding]:
    is_test = bool({"tests", "testing"} & set(path.parts))
    limit = TEST_FILE_LINES if is_test else FILE_LINES
    length = source.count("\n")
    if length > limit and "migrations" not in path.parts:
        yield Finding(path, 1, "long-file", f"{length} lines, at most {limit}: split it")
    if path.name in MEANINGLESS:
        yield Finding(path, 1, "meaningless-name", f"{path.name} says nothing: name the file after what it does")
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "migrations" not in path.parts:
            yield from _long_function(path, node)
        if isinstance(node, ast.Call) and not is_test and "banksia" in path.parts:
            yield from _bad_call(path, node)


def _long_function(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Finding]:
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    if length > FUNCTION_LINES:
        yield Finding(path, node.lineno, "long-function", f"{node.name}: {length} lines, at most {FUNCTION_LINES}")


def _bad_call(path: Path, node: ast.Call) -> Iterator[Finding]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    on_object = isinstance(node.func, ast.Attribute)
    in_kit = "kit" in path.parts
    if called == "commit" and on_object and not in_kit:
        yield Finding(path, node.lineno, "commit", "nobody commits: the request, task or command does, at the edge")
    if called in ("delay", "apply_async", "send_task") and on_object:
        yield Finding(path, node.lineno, "send", "enqueue(session, ...) writes the outbox; it is sent after the commit")
    if called == "select" and not on_object and not _may_select(path):
        yield Finding(
            path, node.lineno, "unscoped-query", "every SELECT stands in queries.py, scoped to an organisation"
        )

    if called == "offset" and on_object:
        yield Finding(path, node.lineno, "offset", "the last page would cost the most: page by cursor (kit/paging.py)")
    if called in ("now", "utcnow", "today") and _is_clock(node):
        yield Finding(
            path, node.lineno, "naive-time", "utc_now() of kit/clock.py knows its zone, and tests can stop it"
        )


def _is_clock(node: ast.Call) -> bool:
    """Whether it is datetime.now() without a zone, datetime.utcnow() or date.today()."""
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name in ("datetime", "date") and not node.args and not node.keywords


def _may_select(path: Path) -> bool:
    return bool({"queries.py", "queries", "kit", "migrations"} & set(path.parts))


if __name__ == "__main__":
    main()
