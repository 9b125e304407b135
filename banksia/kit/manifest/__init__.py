"""What a module says of itself in the words of protocol 1: the same for built-in, Python and remote modules."""

from banksia.kit.manifest.describing import manifest_of
from banksia.kit.manifest.differing import asks_for_more, differences
from banksia.kit.manifest.models import (
    CAPABILITIES,
    MODULE_NAME,
    Manifest,
    ManifestEmit,
    ManifestNavigation,
    ManifestPermission,
    ManifestRoute,
    ManifestWidget,
    Name,
)
from banksia.kit.manifest.reading import MOST_BYTES, PATH, ManifestBroken, digest_of, dump, read_manifest
from banksia.kit.manifest.rules import problems_of
from banksia.kit.manifest.schemas import schema_problems, value_problems

__all__ = [
    "CAPABILITIES",
    "MODULE_NAME",
    "MOST_BYTES",
    "PATH",
    "Manifest",
    "ManifestBroken",
    "ManifestEmit",
    "ManifestNavigation",
    "ManifestPermission",
    "ManifestRoute",
    "ManifestWidget",
    "Name",
    "asks_for_more",
    "differences",
    "digest_of",
    "dump",
    "manifest_of",
    "problems_of",
    "read_manifest",
    "schema_problems",
    "value_problems",
]
