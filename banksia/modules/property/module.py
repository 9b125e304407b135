"""Parcels, addresses and assessments of a council, found as fast as one types."""

from datetime import timedelta

from banksia.kit.module import Module, Navigation, Widget
from banksia.kit.tasks import Schedule
from banksia.modules.property import commands, permissions, routes, tasks
from banksia.modules.property.events import AddressChanged, ImportApplied, OwnerChanged, ParcelCreated, ParcelEnded
from banksia.modules.property.service.attributes.defaults import seed_attributes
from banksia.modules.property.service.dashboard import care_widget

module = Module(
    name="property",
    title="Property",
    version="0.1.0",
    kind="truth",
    description="Parcels, addresses and assessments of the council.",
    routers=(
        routes.customer,
        routes.staff,
        routes.lineage,
        routes.corrections,
        routes.definitions,
        routes.imports,
        routes.quality,
        routes.owners,
    ),
    commands=commands.commands,
    permissions=permissions.ALL,
    tasks=(tasks.check_import, tasks.apply_import, tasks.revert_import, tasks.review_quality, tasks.watch_sources),
    schedules=(
        Schedule(tasks.watch_sources, every=timedelta(minutes=5)),
        Schedule(tasks.review_quality, every=timedelta(days=1)),
    ),
    events=(ImportApplied, ParcelCreated, ParcelEnded, AddressChanged, OwnerChanged),
    provides=(
        "find_properties",
        "get_property",
        "properties_with_ids",
        "properties_of_parcels",
        "properties_of_assessments",
        "parcel_of_property",
        "parcel_named",
        "read_parcel_cell",
        "snapshot_property",
        "snapshot_each",
        "attributes_of",
        "successors_of",
        "ancestors_of",
        "ancestors_of_each",
        "leads_to",
        "owners_with_email",
    ),
    navigation=(
        Navigation("Properties", "/property/staff", permission=permissions.PROPERTIES_READ, group="work"),
        Navigation(
            "Corrections", "/property/staff/corrections", permission=permissions.CORRECTIONS_DECIDE, group="work"
        ),
        Navigation("Data quality", "/property/staff/quality", permission=permissions.QUALITY_READ, group="work"),
        Navigation("Property data", "/property/settings/imports", "settings", permissions.IMPORTS_RUN),
        Navigation(
            "Attributes of properties", "/property/settings/attributes", "settings", permissions.ATTRIBUTES_MANAGE
        ),
    ),
    widgets=(Widget("care", "Property data", care_widget, permissions.QUALITY_READ),),
    on_enabled=seed_attributes,
)
