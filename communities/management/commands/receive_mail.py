"""One message on standard input, from Postfix or Dovecot. 0: it is ours now; 75: try again (sysexits.h)."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from communities.inbound import receiving, sorting
from communities.inbound.reading import LARGEST
from communities.models import InboundSource

TRY_AGAIN = 75


class Command(BaseCommand):
    """The message is safe once this ends with 0: a worker reads it a moment later, or with --now at once."""

    help = "Takes in one message on standard input. Ends with 0 once it is kept, with 75 when it must be tried again."
    requires_system_checks: list[str] = []  # it starts for each message

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--recipient", action="append", default=[], help="Whom the envelope names; several times.")
        parser.add_argument("--now", action="store_true", help="Reads it at once instead of leaving it to a worker.")

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(LARGEST + 1)
        while sys.stdin.buffer.read(LARGEST):
            pass  # who writes to us must not be cut off, however much they have to say
        try:
            message = receiving.receive(
                raw=raw,
                recipients=options["recipient"] or [settings.INBOUND_RECIPIENT],
                source=InboundSource.PIPE,
                now=timezone.now(),
            )
            if options["now"]:
                sorting.sort(pks=[message.pk], now=timezone.now())
            else:
                receiving.ring()
        except Exception as trouble:  # whatever it is: with any other code the mail server would send it back
            self.stderr.write(f"Try again: {trouble}")
            sys.exit(TRY_AGAIN)
