"""The scripts behind `make`: what they say when something is wrong, and what they let through."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"


def run(*command: object, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    environment = os.environ | variables
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=60)


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    (folder / name).chmod(0o755)


class TestStep:
    def test_shows_one_line_with_the_time(self) -> None:
        done = run(SCRIPTS / "step.sh", "Packages", "sh", "-c", "echo noise; echo more >&2")
        assert done.returncode == 0
        assert done.stdout.split() == ["Packages", "0", "s"]
        assert done.stderr == ""

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ("OSError: [Errno 28] No space left on device", "The disk is full. Free about 3 GB"),
            ("npm error code ENOTFOUND", "A package server does not answer"),
            ("No matching distribution (from versions: none)", "A package server does not answer"),
            ("SyntaxError: invalid syntax", '"Packages" failed'),
        ],
    )
    def test_says_what_to_do_about_a_failure(self, said: str, told: str) -> None:
        done = run(SCRIPTS / "step.sh", "Packages", "sh", "-c", f"echo '{said}'; exit 7")
        assert done.returncode == 7
        assert said in done.stdout
        assert told in done.stderr


class TestPython:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """A PATH with nothing but a Python of the day before yesterday."""
        program(tmp_path, "python3", "echo 3.9")
        return tmp_path

    def test_says_which_it_needs_when_there_are_only_old_ones(self, path: Path) -> None:
        done = run("/bin/sh", SCRIPTS / "python.sh", PATH=str(path))
        assert done.returncode == 1
        assert "needs Python 3.11, 3.12 or 3.13; found: 3.9" in done.stderr

    def test_takes_a_newer_one_beside_an_old_one(self, path: Path) -> None:
        program(path, "python3.12", 'case "$2" in *version_info*) echo 3.12;; esac')
        assert run("/bin/sh", SCRIPTS / "python.sh", PATH=str(path)).stdout.strip() == str(path / "python3.12")

    def test_names_the_package_that_makes_environments(self, path: Path) -> None:
        program(path, "python3", 'case "$2" in *version_info*) echo 3.11;; *) exit 1;; esac')
        done = run("/bin/sh", SCRIPTS / "python.sh", PATH=str(path))
        assert done.returncode == 1
        assert "apt-get install python3.11-venv" in done.stderr


class TestCheckLock:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Path:
        (tmp_path / "scripts").mkdir()
        shutil.copy(SCRIPTS / "check_lock.py", tmp_path / "scripts")
        for name in ("pyproject.toml", "poetry.lock"):
            shutil.copy(ROOT / name, tmp_path)
        return tmp_path

    def check(self, project: Path) -> subprocess.CompletedProcess[str]:
        return run(sys.executable, project / "scripts" / "check_lock.py")

    def test_passes_the_lock_of_this_project(self, project: Path) -> None:
        assert self.check(project).returncode == 0

    @pytest.mark.parametrize(("old", "new"), [("dependencies = [", 'dependencies = ["attrs",'), (">=3.11", ">=3.12")])
    def test_fails_when_what_is_wanted_changed_after_it(self, project: Path, old: str, new: str) -> None:
        pyproject = project / "pyproject.toml"
        pyproject.write_text(pyproject.read_text("utf-8").replace(old, new, 1), "utf-8")
        done = self.check(project)
        assert done.returncode == 1
        assert "poetry lock" in done.stderr

    def test_lets_a_change_of_a_tool_pass(self, project: Path) -> None:
        with (project / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write('\n[tool.other]\nkey = "value"\n')
        assert self.check(project).returncode == 0


class TestHouseRules:
    def check(self, folder: Path, name: str, text: str) -> str:
        file = folder / "banksia" / "modules" / "trees" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        done = run(sys.executable, SCRIPTS / "house_rules.py", folder)
        assert done.returncode == (1 if done.stdout else 0), done.stderr
        return done.stdout

    @pytest.mark.parametrize(
        ("rule", "text"),
        [
            ("commit", "session.commit()\n"),
            ("send", "celery.send_task('x')\n"),
            ("send", "task.delay(1)\n"),
            ("unscoped-query", "rows = session.scalars(select(Tree))\n"),
            ("long-file", "\n" * 301),
            ("long-function", "def grow():\n" + "    pass\n" * 40),
        ],
    )
    def test_finds_a_breach_and_takes_an_excuse(self, tmp_path: Path, rule: str, text: str) -> None:
        assert f" {rule}: " in self.check(tmp_path, "service.py", text)
        assert self.check(tmp_path, "service.py", f"# house: {rule}, it is asked for\n{text}") == ""

    def test_wants_the_excuse_of_that_very_rule(self, tmp_path: Path) -> None:
        assert " commit: " in self.check(tmp_path, "service.py", "# house: send, no reason\nsession.commit()\n")

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("queries.py", "def trees():\n    return select(Tree)\n"),
            ("service.py", "def grow():\n" + "    pass\n" * 39),
            ("service.py", "element.select(1)\n"),
        ],
    )
    def test_lets_good_code_pass(self, tmp_path: Path, name: str, text: str) -> None:
        assert self.check(tmp_path, name, text) == ""


class TestCheckGenerated:
    @pytest.fixture
    def checkout(self, tmp_path: Path) -> Path:
        """A checkout whose `make generate` copies a source."""
        (tmp_path / "made").mkdir()
        (tmp_path / "source").write_text("one\n", "utf-8")
        (tmp_path / "made" / "copy").write_text("one\n", "utf-8")
        (tmp_path / "Makefile").write_text("generate:\n\t@cp source made/copy\n", "utf-8")
        run("git", "init", "--quiet", cwd=tmp_path)
        return tmp_path

    def test_passes_what_is_up_to_date(self, checkout: Path) -> None:
        assert run(SCRIPTS / "check_generated.sh", "made", cwd=checkout).returncode == 0

    def test_names_a_stale_file_and_leaves_it_as_it_was(self, checkout: Path) -> None:
        (checkout / "source").write_text("two\n", "utf-8")
        done = run(SCRIPTS / "check_generated.sh", "made", cwd=checkout)
        assert done.returncode == 1
        assert "made/copy" in done.stdout
        assert (checkout / "made" / "copy").read_text("utf-8") == "one\n"

    def test_names_a_missing_file(self, checkout: Path) -> None:
        (checkout / "made" / "copy").unlink()
        done = run(SCRIPTS / "check_generated.sh", "made", cwd=checkout)
        assert done.returncode == 1
        assert "made/copy" in done.stdout
        assert not (checkout / "made" / "copy").exists()

    def test_does_not_pass_by_accident_outside_a_checkout(self, tmp_path: Path) -> None:
        done = run(SCRIPTS / "check_generated.sh", "made", cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
        assert done.returncode == 1


class TestLockedRequirements:
    def test_pins_and_hashes_every_package_of_a_group(self) -> None:
        said = run(sys.executable, SCRIPTS / "locked_requirements.py", "main").stdout
        pins = [line for line in said.splitlines() if not line.startswith(" ")]
        assert all("==" in line for line in pins)
        assert any(line.startswith("fastapi==") for line in pins)
        assert not any(line.startswith("pytest==") for line in pins)
        assert said.count("--hash=sha256:") >= len(pins)
