"""How is a member of staff chosen?"""

from collections.abc import Iterable

from django import forms
from django.contrib.auth.models import User

from engagement.examining import people


class StaffField(forms.ModelChoiceField):
    """Called by name, not by what they sign in with."""

    def label_from_instance(self, user: User) -> str:  # type: ignore[override]  # only users are listed
        return people.name_of(user)


def named(users: Iterable[User]) -> list[tuple[int, str]]:
    """The choices of a filter."""
    return [(user.pk, people.name_of(user)) for user in users]
