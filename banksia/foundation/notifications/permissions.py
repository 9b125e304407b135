"""Who may see what was sent, and send it again."""

from banksia.kit.actor import Permission

MESSAGES_READ = Permission(
    "notifications.messages.read",
    "See sent e-mail",
    roles=("certificate_officer", "counter_clerk", "administrator"),
)
MESSAGES_RESEND = Permission(
    "notifications.messages.resend",
    "Send e-mail again",
    roles=("certificate_officer", "counter_clerk", "administrator"),
)
WORDING_MANAGE = Permission(
    "notifications.wording.manage",
    "Edit the wording of e-mail",
    roles=("administrator",),
)
ALL = (MESSAGES_READ, MESSAGES_RESEND, WORDING_MANAGE)
