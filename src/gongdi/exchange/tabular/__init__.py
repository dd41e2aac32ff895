"""Table files of any kind as grids of cells, within stated limits (limits.py)."""

from gongdi.exchange.tabular.grid import CellValue, Grid, Merge, TableFile, cell_name, column_letters
from gongdi.exchange.tabular.opening import open_table

__all__ = ["CellValue", "Grid", "Merge", "TableFile", "cell_name", "column_letters", "open_table"]
