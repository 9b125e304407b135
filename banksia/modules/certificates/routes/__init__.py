"""HTTP in and out; decides nothing."""

from banksia.modules.certificates.routes.customer import customer
from banksia.modules.certificates.routes.messages import messages
from banksia.modules.certificates.routes.settings import settings
from banksia.modules.certificates.routes.staff import staff

__all__ = ["customer", "messages", "settings", "staff"]
