"""What clerks write in cells: texts, numbers with units, years. Read exactly, or not at all with the reason."""

from gongdi.exchange.figures.numerals import chinese_number
from gongdi.exchange.figures.quantities import Quantity, read_quantity
from gongdi.exchange.figures.text import clean, compact
from gongdi.exchange.figures.units import Kind, Unit, find_unit
from gongdi.exchange.figures.years import YearSpan, read_years

__all__ = [
    "Kind",
    "Quantity",
    "Unit",
    "YearSpan",
    "chinese_number",
    "clean",
    "compact",
    "find_unit",
    "read_quantity",
    "read_years",
]
