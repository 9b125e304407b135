"""The truth over HTTP."""

from banksia.modules.property.routes.customer import customer
from banksia.modules.property.routes.imports import imports
from banksia.modules.property.routes.staff import staff

__all__ = ["customer", "imports", "staff"]
