"""Break every rule for money and records, one at a time, and see the test that the rule names fail.

Each `mutants/MODULE/NN-name.patch` begins with `# test: NODE-ID` (perhaps `# rule: TEXT`) and holds one unified diff.
It is applied to a copy of the tree; a mutant whose test still passes has survived, and then the command fails.

Usage: python scripts/mutants.py [--check] [--jobs N] [NAME...]
NAME is a part of a patch's path, such as payments or 05-; --check only sees that patches apply to tests that are there.
"""

import argparse
import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from banksia.kit.module import discover
from banksia.testing.databases import LENT, TestDatabases

ROOT = Path(__file__).parents[1]
LEFT_OUT = (
    ".venv", ".git", ".banksia", ".tools", ".hypothesis", "node_modules", "dist", "__pycache__", "*.pyc", "test-results"
)  # fmt: skip
LONGEST_TEST_S = 300
TIME_IS_UP, ALL_PASSED, SOME_FAILED = -1, 0, 1
"""What the runs of `warm_pytest` answer; any other means that the test could not be run at all."""


@dataclass(frozen=True)
class Mutant:
    """One patch and the test that has to notice it."""

    path: Path
    test: str
    rule: str

    @property
    def name(self) -> str:
        """`payments/05-one-secret-only`."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def changes_database(self) -> bool:
        """Whether a database that was migrated before would not show what it breaks: grants come from the models."""
        return any(part in self.path.read_text("utf-8") for part in ("/migrations/", "models"))


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant."""

    mutant: Mutant
    word: str
    seconds: float
    detail: str = ""


