"""`banksia check PATH-or-URL`: one module, tried in every way, and told in words."""

import json
from pathlib import Path

import typer
from rich.console import Console

from banksia.kit.module import Module, Modules
from banksia.testing.conformance import CHECKS, Report, StandInCouncil, check_installed, check_remote, proving_ground
from banksia.testing.conformance.pages import Browser
from banksia.testing.conformance.targets import NotAModule, is_remote, module_in, running_module

SIGNS = {"passed": "[green]✓[/]", "failed": "[bold red]✗[/]", "skipped": "[yellow]–[/]"}
EXAMPLE_PORT = 8099
console = Console()


def check_one(modules: Modules, target: str, council: Path | None) -> bool:
    """Check what was named and tell what was found; answers whether nothing failed."""
    try:
        report = _report(modules, target, council)
    except NotAModule as wrong:
        console.print(str(wrong), markup=False)
        raise typer.Exit(2) from wrong
    for title in CHECKS:
        for finding in report.findings:
            if finding.check == title:
                console.print(f"{SIGNS[finding.outcome]} {title}: ", end="", highlight=False)
                console.print(finding.text, soft_wrap=True, markup=False, highlight=False)
    failed = len(report.failures)
    said = f"{failed} {'thing' if failed == 1 else 'things'} to put right" if failed else "nothing wrong"
    skipped = sum(1 for each in report.findings if each.outcome == "skipped")
    console.print(
        f"{report.subject}: {said}{f', {skipped} not looked at' if skipped else ''}.", markup=False, soft_wrap=True
    )
    return report.is_conformant


def _report(modules: Modules, target: str, council: Path | None) -> Report:
    if target.startswith(("http://", "https://")):
        return _at_address(modules, target.rstrip("/"), council)
    folder, installed = Path(target), modules.get(target)
    if installed is not None and not folder.is_dir():
        return _in_a_ground(modules, installed)
    if not folder.is_dir():
        message = f"There is no folder {target}, and no installed module of that name."
        raise NotAModule(message)
    if is_remote(folder):
        with running_module(folder) as running:
            return check_remote(modules, running.url, running.council, Browser.find())
    return _in_a_ground(modules, module_in(folder, modules))


def _in_a_ground(modules: Modules, module: Module) -> Report:
    """Try a module beside all others, in a database of its own."""
    with proving_ground(modules, newcomer=None if module.name in modules else module) as ground:
        return check_installed(ground, module, Browser.find())


def _at_address(modules: Modules, url: str, path: Path | None) -> Report:
    if path is None:
        return check_remote(modules, url)
    council = _council_in(path, url.rsplit("/", 1)[-1])
    with council.publishing():
        return check_remote(modules, url, council, Browser.find())


def _council_in(path: Path, name: str) -> StandInCouncil:
    """The first council of the file; a file that is not there is written, for the module to read it."""
    if not path.exists():
        made = StandInCouncil.for_module(name, EXAMPLE_PORT)
        path.write_text(json.dumps([made.configuration], indent=2) + "\n", encoding="utf-8")
        message = f"A council for the check is now in {path}. Let the module read it, and check again."
        raise NotAModule(message)
    try:
        first = json.loads(path.read_text("utf-8"))[0]
        council = StandInCouncil.configured(first)
    except (ValueError, LookupError, TypeError) as error:
        message = f"{path} is no list of councils ({error}). Remove it, and the check writes one."
        raise NotAModule(message) from error
    if not council.issuer.startswith("http://127.0.0.1:"):
        message = (
            f"{path} names a real council, {council.issuer}. The check plays one on this machine: name another file."
        )
        raise NotAModule(message)
    return council
