"""Mail: rendered when something happens, delivered afterwards, each message kept."""

from banksia.foundation.notifications import permissions, tasks
from banksia.foundation.notifications.events import MessageBounced
from banksia.foundation.notifications.routes.bounces import bounces
from banksia.foundation.notifications.routes.staff import staff
from banksia.foundation.notifications.routes.wording import wordings
from banksia.kit.module import Module, Navigation

module = Module(
    name="notifications",
    title="E-mail",
    version="0.1.0",
    kind="foundation",
    description="Messages to customers and staff, each kept with what became of it.",
    depends_on=("organisations", "audit", "events", "storage"),
    routers=(staff, wordings, bounces),
    permissions=permissions.ALL,
    navigation=(
        Navigation("Messages", "/notifications/staff", permission=permissions.MESSAGES_READ, group="administration"),
        Navigation("Wording of email", "/notifications/settings/wording", "settings", permissions.WORDING_MANAGE),
    ),
    tasks=(tasks.deliver_message,),
    events=(MessageBounced,),
)
