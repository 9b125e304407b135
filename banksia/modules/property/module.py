"""Parcels, addresses and assessments of a council, found as fast as one types."""

from banksia.kit.module import Module
from banksia.modules.property import commands, permissions, routes
from banksia.modules.property.events import AddressChanged, ImportApplied, OwnerChanged, ParcelCreated, ParcelEnded

module = Module(
    name="property",
    title="Property",
    version="0.1.0",
    kind="truth",
    description="Parcels, addresses and assessments of the council.",
    routers=(routes.customer, routes.staff, routes.imports),
    commands=commands.commands,
    permissions=permissions.ALL,
    events=(ImportApplied, ParcelCreated, ParcelEnded, AddressChanged, OwnerChanged),
    provides=("find_properties", "get_property", "properties_with_ids", "parcel_of_property", "snapshot_property"),
)
