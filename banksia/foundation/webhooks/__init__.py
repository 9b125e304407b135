"""Webhooks out: a customer's software is told what happens to what the customer ordered."""
