"""Modules that are reached over HTTP, and what a council lets each of them do."""
