"""Who may read the audit log."""

from banksia.kit.actor import Permission

ENTRIES_READ = Permission("audit.entries.read", "Read the audit log", roles=("administrator",))
ALL = (ENTRIES_READ,)
