"""Connecting modules, reaching them, and what they call back."""
