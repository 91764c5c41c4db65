"""When the worker last did something it was asked by the clock."""

import datetime as dt

from django.db import models


class Heartbeat(models.Model):
    """One row: proves beat, broker and worker together."""

    name = models.CharField(max_length=40, primary_key=True)
    beaten_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.beaten_at:%H:%M:%S}"

    def age(self, now: dt.datetime) -> dt.timedelta:
        return now - self.beaten_at
