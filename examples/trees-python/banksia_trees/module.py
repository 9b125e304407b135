"""Significant trees: which stand on a property, and which of them are protected."""

from banksia.kit.module import Module, Navigation, Widget

from banksia_trees import permissions, routes, service
from banksia_trees.events import TreeRegistered
from banksia_trees.settings import TreesSettings

module = Module(
    name="trees",
    title="Significant trees",
    version="0.2.0",
    kind="truth",
    description="The register of significant trees of each property, with those that are protected.",
    depends_on=("property",),
    routers=(routes.customer, routes.staff),
    permissions=permissions.ALL,
    events=(TreeRegistered,),
    settings=TreesSettings,
    navigation=(
        Navigation("Significant trees", "/trees/customer", area="customer"),
        Navigation("Significant trees", "/trees/staff", permission=permissions.TREES_READ, group="work"),
    ),
    widgets=(
        Widget("latest", "Significant trees", service.latest_trees, permission=permissions.TREES_READ),
        Widget(
            "of_property",
            "Significant trees",
            service.trees_for_page,
            permission=permissions.TREES_READ,
            place="property",
        ),
    ),
    provides=("trees_of_property",),
    page="web/page.js",
)
