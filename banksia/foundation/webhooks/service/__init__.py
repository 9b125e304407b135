"""Webhooks: keeping them, telling them, delivering."""
