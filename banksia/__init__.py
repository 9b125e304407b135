"""Banksia: an open platform on which a local council runs its services."""

__version__ = "0.1.0"
