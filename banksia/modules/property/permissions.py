"""Who may do what with the truth."""

from banksia.kit.actor import Permission

_STAFF = ("administrator", "certificate_officer", "counter_clerk", "records_officer", "finance_officer")

PROPERTIES_READ = Permission("property.properties.read", "See where property records come from", roles=_STAFF)
IMPORTS_RUN = Permission("property.imports.run", "Import property records", roles=("administrator",))
QUALITY_READ = Permission(
    "property.quality.read", "See what is wrong in property records", roles=("administrator", "records_officer")
)
OWNERS_READ = Permission(
    "property.owners.read",
    "See the owners of properties",
    roles=("administrator", "certificate_officer", "finance_officer", "records_officer"),
)
ATTRIBUTES_RECORD = Permission(
    "property.attributes.record", "Record attributes of properties", roles=("administrator", "certificate_officer")
)
ATTRIBUTES_MANAGE = Permission(
    "property.attributes.manage", "Manage the catalogue of attributes", roles=("administrator",)
)
LINEAGE_RECORD = Permission(
    "property.lineage.record", "Record subdivisions and consolidations", roles=("administrator", "records_officer")
)
CORRECTIONS_PROPOSE = Permission(
    "property.corrections.propose", "Propose corrections of property records", roles=_STAFF
)
CORRECTIONS_DECIDE = Permission(
    "property.corrections.decide",
    "Approve corrections of property records",
    roles=("administrator", "records_officer"),
)

ALL = (
    PROPERTIES_READ,
    IMPORTS_RUN,
    QUALITY_READ,
    OWNERS_READ,
    ATTRIBUTES_RECORD,
    ATTRIBUTES_MANAGE,
    LINEAGE_RECORD,
    CORRECTIONS_PROPOSE,
    CORRECTIONS_DECIDE,
)
