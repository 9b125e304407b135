"""Who may see and replay work that failed."""

from banksia.kit.actor import Permission

DEAD_LETTERS_MANAGE = Permission(
    "events.dead_letters.manage", "See and replay work that failed", roles=("administrator",)
)
ALL = (DEAD_LETTERS_MANAGE,)
