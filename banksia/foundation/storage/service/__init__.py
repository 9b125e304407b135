"""Receiving, keeping, serving and checking bytes."""
