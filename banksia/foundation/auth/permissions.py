"""Roles, and who may manage accounts."""

from banksia.kit.actor import Permission

ROLES = {
    "customer": "Customer",
    "certificate_officer": "Certificate officer",
    "counter_clerk": "Counter clerk",
    "records_officer": "Records officer",
    "finance_officer": "Finance officer",
    "administrator": "Administrator",
}
"""The roles that staff can have, and `customer`, which every customer has."""

USERS_MANAGE = Permission("auth.users.manage", "Manage people and their roles", roles=("administrator",))
ACCOUNT_KEEP = Permission("auth.account.keep", "Keep an account", roles=tuple(ROLES))
ALL = (USERS_MANAGE, ACCOUNT_KEEP)
