"""HTTP in and out; decides nothing."""

from banksia.modules.certificates.routes.attaching import attaching
from banksia.modules.certificates.routes.baskets import baskets
from banksia.modules.certificates.routes.batches import batches
from banksia.modules.certificates.routes.changing import changing
from banksia.modules.certificates.routes.closed_days import calendar
from banksia.modules.certificates.routes.customer import customer
from banksia.modules.certificates.routes.delivery import delivery
from banksia.modules.certificates.routes.messages import messages
from banksia.modules.certificates.routes.reports import reports
from banksia.modules.certificates.routes.saved_filters import saved_filters
from banksia.modules.certificates.routes.settings import settings
from banksia.modules.certificates.routes.signing import signing
from banksia.modules.certificates.routes.staff import staff
from banksia.modules.certificates.routes.standard_answers import standard_answers
from banksia.modules.certificates.routes.straight_through import straight_through
from banksia.modules.certificates.routes.teams import teams
from banksia.modules.certificates.routes.templates import templates
from banksia.modules.certificates.routes.verification import verifying

__all__ = [
    "attaching",
    "baskets",
    "batches",
    "calendar",
    "changing",
    "customer",
    "delivery",
    "messages",
    "reports",
    "saved_filters",
    "settings",
    "signing",
    "staff",
    "standard_answers",
    "straight_through",
    "teams",
    "templates",
    "verifying",
]
