"""A property's file leaves whole as a BagIt bag (RFC 8493), and comes back from one."""

from banksia.modules.files.service.bags.exporting import Bag, export_file, zip_documents
from banksia.modules.files.service.bags.importing import Imported, import_bag, receive_bag

__all__ = ["Bag", "Imported", "export_file", "import_bag", "receive_bag", "zip_documents"]
