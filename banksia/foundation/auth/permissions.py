"""Roles, and who may manage accounts."""

from banksia.kit.actor import Permission

ROLES = {
    "customer": "Customer",
    "certificate_officer": "Certificate officer",
    "counter_clerk": "Counter clerk",
    "records_officer": "Records officer",
    "finance_officer": "Finance officer",
    "environmental_officer": "Environmental services",
    "files_viewer": "Property files, view only",
    "administrator": "Administrator",
}
"""The roles that staff can have, and `customer`, which every customer has."""

USERS_MANAGE = Permission("auth.users.manage", "Manage people and their roles", roles=("administrator",))
ACCOUNT_KEEP = Permission("auth.account.keep", "Keep an account", roles=tuple(ROLES))
TOKENS_KEEP = Permission("auth.tokens.keep", "Make and revoke one's own API tokens", roles=("customer",))
FIRMS_KEEP = Permission("auth.firms.keep", "Belong to a firm", roles=("customer",))
ALL = (USERS_MANAGE, ACCOUNT_KEEP, TOKENS_KEEP, FIRMS_KEEP)
