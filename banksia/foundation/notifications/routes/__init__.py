"""HTTP: the log of messages for staff, and the caught mail of a demo."""