def main() -> None:
    """Judge the mutants and print a table; exit with 1 when one survives or cannot be judged."""
    arguments = _arguments()
    mutants = [_read(path) for path in sorted((ROOT / "mutants").glob("*/*.patch"))]
    wanted = [mutant for mutant in mutants if not arguments.names or any(n in mutant.name for n in arguments.names)]
    if not wanted:
        sys.exit("No mutant has such a name.")
    if arguments.check:
        sys.exit("\n".join(filter(None, map(_stale, wanted))) or None)
    with tempfile.TemporaryDirectory(prefix="banksia-mutants-") as folder, contextlib.ExitStack() as stack:
        databases = stack.enter_context(TestDatabases.running(Path(folder) / "postgres", discover()))
        copies = [
            stack.enter_context(_copy(Path(folder) / str(number), databases))
            for number in range(min(arguments.jobs, len(wanted)))
        ]
        _expect_green(copies, wanted)
        verdicts = _judge_all(copies, wanted)
    bad = [verdict for verdict in verdicts if verdict.word != "killed"]
    for verdict in bad:
        print(f"\n{verdict.mutant.name}: {verdict.word}. {verdict.detail}")
    print(f"\n{len(verdicts) - len(bad)} of {len(verdicts)} mutants killed.")
    sys.exit(1 if bad else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--jobs", type=int, default=min(4, os.cpu_count() or 1))
    return parser.parse_args()


def _read(path: Path) -> Mutant:
    header = dict(
        line[2:].split(": ", 1)
        for line in path.read_text("utf-8").splitlines()
        if line.startswith(("# test: ", "# rule: "))
    )
    if "test" not in header:
        sys.exit(f"{path}: the first line must be `# test: NODE-ID`.")
    return Mutant(path, header["test"].strip(), header.get("rule", "").strip())


def _stale(mutant: Mutant) -> str:
    """Why a mutant cannot be judged in the tree as it is; nothing when it can."""
    file, *names = mutant.test.split("::")
    tests = (ROOT / file).read_text("utf-8") if (ROOT / file).is_file() else ""
    if missing := [name for name in names if f" {name.partition('[')[0]}" not in tests]:
        return f"{mutant.name}: there is no {missing[-1]} in {file}."
    applied = _git_apply(ROOT, mutant.path, "--check")
    return f"{mutant.name}: the patch does not apply any more: {applied.stderr.strip()}" if applied.returncode else ""


class Copy:
    """A copy of the tree, and a process that runs tests of it as it is at the moment."""

    def __init__(self, tree: Path, databases: TestDatabases, stack: contextlib.ExitStack) -> None:
        """Start no runner yet: the one borrows the server, the other makes and migrates its own for each run."""
        self.tree = tree
        self._databases = databases
        self._stack = stack
        self._runners: dict[bool, subprocess.Popen[str]] = {}

    def run(self, tests: Sequence[str], *, migrate: bool = False) -> tuple[int, str]:
        """Run tests, answer how it ended and what was written."""
        output = self.tree.with_suffix(".output")
        # The plugin for schemas takes four seconds to begin, and no rule is proved by it.
        plugins = ["-p", "no:cacheprovider", "-p", "no:schemathesis"]
        # pytest would rewrite the assertions of every module of Banksia, whose compiled files then lie idle.
        arguments = ["-q", "-x", *plugins, "--assert=plain", "--no-header", *tests]
        runner = self._runner(migrate=migrate)
        asked = json.dumps([LONGEST_TEST_S + 60 * len(tests), str(output), arguments])
        if runner.stdin is None or runner.stdout is None:
            raise TypeError(runner)  # both are pipes, as asked for
        print(asked, file=runner.stdin, flush=True)
        return int(runner.stdout.readline()), output.read_text("utf-8", errors="replace")

    def _runner(self, *, migrate: bool) -> subprocess.Popen[str]:
        if migrate not in self._runners:
            environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
            if not migrate:
                environment[LENT] = str(self._databases.server.socket_dir)
            command = [sys.executable, str(ROOT / "scripts" / "warm_pytest.py"), str(self.tree)]
            started = subprocess.Popen(
                command, cwd=self.tree, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self._runners[migrate] = self._stack.enter_context(started)
        return self._runners[migrate]


@contextlib.contextmanager
def _copy(target: Path, databases: TestDatabases) -> Iterator[Copy]:
    """Copy the tree and compile it once: each source is compared with its compiled file by its content.

    By size and second, as Python does otherwise, a patch could leave a source as it was, and the old code would run.
    """
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    compiling = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "banksia"]
    subprocess.run(compiling, cwd=target, check=True)
    with contextlib.ExitStack() as stack:
        yield Copy(target, databases, stack)


def _expect_green(copies: list[Copy], mutants: list[Mutant]) -> None:
    tests = sorted({mutant.test for mutant in mutants})
    files = sorted({test.split("::")[0] for test in tests})
    with ThreadPoolExecutor(len(copies)) as pool:
        shares = [
            [test for test in tests if files.index(test.split("::")[0]) % len(copies) == number]
            for number in range(len(copies))
        ]
        done = list(pool.map(lambda copy, share: copy.run(share) if share else (ALL_PASSED, ""), copies, shares))
    for status, output in done:
        if status != ALL_PASSED:
            print(output[-6000:])
            sys.exit("The tests that the mutants name do not all pass without a mutant.")
    print(f"{len(tests)} tests pass without a mutant.\n", flush=True)


def _judge_all(copies: list[Copy], mutants: list[Mutant]) -> list[Verdict]:
    free: queue.SimpleQueue[Copy] = queue.SimpleQueue()
    for copy in copies:
        free.put(copy)
    width = max(len(mutant.name) for mutant in mutants)

    def judge(mutant: Mutant) -> Verdict:
        copy = free.get()
        try:
            verdict = _judge(copy, mutant)
        finally:
            free.put(copy)
        print(
            f"{verdict.word:9} {mutant.name:{width}} {verdict.seconds:5.1f} s  {mutant.test.split('::', 1)[-1]}",
            flush=True,
        )
        return verdict

    with ThreadPoolExecutor(len(copies)) as pool:
        return list(pool.map(judge, mutants))


def _judge(copy: Copy, mutant: Mutant) -> Verdict:
    began = time.monotonic()
    applied = _git_apply(copy.tree, mutant.path)
    if applied.returncode:
        return Verdict(mutant, "stale", 0, f"The patch does not apply any more: {applied.stderr.strip()}")
    try:
        status, output = copy.run([mutant.test], migrate=mutant.changes_database)
    finally:
        _git_apply(copy.tree, mutant.path, "--reverse")
    words = {TIME_IS_UP: "killed", ALL_PASSED: "survived", SOME_FAILED: "killed"}
    word = words.get(status, "broken")
    detail = "" if word == "killed" else f"{mutant.rule}\n{output[-2000:]}"
    return Verdict(mutant, word, time.monotonic() - began, detail)


def _git_apply(tree: Path, patch: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The copy is no repository; git must not find one above it."""
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.parent)}
    command = ["git", "apply", *options, "-p1", str(patch)]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
