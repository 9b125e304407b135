"""Folders: the structure of every file, those of one property, and development applications."""

from banksia.modules.files.service.folders.applications import create_application
from banksia.modules.files.service.folders.finding import check_open, get_folder, subtree_ids
from banksia.modules.files.service.folders.keeping import choose_class
from banksia.modules.files.service.folders.property_folders import archive_folder, change_folder, create_folder
from banksia.modules.files.service.folders.structure import (
    certificates_folder,
    change_structure,
    create_in_structure,
    list_folders,
    seed_folders,
)

__all__ = [
    "archive_folder",
    "certificates_folder",
    "change_folder",
    "change_structure",
    "check_open",
    "choose_class",
    "create_application",
    "create_folder",
    "create_in_structure",
    "get_folder",
    "list_folders",
    "seed_folders",
    "subtree_ids",
]
