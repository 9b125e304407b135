"""Reading a manifest that somebody else wrote: bounded, strict, and each mistake told in a sentence."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from banksia.kit.errors import message_of
from banksia.kit.manifest.models import PROTOCOL, Manifest
from banksia.kit.manifest.rules import problems_of

MOST_BYTES = 256 * 1024
MOST_PROBLEMS = 50
DEEPEST = 32
PATH = "/.well-known/banksia/meta.json"
"""Below `{base_url}/{id}`."""


class ManifestBroken(Exception):  # noqa: N818  (it is a state of the module, told to its developer)
    """A manifest cannot be used; `problems` says what to do, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        """Take the sentences."""
        super().__init__(" ".join(problems))
        self.problems = problems[:MOST_PROBLEMS]


def read_manifest(content: bytes) -> Manifest:
    """The manifest in these bytes of JSON; raises ManifestBroken with everything that is wrong with it."""
    if len(content) > MOST_BYTES:
        raise ManifestBroken([f"The manifest is larger than {MOST_BYTES // 1024} KB. Make it shorter."])
    return check_manifest(_parse(content))


def check_manifest(document: Mapping[str, Any]) -> Manifest:
    """The manifest in a JSON object; raises ManifestBroken."""
    if document.get("protocol") != PROTOCOL:
        raise ManifestBroken([f'protocol: this installation reads protocol {PROTOCOL}. Write "protocol": {PROTOCOL}.'])
    try:
        manifest = Manifest.model_validate(document)
    except ValidationError as error:
        raise ManifestBroken([_sentence(each) for each in error.errors()]) from error
    if problems := problems_of(manifest):
        raise ManifestBroken(problems)
    return manifest


def dump(manifest: Manifest) -> dict[str, Any]:
    """The manifest as JSON, every field present."""
    return manifest.model_dump(mode="json", by_alias=True)


def digest_of(manifest: Manifest) -> str:
    """SHA-256 of what the manifest says, whatever its spaces and the order of its fields."""
    canonical = json.dumps(dump(manifest), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _parse(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, _UnclearError) else "It cannot be read"
        raise ManifestBroken([f"The manifest is not JSON in UTF-8: {said}."]) from error
    if not isinstance(document, dict):
        raise ManifestBroken(["The manifest is not a JSON object. Begin it with {."])
    _check_words(document, 0)
    return document


class _UnclearError(ValueError):
    """JSON that two readers would read differently."""


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _UnclearError(f"“{twice[:60]}” is there twice")
    return found


def _no_constant(word: str) -> None:
    raise _UnclearError(f"{word} is no number of JSON")


def _check_words(value: Any, depth: int) -> None:
    """What the database cannot keep: NUL, halves of surrogates; and what is nested beyond any use."""
    if depth > DEEPEST:
        raise ManifestBroken([f"The manifest is nested more than {DEEPEST} deep. Flatten its schemas."])
    if isinstance(value, str):
        if "\x00" in value or any(0xD800 <= ord(letter) <= 0xDFFF for letter in value):
            raise ManifestBroken(["The manifest holds a NUL or half a surrogate pair in a text. Remove it."])
    elif isinstance(value, dict):
        for name, each in value.items():
            _check_words(name, depth + 1)
            _check_words(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _check_words(each, depth + 1)


def _sentence(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"]) or "manifest"
    if error["type"] == "string_pattern_mismatch":
        return f"{where}: “{str(error['input'])[:80]}” has not the form {error['ctx']['pattern']}"
    return f"{where}: {message_of(error)}"
