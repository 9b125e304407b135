"""Significant trees: which stand on a property, and which of them are protected."""

from banksia.kit.module import Module, Navigation, Widget

from banksia_trees import permissions, routes, service
from banksia_trees.events import TreeRegistered
from banksia_trees.settings import TreesSettings

module = Module(
    name="trees",
    title="Significant trees",
    version="0.1.0",
    kind="truth",
    description="The register of significant trees of each property, with those that are protected.",
    depends_on=("property",),
    routers=(routes.staff,),
    permissions=permissions.ALL,
    events=(TreeRegistered,),
    settings=TreesSettings,
    navigation=(Navigation("Significant trees", "/trees/staff", permission=permissions.TREES_READ, group="work"),),
    widgets=(Widget("latest", "Latest trees", service.latest_trees, permission=permissions.TREES_READ),),
    provides=("trees_of_property",),
    page="web/page.js",
)
