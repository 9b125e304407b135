"""The truth over HTTP."""

from banksia.modules.property.routes.attributes import definitions
from banksia.modules.property.routes.corrections import corrections
from banksia.modules.property.routes.customer import customer
from banksia.modules.property.routes.imports import imports
from banksia.modules.property.routes.lineage import lineage
from banksia.modules.property.routes.owners import owners
from banksia.modules.property.routes.quality import quality
from banksia.modules.property.routes.staff import staff

__all__ = ["corrections", "customer", "definitions", "imports", "lineage", "owners", "quality", "staff"]
