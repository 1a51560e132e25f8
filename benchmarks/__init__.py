"""Measurements, run by `make bench`; the suite doesn't run them."""
