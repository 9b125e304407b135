"""How documents leave: asked for by one, approved by another, isolated, and only then purged."""

from banksia.modules.files.service.removing.asking import ask_removal, withdraw_removal
from banksia.modules.files.service.removing.deciding import decide_removal, restore_document
from banksia.modules.files.service.removing.disposing import (
    approve_disposal,
    cancel_disposal,
    create_disposal,
    destroy_disposal,
    disposal_certificate,
    keep_document,
    list_disposal_documents,
    list_disposals,
    read_disposal,
)
from banksia.modules.files.service.removing.listing import count_open_removals, describe_removal, list_removals
from banksia.modules.files.service.removing.purging import purge_isolated

__all__ = [
    "approve_disposal",
    "ask_removal",
    "cancel_disposal",
    "count_open_removals",
    "create_disposal",
    "decide_removal",
    "describe_removal",
    "destroy_disposal",
    "disposal_certificate",
    "keep_document",
    "list_disposal_documents",
    "list_disposals",
    "list_removals",
    "purge_isolated",
    "read_disposal",
    "restore_document",
    "withdraw_removal",
]
