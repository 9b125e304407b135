"""A bag as it is read: what it declares, and that every payload is what its manifest and its index say."""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from pydantic import ValidationError

from banksia.modules.files.errors import BagInvalid
from banksia.modules.files.service.bags.describing import BagIndex, BagVersion

MOST_INDEX_BYTES = 200_000_000
READ_BYTES = 1024 * 1024


@dataclass(frozen=True)
class OpenBag:
    """A bag that was found whole."""

    packed: zipfile.ZipFile
    root: str
    index: BagIndex

    def payload(self, version: BagVersion) -> IO[bytes]:
        """The bytes of a version."""
        return _opened(self.packed, f"{self.root}data/{version.payload}", version.size)


def open_bag(packed: zipfile.ZipFile) -> OpenBag:
    """Read a bag and check all of it; raises BagInvalid."""
    root = _root(packed)
    manifest = _manifest(packed, root)
    index = _index(packed, root)
    _check(packed, root, manifest, index)
    return OpenBag(packed, root, index)


def _root(packed: zipfile.ZipFile) -> str:
    declared = [name for name in packed.namelist() if PurePosixPath(name).name == "bagit.txt"]
    if len(declared) != 1 or len(PurePosixPath(declared[0]).parts) > 2:
        message = "The zip is no bag: it needs one bagit.txt in its first folder."
        raise BagInvalid(message)
    return declared[0].removesuffix("bagit.txt")


def _manifest(packed: zipfile.ZipFile, root: str) -> dict[str, str]:
    found = {}
    for line in _small(packed, f"{root}manifest-sha256.txt").decode("utf-8", "replace").splitlines():
        digest, _, path = line.partition(" ")
        found[path.strip().replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")] = digest.lower()
    return found


def _index(packed: zipfile.ZipFile, root: str) -> BagIndex:
    try:
        index = BagIndex.model_validate_json(_small(packed, f"{root}data/metadata.json"))
    except ValidationError as error:
        message = "The bag's metadata.json is not that of a property's file."
        raise BagInvalid(message) from error
    if (index.format, index.version) != ("banksia-property-file", 1):
        message = "The bag is of another kind or a newer version. Update this installation first."
        raise BagInvalid(message)
    return index


def _small(packed: zipfile.ZipFile, name: str) -> bytes:
    try:
        entry = packed.getinfo(name)
    except KeyError:
        message = f"The bag has no {PurePosixPath(name).name}."
        raise BagInvalid(message) from None
    if entry.file_size > MOST_INDEX_BYTES:
        message = f"{PurePosixPath(name).name} of the bag is too large."
        raise BagInvalid(message)
    return packed.read(entry)


def _check(packed: zipfile.ZipFile, root: str, manifest: dict[str, str], index: BagIndex) -> None:
    """Every payload that the index names is there, and is what the manifest and the index say."""
    for document in index.documents:
        for version in document.versions:
            path = f"data/{version.payload}"
            if manifest.get(path) != version.sha256:
                message = f"The manifest of the bag does not agree on {version.file_name}."
                raise BagInvalid(message)
            digest = hashlib.sha256()
            with _opened(packed, root + path, version.size) as content:
                while block := content.read(READ_BYTES):
                    digest.update(block)
            if digest.hexdigest() != version.sha256:
                message = f"{version.file_name} in the bag is damaged. Nothing was brought in."
                raise BagInvalid(message)


def _opened(packed: zipfile.ZipFile, name: str, size: int) -> IO[bytes]:
    """A payload of the size that is said: what unpacks to more is not read."""
    try:
        entry = packed.getinfo(name)
    except KeyError:
        message = f"The bag has no {PurePosixPath(name).name}."
        raise BagInvalid(message) from None
    if entry.file_size != size:
        message = f"{PurePosixPath(name).name} in the bag has another size than its index says."
        raise BagInvalid(message)
    return packed.open(entry)
