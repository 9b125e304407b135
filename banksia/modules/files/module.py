"""Electronic property files: documents of a property, in folders, with everything that was done to them."""

from banksia.kit.module import Module, Navigation, Widget
from banksia.modules.files import permissions, routes, service

module = Module(
    name="files",
    title="Property files",
    version="0.1.0",
    kind="workflow",
    description="Documents of each property in folders, with versions and a log; issued certificates file themselves.",
    depends_on=("property",),
    routers=(routes.staff,),
    permissions=permissions.ALL,
    listens={"certificates.certificate_issued": service.file_certificate},
    navigation=(Navigation("Property files", "/files/staff", permission=permissions.DOCUMENTS_READ, group="files"),),
    widgets=(Widget("file", "Property file", service.file_of_property, permissions.DOCUMENTS_READ, place="property"),),
    on_enabled=service.seed_folders,
)
