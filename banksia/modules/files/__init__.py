"""Electronic property files: documents of a property, in folders, with everything that was done to them."""
