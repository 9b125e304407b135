"""Who may do what in property files. Rights are asked of the module and of the folder, never of a document."""

from banksia.kit.actor import Permission

_VIEWERS = ("records_officer", "certificate_officer", "environmental_officer", "files_viewer", "administrator")
_ADDERS = ("records_officer", "environmental_officer", "administrator")
_SUPER_USERS = ("records_officer", "administrator")

DOCUMENTS_READ = Permission("files.documents.read", "Open property files", roles=_VIEWERS)
DOCUMENTS_ADD = Permission("files.documents.add", "Add documents to property files", roles=_ADDERS)
DOCUMENTS_SEND = Permission("files.documents.send", "Send documents to owners", roles=_ADDERS)
APPLICATIONS_CREATE = Permission(
    "files.applications.create", "Make folders for development applications", roles=_ADDERS
)
FOLDERS_MANAGE = Permission(
    "files.folders.manage", "Make, rename and archive folders of a property", roles=_SUPER_USERS
)
RESTRICTED_READ = Permission("files.restricted.read", "Open restricted folders", roles=_SUPER_USERS)
BATCHES_LOAD = Permission("files.batches.load", "Load scanned shelves", roles=_SUPER_USERS)
STRUCTURE_MANAGE = Permission(
    "files.structure.manage", "Decide the folders of every property file", roles=("administrator",)
)
REMOVALS_DECIDE = Permission(
    "files.removals.decide", "Approve removals, and restore isolated documents", roles=("administrator",)
)
RETENTION_MANAGE = Permission(
    "files.retention.manage", "Decide how long documents are kept, and hold them", roles=("administrator",)
)
DOCUMENTS_INFECTED = Permission(
    "files.documents.infected", "Open files in which a virus was found", roles=("administrator",)
)
DOCUMENTS_DAMAGED = Permission(
    "files.documents.damaged", "Open files whose stored bytes are damaged", roles=("administrator",)
)
REPORTS_READ = Permission("files.reports.read", "Read reports on property files", roles=_SUPER_USERS)

ALL = (
    DOCUMENTS_READ,
    DOCUMENTS_ADD,
    DOCUMENTS_SEND,
    APPLICATIONS_CREATE,
    FOLDERS_MANAGE,
    RESTRICTED_READ,
    BATCHES_LOAD,
    STRUCTURE_MANAGE,
    REMOVALS_DECIDE,
    RETENTION_MANAGE,
    REPORTS_READ,
    DOCUMENTS_INFECTED,
    DOCUMENTS_DAMAGED,
)
