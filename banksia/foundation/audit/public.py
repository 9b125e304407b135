"""What other parts use: record what an actor did."""

from banksia.foundation.audit.service import record, verify

__all__ = ["record", "verify"]
