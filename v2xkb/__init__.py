"""A knowledge base of vehicle-to-everything (V2X) projects, barriers, terms and literature."""

__version__ = "1.0.0"
