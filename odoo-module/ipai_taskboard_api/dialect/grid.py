# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The cells of a table while it is read."""

from . import bounds, words
from .document import Break, Table


class Grid:
    """Rows of (element, alignment, words)."""

    def __init__(self):
        self.rows = []

    def table(self):
        """(the Table, whether it cannot say all of this)."""
        rows = [row for row in self.rows if row]
        if not rows:
            return Table(), False
        width = max(map(len, rows))
        if width * len(rows) > bounds.MOST_CELLS:
            raise bounds.TooMuch
        columns = [self._column(rows, index) for index in range(width)]
        has_head = all(tag == "th" for tag, _align, _cell in rows[0])
        body = rows[1:] if has_head else rows
        is_lossy = (
            any(align is None for align in columns)
            or any(tag == "th" for row in body for tag, _align, _cell in row)
            or any(
                isinstance(word, Break)
                for row in rows
                for *_rest, cell in row
                for word in cell
            )
        )
        cells = [
            [cell for *_rest, cell in row] + [[]] * (width - len(row)) for row in rows
        ]
        head = cells.pop(0) if has_head else None
        if head and cells and not any(head):
            head = None
        return Table(cells, head, [align or "" for align in columns]), is_lossy

    def add_cell(self, tag, align, cell):
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append((tag, align, words.tidy(cell)))

    @staticmethod
    def _column(rows, index):
        """Alignment of all cells of a column; None where they differ."""
        aligns = {row[index][1] for row in rows if index < len(row)}
        align = aligns.pop() if len(aligns) == 1 else None
        align = "left" if align == "start" else align
        return align if align in ("", "left", "center", "right") else None
