"""Who sits at the desk?"""

from django.contrib.auth.models import User
from django.test import Client

from tests.factories import StaffFactory


def signed_in(**facts: object) -> Client:
    """A member of staff with these traits of StaffFactory."""
    return desk_of(StaffFactory(**facts))


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
