"""Every SELECT of the module, scoped to one organisation."""
