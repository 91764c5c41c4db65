"""Who asks, at the desk? Someone who has signed in: Wagtail lets nobody else through its door."""

from django.contrib.auth.models import User
from django.http import HttpRequest


class StaffRequest(HttpRequest):
    """A request past the desk's door."""

    user: User
