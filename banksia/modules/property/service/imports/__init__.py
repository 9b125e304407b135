"""Imports as reviewed changes: received, checked by a dry run, applied in one transaction, and perhaps reverted."""
