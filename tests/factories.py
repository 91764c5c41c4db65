"""Staff of an invented town hall, and the pages a town starts with."""

from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.utils import timezone
from wagtail.users.models import UserProfile

from pages import groups, page_tree
from pages.models import HomePage

NAMES = ["Ada Terril", "Basile Coron", "Nora Chevalet", "Félix Gaillette", "Inès Briquette"]


def home_page() -> HomePage:
    """The home page, with the lists of meetings and projects below it; made once in a test."""
    page_tree.grow(site_url="https://commune.example", language="fr", now=timezone.now())
    return HomePage.objects.get()


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

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, member_of: str, reads: str, **facts: Any) -> User:
        user = model_class.objects.create_user(*args, **facts)
        UserProfile.objects.create(user=user, preferred_language=reads)
        if member_of:
            groups.form(home=home_page())
            user.groups.add(Group.objects.get(name=member_of))
        return user
