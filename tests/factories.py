"""Staff of an invented town hall, and the pages a town starts with."""

from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from wagtail.users.models import UserProfile

from pages import groups
from pages.models import HomePage
from tests import planted

NAMES = ["Ada Terril", "Basile Coron", "Nora Chevalet", "Félix Gaillette", "Inès Briquette"]


def home_page() -> HomePage:
    """The home page, with the lists of meetings and projects below it; made once in a test."""
    home = HomePage.objects.first()
    if home is None:
        planted.plant(planted.tree)
        home = HomePage.objects.get()
    return home


def group_of_staff(name: str) -> Group:
    """One of the four, with what they may do; all are made once in a test."""
    home_page()
    group = Group.objects.filter(name=name).first()
    if group is None:
        planted.plant(planted.desk)
        group = Group.objects.get(name=name)
    return group


class StaffFactory(factory.django.DjangoModelFactory):
    """Someone at the town hall, who reads the desk in English so that tests do; in no group unless a trait says so."""

    username = factory.Sequence("staff-{}".format)
    email = factory.LazyAttribute("{0.username}@example.org".format)
    first_name = factory.Iterator([name.split()[0] for name in NAMES])
    last_name = factory.Iterator([name.split()[1] for name in NAMES])
    member_of = ""
    reads = "en"

    class Meta:
        model = get_user_model()

    class Params:
        communication = factory.Trait(member_of=groups.COMMUNICATION)
        participation = factory.Trait(member_of=groups.PARTICIPATION)
        administration = factory.Trait(member_of=groups.ADMINISTRATION)
        elected = factory.Trait(member_of=groups.ELECTED)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, member_of: str, reads: str, **facts: Any) -> User:
        user = model_class.objects.create_user(*args, **facts)
        UserProfile.objects.create(user=user, preferred_language=reads)
        if member_of:
            user.groups.add(group_of_staff(member_of))
        return user
