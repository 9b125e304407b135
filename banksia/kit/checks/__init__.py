"""The contract that every module keeps; `banksia check` and the boot name whoever breaks it."""

from banksia.kit.checks.contract import api_routes, check, refuse_broken
from banksia.kit.checks.database import compare

__all__ = ["api_routes", "check", "compare", "refuse_broken"]
