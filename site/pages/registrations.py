"""What this room adds to the registries of the rooms on its right."""

from communities.alerts import alerts

from . import watching

alerts.register("worker", watching.worker)
