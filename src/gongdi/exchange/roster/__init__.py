"""Rosters of compounds (小区名单) as cities publish them: read whole, with what is doubtful named cell by cell."""

from gongdi.exchange.problems import Problem
from gongdi.exchange.roster.reader import read_roster
from gongdi.exchange.roster.reading import LABELS, ColumnReading, Field, FieldReading, RosterReading, RosterRow

__all__ = ["LABELS", "ColumnReading", "Field", "FieldReading", "Problem", "RosterReading", "RosterRow", "read_roster"]
