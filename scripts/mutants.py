"""Break every rule for money and records, one at a time, and see the test that the rule names fail.

Each `mutants/MODULE/NN-name.patch` begins with `# test: NODE-ID` (perhaps `# rule: TEXT`) and holds one unified diff.
It is applied to a copy of the tree; a mutant whose test still passes has survived, and then the command fails.

Usage: python scripts/mutants.py [--jobs N] [NAME...]     NAME is a part of a patch's path, such as payments or 05-
"""

import argparse
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = (
    ".venv", ".git", ".banksia", ".tools", ".hypothesis", "node_modules", "dist", "__pycache__", "*.pyc", "test-results"
)  # fmt: skip
LONGEST_TEST_S = 300
ALL_PASSED, SOME_FAILED = 0, 1
"""Exit codes of pytest; any other means that the test could not be run at all."""


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
    with tempfile.TemporaryDirectory(prefix="banksia-mutants-") as folder:
        copies = [_copy(Path(folder) / str(number)) for number in range(min(arguments.jobs, len(wanted)))]
        _expect_green(copies[0], wanted)
        verdicts = _judge_all(copies, wanted)
    bad = [verdict for verdict in verdicts if verdict.word != "killed"]
    for verdict in bad:
        print(f"\n{verdict.mutant.name}: {verdict.word}. {verdict.detail}")
    print(f"\n{len(verdicts) - len(bad)} of {len(verdicts)} mutants killed.")
    sys.exit(1 if bad else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
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


def _copy(target: Path) -> Path:
    """A copy of the tree, compiled once: each source is compared with its compiled file by its content.

    By size and second, as Python does otherwise, a patch could leave a source as it was, and the old code would run.
    """
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    compiling = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "banksia"]
    subprocess.run(compiling, cwd=target, check=True)
    return target


def _run_tests(tree: Path, tests: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run tests of a copy: `python -m` puts the copy before the installed package on the path."""
    # What a patch changed is compiled for this run alone.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    # The plugin for schemas takes four seconds to begin, and no rule is proved by it.
    plugins = ["-p", "no:cacheprovider", "-p", "no:schemathesis"]
    command = [sys.executable, "-m", "pytest", "-q", "-x", *plugins, "--no-header", *tests]
    return subprocess.run(
        command,
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_TEST_S + 60 * len(tests),
    )


def _expect_green(tree: Path, mutants: list[Mutant]) -> None:
    tests = sorted({mutant.test for mutant in mutants})
    done = _run_tests(tree, tests)
    if done.returncode != ALL_PASSED:
        print(done.stdout[-6000:], done.stderr[-2000:], sep="\n")
        sys.exit("The tests that the mutants name do not all pass without a mutant.")
    print(f"{len(tests)} tests pass without a mutant.\n")


def _judge_all(copies: list[Path], mutants: list[Mutant]) -> list[Verdict]:
    free: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for copy in copies:
        free.put(copy)
    width = max(len(mutant.name) for mutant in mutants)

    def judge(mutant: Mutant) -> Verdict:
        tree = free.get()
        try:
            verdict = _judge(tree, mutant)
        finally:
            free.put(tree)
        print(
            f"{verdict.word:9} {mutant.name:{width}} {verdict.seconds:5.1f} s  {mutant.test.split('::', 1)[-1]}",
            flush=True,
        )
        return verdict

    with ThreadPoolExecutor(len(copies)) as pool:
        return list(pool.map(judge, mutants))


def _judge(tree: Path, mutant: Mutant) -> Verdict:
    began = time.monotonic()
    applied = _git_apply(tree, mutant.path)
    if applied.returncode:
        return Verdict(mutant, "stale", 0, f"The patch does not apply any more: {applied.stderr.strip()}")
    try:
        done = _run_tests(tree, [mutant.test])
    except subprocess.TimeoutExpired:
        return Verdict(mutant, "killed", time.monotonic() - began, "The test did not end.")
    finally:
        _git_apply(tree, mutant.path, "--reverse")
    words = {ALL_PASSED: "survived", SOME_FAILED: "killed"}
    word = words.get(done.returncode, "broken")
    detail = "" if word == "killed" else f"{mutant.rule}\n{done.stdout[-1500:]}{done.stderr[-500:]}"
    return Verdict(mutant, word, time.monotonic() - began, detail)


def _git_apply(tree: Path, patch: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The copy is no repository; git must not find one above it."""
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.parent)}
    command = ["git", "apply", *options, "-p1", str(patch)]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
