"""The invented town hall: its settings, its page on how it works, and a person in each group of staff."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from communities.models import Town
from engagement.models import Scheme
from pages import groups, page_tree
from pages.models import StandardPage

from . import fixtures, projects
from .logins import PASSWORD, USERNAMES

MAP = "Dessin : le centre et son église, les terrils jumeaux, la ceinture verte, les cités de l’ouest et les champs."


@dataclass(frozen=True)
class Login:
    """Who may sign in."""

    username: str
    password: str


def furnish() -> None:
    """Fill the town hall's settings and its page on how a fifty-fifty works."""
    town = Town.load()
    for name, value in fixtures.read("demo_fictive")["mairie"].items():
        setattr(town, name, value)
    town.save()
    page_tree.name_site(town=town)
    tell_history()
    hang_map()


def hang_map() -> None:
    """The picture on which residents point at a place."""
    scheme, name = Scheme.load(), "plan-de-la-ville.svg"
    with (projects.DRAWINGS / name).open("rb") as file:
        scheme.map_picture = get_image_model().objects.create(
            title="Plan dessiné de la ville", description=MAP, file=ImageFile(file, name=name)
        )
    projects.say_it_is_drawn(scheme.map_picture)
    scheme.map_credit = projects.CREDIT
    scheme.save()


def tell_history() -> None:
    """Where the scheme comes from, with the source and year of every figure."""
    told = {key: fixtures.told(fact) for key, fact in fixtures.facts().items()}
    history = fixtures.read("la_demarche")
    pieces = [piece | {"value": piece["value"].format_map(told)} for piece in history["body"]]
    page = StandardPage.objects.get(slug="la-demarche")
    page.intro, page.body = history["intro"], page_tree.as_story(pieces)
    page.save()


def seat_staff() -> list[Login]:
    """One member of staff in each group, who all have the demonstration's password."""
    names = (groups.COMMUNICATION, groups.PARTICIPATION, groups.ADMINISTRATION, groups.ELECTED)
    return [seat(name, username) for name, username in zip(names, USERNAMES, strict=True)]


def seat(group: str, username: str) -> Login:
    users = get_user_model().objects
    make = users.create_superuser if group == groups.ADMINISTRATION else users.create_user
    user = make(username=username, email=f"{username}@example.org", password=PASSWORD)
    user.groups.add(Group.objects.get(name=group))
    return Login(username, PASSWORD)
