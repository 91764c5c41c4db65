"""Does the worker still do what the clock asks? For the health checks of worker and beat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pages import health


class Command(BaseCommand):
    help = "Fails when clock, Redis and worker together did nothing for three minutes."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not health.worker_lives(timezone.now()):
            raise CommandError("The worker's last heartbeat is missing or too old.")
