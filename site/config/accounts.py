"""Who gets a staff account, and how they prove who they are."""

import logging
import time
from smtplib import SMTPException
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from communities.models import Town

logger = logging.getLogger(__name__)


class StaffAdapter(DefaultAccountAdapter):
    """Staff accounts are made by an administrator; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_from_email(self) -> str:
        """The town hall's mailbox, as for every letter."""
        return Town.load().email or settings.DEFAULT_FROM_EMAIL

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What it tells of is done, whether or not the relay takes the letter."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except (OSError, SMTPException) as error:
            logger.warning("A letter to staff could not leave: %s", error)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A password typed in the last minutes need not be typed again."""
        records = get_authentication_records(context.request, context.request.user)
        recently = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return all(record["at"] < recently for record in records)


class StaffSecondFactorAdapter(DefaultMFAAdapter):
    """The code that a telephone shows for this site."""

    def get_totp_issuer(self) -> str:
        return Town.load().name or settings.WAGTAIL_SITE_NAME
