"""Sources, imports and data quality, for administrators."""

from banksia.kit.routing import Router

imports = Router()
