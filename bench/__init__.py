"""Measurements, one table out: `make bench`. Nothing here is imported by the product."""
