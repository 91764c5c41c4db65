"""How do we ask, for one row, whether another exists, at the price of a look in an index?"""

from django.db.models import Exists


class Probed(Exists):
    """EXISTS looked up row by row.

    A planner that has not counted a fresh table yet would rather read it whole, for a short list or for each row;
    OFFSET keeps it from joining.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"
