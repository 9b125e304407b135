"""What other parts use: record what an actor did, and read what was done about something."""

from banksia.foundation.audit.service import entries_about, record, verify

__all__ = ["entries_about", "record", "verify"]
