"""Imported by the template of `warm` alone: every module, so that no fork has to."""

from banksia.kit.module import discover
from banksia.worker import create_worker

__all__ = ["MODULES", "create_worker"]
MODULES = discover()
