"""Who may do what with the truth."""

from banksia.kit.actor import Permission

_STAFF = ("administrator", "certificate_officer", "counter_clerk", "records_officer", "finance_officer")

PROPERTIES_READ = Permission("property.properties.read", "See where property records come from", roles=_STAFF)
IMPORTS_RUN = Permission("property.imports.run", "Import property records", roles=("administrator",))

ALL = (PROPERTIES_READ, IMPORTS_RUN)
