"""The desk's own cells."""

from communities import cells


class Cell(cells.Cell):
    """With a template among the meetings'."""

    room = "meetings"
