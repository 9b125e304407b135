"""`banksia ...`: the operator's commands, and those that modules bring."""

from banksia.cli.root import main

__all__ = ["main"]
