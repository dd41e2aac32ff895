"""Rolls of dwellings and their owners (房屋产权清册) read from tables, one dwelling after another."""

from gongdi.exchange.dwelling_roll.columns import COLUMNS, Field
from gongdi.exchange.dwelling_roll.entries import DwellingEntry, OwnerEntry
from gongdi.exchange.dwelling_roll.reader import RollReader

__all__ = ["COLUMNS", "DwellingEntry", "Field", "OwnerEntry", "RollReader"]
