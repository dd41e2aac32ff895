"""Gongdi (共缔): a city's renewal of old residential compounds, from survey to upkeep."""

__version__ = "0.1.0"
