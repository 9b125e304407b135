"""How long documents are kept: classes of the disposal authority, holds, and what may go."""

from banksia.modules.files.service.retention.classes import (
    change_class,
    create_class,
    list_classes,
    seed_classes,
)
from banksia.modules.files.service.retention.deciding import NO_CLASS, Keeping, Kept, kept_words, why_kept
from banksia.modules.files.service.retention.freeing import check_move, check_unlink
from banksia.modules.files.service.retention.holds import describe_holds, lift_hold, list_holds, place_hold

__all__ = [
    "NO_CLASS",
    "Keeping",
    "Kept",
    "change_class",
    "check_move",
    "check_unlink",
    "create_class",
    "describe_holds",
    "kept_words",
    "lift_hold",
    "list_classes",
    "list_holds",
    "place_hold",
    "seed_classes",
    "why_kept",
]
