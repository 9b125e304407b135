"""Connecting modules, calling them, and what they may call here."""
