"""What staff see and record of a property: owners, attributes, lineage, history, corrections."""

from banksia.kit.routing import Router

staff = Router()
