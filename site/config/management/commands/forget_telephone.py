"""Let someone whose telephone and recovery codes are lost enrol a new telephone."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q


class Command(BaseCommand):
    help = "Forgets the second key of a member of staff: their next sign-in asks to enrol a telephone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", help="their user name or e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        who = options["who"]
        users = get_user_model().objects.filter(Q(username=who) | Q(email__iexact=who))
        if users.count() != 1:
            raise CommandError(f"{users.count()} accounts answer to {who}.")
        Authenticator.objects.filter(user=users.get()).delete()
        self.stdout.write(f"{who} will be asked to enrol a telephone.")
