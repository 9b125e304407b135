"""Who may open property files, and who may add to them."""

from banksia.kit.actor import Permission

DOCUMENTS_READ = Permission(
    "files.documents.read",
    "Open property files",
    roles=("records_officer", "certificate_officer", "administrator"),
)
DOCUMENTS_ADD = Permission(
    "files.documents.add",
    "Add documents to property files",
    roles=("records_officer", "administrator"),
)
ALL = (DOCUMENTS_READ, DOCUMENTS_ADD)
