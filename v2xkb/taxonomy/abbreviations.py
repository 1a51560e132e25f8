"""Abbreviations of the field that name no term of ours: in a search each means its long form, and the reverse."""

ABBREVIATIONS = (
    ("AFIR", "Alternative Fuels Infrastructure Regulation"),
    ("BESS", "battery energy storage system"),
    ("BEV", "battery electric vehicle"),
    ("DER", "distributed energy resource"),
    ("EMS", "energy management system"),
    ("EV", "electric vehicle"),
    ("EVSE", "electric vehicle supply equipment"),
    ("HEMS", "home energy management system"),
    ("PHEV", "plug-in hybrid electric vehicle", "plug-in hybrid"),
    ("PV", "photovoltaic"),
    ("RES", "renewable energy source"),
    ("SoC", "state of charge"),
    ("SoH", "state of health"),
    ("TOU", "time of use"),
    ("VGI", "vehicle-grid integration", "vehicle grid integration"),
    ("VPP", "virtual power plant"),
)
