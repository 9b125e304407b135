"""What a module needs of others, and who needs it: a missing module blocks, an optional one is told."""

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version
from sqlalchemy.orm import Session

from banksia.foundation.connections.errors import RequirementsMissing, StillRequired
from banksia.foundation.connections.service.stored import manifests_in_use
from banksia.foundation.organisations.public import enabled_modules
from banksia.kit.database import platform_of
from banksia.kit.manifest import Manifest


@dataclass(frozen=True)
class Lack:
    """A module that is not there, or not in the version that is asked for."""

    text: str
    optional: bool


class Surroundings:
    """What is in use at the council of a session: read once, asked for each of its modules."""

    def __init__(self, session: Session) -> None:
        """Read it."""
        self._modules = platform_of(session).modules
        self._on = enabled_modules(session)
        self._remote = {row.name: manifest for row, manifest in manifests_in_use(session)}

    def lacks(self, manifest: Manifest) -> list[Lack]:
        """Everything that a module asks for and that is not here."""
        found = []
        for required in manifest.requires:
            text = self._lack(required.module, required.version)
            if text:
                found.append(Lack(text, required.optional))
        return found

    def needing(self, name: str) -> Iterator[str]:
        """The titles of the remote modules in use that cannot work without a module."""
        for manifest in self._remote.values():
            if manifest.id != name and any(one.module == name and not one.optional for one in manifest.requires):
                yield manifest.title

    def _lack(self, name: str, versions: str) -> str:
        module, remote = self._modules.get(name), self._remote.get(name)
        if module is not None:
            if not (module.always_on or name in self._on):
                return f"{module.title} is switched off. Switch it on under Modules."
            return _wrong_version(module.title, module.version, versions)
        if remote is not None:
            return _wrong_version(remote.title, remote.version, versions)
        return f"There is no module “{name}” in use at this council. Connect it and switch it on."


def refuse_missing(session: Session, manifest: Manifest) -> None:
    """Refuse to use a module whose requirements are not met; raises RequirementsMissing."""
    missing = [lack.text for lack in Surroundings(session).lacks(manifest) if not lack.optional]
    if missing:
        message = f"{manifest.title} cannot be used yet. {' '.join(missing)}"
        raise RequirementsMissing(message)


def refuse_needed(session: Session, name: str, title: str) -> None:
    """Refuse to take away a module that others in use need; raises StillRequired."""
    if needing := list(Surroundings(session).needing(name)):
        raise StillRequired(title, needing)


def titles_needing(session: Session, name: str) -> list[str]:
    """The remote modules in use that need an installed one, for whoever switches that off."""
    return list(Surroundings(session).needing(name))


def _wrong_version(title: str, version: str, versions: str) -> str:
    try:
        fits = not versions or SpecifierSet(versions).contains(Version(version), prereleases=True)
    except (InvalidVersion, ValueError):
        fits = False
    return "" if fits else f"{title} is here in version {version}, and {versions} is needed."
