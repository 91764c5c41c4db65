"""Load the demonstration's town into an empty database. A second run does nothing."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.images import get_image_model

from pages.demo import loading


class Command(BaseCommand):
    help = "Loads a town to try everything on: invented residents, meetings and projects."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="empty the whole database first")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_TOWN:
            raise CommandError("The demonstration has known passwords. Set DEMO_TOWN=true where it may be loaded.")
        if options["reset"]:
            self.empty()
        if loading.is_loaded():
            self.stdout.write("The demonstration is already loaded.")
            return
        self.load()

    def load(self) -> None:
        try:
            logins = loading.load(site_url=settings.SITE_URL, language=settings.LANGUAGE_CODE, now=timezone.now())
        except loading.TownIsNotEmpty as refusal:
            raise CommandError(f"{refusal.__doc__} Use --reset to empty it.") from refusal
        self.stdout.write("The demonstration is loaded. Staff may sign in with:")
        for login in logins:
            self.stdout.write(f"  {login.username} / {login.password}")

    def empty(self) -> None:
        """Everything goes: pages, people, staff, letters, pictures."""
        for picture in [*get_image_model().objects.all(), *get_image_model().get_rendition_model().objects.all()]:
            picture.file.delete(save=False)
        call_command("flush", interactive=False, verbosity=0)
        cache.clear()
