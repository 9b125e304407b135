"""Bytes: stored once by their content, immutable, found again by a row."""
