"""Sources, imports, their reports, and data quality."""
