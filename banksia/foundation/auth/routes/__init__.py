"""HTTP: one's own account and firms, and the accounts that an administrator manages."""

from banksia.foundation.auth.routes.account import account
from banksia.foundation.auth.routes.api_tokens import api_tokens
from banksia.foundation.auth.routes.firms import firms
from banksia.foundation.auth.routes.staff import staff

__all__ = ["account", "api_tokens", "firms", "staff"]
