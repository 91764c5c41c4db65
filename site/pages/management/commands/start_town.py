"""Make what a town needs before its first meeting. Run at every deployment."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from pages import starting


class Command(BaseCommand):
    help = "Makes the page tree, the groups, the workflow, the first administrator and the town hall's settings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--admin-email", default=settings.ADMIN_EMAIL, help="first administrator (ADMIN_EMAIL)")
        parser.add_argument(
            "--admin-password", default=settings.ADMIN_PASSWORD, help="default: ADMIN_PASSWORD, or made"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = starting.start(
            site_url=settings.SITE_URL,
            language=settings.LANGUAGE_CODE,
            admin_email=options["admin_email"],
            admin_password=options["admin_password"],
            now=timezone.now(),
        )
        self.stdout.write("The town is started." if started.tree_is_new else "The town was already started.")
        if started.administrator:
            self.tell(started.administrator.email, started.administrator.generated_password)

    def tell(self, email: str, password: str) -> None:
        """Say who may sign in; a password made here is shown this once."""
        shown = f", password {password} (shown this once: change it)" if password else ""
        self.stdout.write(f"First administrator: {email}{shown}")
