"""Issuing without an officer: by rules that an administrator edits, and never against one of them."""
