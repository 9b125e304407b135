"""HTTP: one's own account, and the accounts that an administrator manages."""

from banksia.foundation.auth.routes.account import account
from banksia.foundation.auth.routes.staff import staff

__all__ = ["account", "staff"]
