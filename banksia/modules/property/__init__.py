"""Parcels, addresses and assessments of a council: the truth that every other module refers to."""
