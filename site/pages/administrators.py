"""Who can get in first?"""

import secrets
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from . import groups

PASSWORD_BYTES = 15


@dataclass(frozen=True)
class FirstAdministrator:
    """Who was let in, and the password made for them, which is shown once; empty when they brought their own."""

    email: str
    generated_password: str


def let_in_first(*, email: str, password: str) -> FirstAdministrator | None:
    """Make an administrator when there is none yet; None when there is one, or no e-mail address to make them from."""
    users = get_user_model().objects
    if not email or users.filter(is_superuser=True, is_active=True).exists():
        return None
    generated = "" if password else secrets.token_urlsafe(PASSWORD_BYTES)
    user = users.create_superuser(username=email, email=email, password=password or generated)
    user.groups.add(Group.objects.get(name=groups.ADMINISTRATION))
    return FirstAdministrator(email, generated)
