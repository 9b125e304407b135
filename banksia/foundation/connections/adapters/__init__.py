"""Calling a module that runs elsewhere."""
