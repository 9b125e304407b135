"""HTTP in and out of property files."""

from banksia.modules.files.routes.bags import bags
from banksia.modules.files.routes.finding import finding
from banksia.modules.files.routes.folders import folders
from banksia.modules.files.routes.keeping import keeping
from banksia.modules.files.routes.loading import loading
from banksia.modules.files.routes.previews import previews
from banksia.modules.files.routes.removing import removing
from banksia.modules.files.routes.reports import reports
from banksia.modules.files.routes.shared import shared
from banksia.modules.files.routes.staff import staff
from banksia.modules.files.routes.talking import talking
from banksia.modules.files.routes.uploads import uploads

__all__ = [
    "bags",
    "finding",
    "folders",
    "keeping",
    "loading",
    "previews",
    "removing",
    "reports",
    "shared",
    "staff",
    "talking",
    "uploads",
]
