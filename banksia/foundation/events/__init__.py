"""The outbox: events and tasks are rows of the same transaction; the broker is only a bell."""
