"""A council's register of significant trees, as a module of Banksia."""
