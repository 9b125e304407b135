"""Electronic property files: documents of a property, in folders, with everything that was done to them."""

from datetime import timedelta

from banksia.kit.module import Module, Navigation, Widget
from banksia.kit.tasks import Schedule
from banksia.modules.files import permissions, routes, service, tasks
from banksia.modules.files.commands import commands
from banksia.modules.files.settings import FilesSettings

module = Module(
    name="files",
    title="Property files",
    version="0.2.0",
    kind="workflow",
    description="Documents of each property, kept as evidence; issued certificates file themselves.",
    depends_on=("property",),
    routers=(
        routes.staff,
        routes.folders,
        routes.finding,
        routes.talking,
        routes.removing,
        routes.keeping,
        routes.loading,
        routes.bags,
        routes.uploads,
        routes.previews,
        routes.reports,
        routes.shared,
    ),
    permissions=permissions.ALL,
    tasks=(
        tasks.process_content,
        tasks.send_reminders,
        tasks.purge_isolated,
        tasks.destroy_disposal,
        tasks.check_batch,
        tasks.load_batch,
        tasks.undo_batch,
        tasks.finish_uploads,
        tasks.read_scans,
        tasks.look_for_viruses,
        tasks.catch_up,
    ),
    schedules=(
        Schedule(tasks.send_reminders, every=timedelta(hours=1)),
        Schedule(tasks.purge_isolated, every=timedelta(hours=6)),
        Schedule(tasks.finish_uploads, every=timedelta(minutes=5)),
        Schedule(tasks.look_for_viruses, every=timedelta(minutes=5)),
        Schedule(tasks.catch_up, every=timedelta(hours=1)),
    ),
    commands=commands,
    listens={
        "certificates.certificate_issued": service.file_certificate,
        "notifications.message_bounced": service.note_returned,
    },
    settings=FilesSettings,
    navigation=(
        Navigation("Property files", "/files/staff", permission=permissions.DOCUMENTS_READ, group="files"),
        Navigation("Folders of property files", "/files/settings/folders", "settings", permissions.STRUCTURE_MANAGE),
        Navigation("Retention and holds", "/files/settings/retention", "settings", permissions.RETENTION_MANAGE),
        Navigation("Removals of documents", "/files/settings/removals", "settings", permissions.REMOVALS_DECIDE),
        Navigation("Disposal lists", "/files/settings/disposals", "settings", permissions.RETENTION_MANAGE),
        Navigation(
            "Sizes and periods of property files", "/files/settings/periods", "settings", permissions.STRUCTURE_MANAGE
        ),
        Navigation("Load scanned shelves", "/files/staff/loads", permission=permissions.BATCHES_LOAD, group="files"),
        Navigation("What is kept", "/files/staff/reports", permission=permissions.REPORTS_READ, group="files"),
    ),
    widgets=(Widget("file", "Property file", service.file_of_property, permissions.DOCUMENTS_READ, place="property"),),
    on_enabled=service.begin,
)
