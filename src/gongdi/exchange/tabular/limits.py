"""How large a table file may be, so that no file can exhaust the machine."""

from __future__ import annotations

MAX_FILE_BYTES = 50 * 1024 * 1024
"""Bytes of the file as sent (50 MB)."""

MAX_UNPACKED_BYTES = 400 * 1024 * 1024
"""Bytes of everything inside an .xlsx when unpacked (400 MB)."""

MAX_RATIO = 200
"""Unpacked bytes per packed byte of one large part; a spreadsheet reaches 10 to 40, a bomb a thousand."""

RATIO_FROM_BYTES = 10 * 1024 * 1024
"""Parts smaller than this unpacked (10 MB) may have any ratio."""

MAX_PARTS = 2_000
"""Parts inside an .xlsx."""

MAX_SHEETS = 200
"""Worksheets in a workbook."""

MAX_ROWS = 200_000
"""Rows of a sheet, counted to the last row that holds something."""

MAX_COLUMNS = 128
"""Columns of a sheet, counted to the last column that holds something (DX)."""

MAX_CELL_CHARACTERS = 32_767
"""Characters of one cell: what Excel itself allows."""

MAX_CELL_BYTES = 1024 * 1024
"""Bytes that one cell may take inside the file, mark-up included (1 MB)."""

MAX_LISTED_CELLS = 10_000
"""Cells without a value (formulas, errors) remembered for one sheet."""

MAX_BULK_FILE_BYTES = 300 * 1024 * 1024
"""Bytes of a file that is read sheet by sheet, never whole (300 MB)."""

MAX_BULK_UNPACKED_BYTES = 3 * 1024 * 1024 * 1024
"""Bytes inside such a file when unpacked (3 GB); one sheet still holds MAX_ROWS rows at most."""
