"""Who may read the register of trees, and who may keep it."""

from banksia.kit.actor import Permission

TREES_READ = Permission(
    "trees.register.read",
    "Read the register of significant trees",
    roles=("certificate_officer", "counter_clerk", "records_officer", "administrator"),
)
TREES_KEEP = Permission(
    "trees.register.keep", "Keep the register of significant trees", roles=("records_officer", "administrator")
)
ALL = (TREES_READ, TREES_KEEP)
