"""Owners, attributes, lineage, history, maps and corrections."""
