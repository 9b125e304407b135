"""The web application: every module's routes under one roof."""

from banksia.app.application import create_app, create_platform

__all__ = ["create_app", "create_platform"]
