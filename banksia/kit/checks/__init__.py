"""The contract that every module keeps; `banksia check` and the boot name whoever breaks it."""

from banksia.kit.checks.contract import check

__all__ = ["check"]
