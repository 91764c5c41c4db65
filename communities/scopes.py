"""Of what may we tell a person? Of a community's meetings, of a neighbourhood's, or of every meeting of the town."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .models import Community, Neighbourhood
from .wordings import WORDINGS

TOWN = "town"
NAMED = re.compile(r"(community|neighbourhood):([0-9]{1,18})")


@dataclass(frozen=True)
class Offer:
    """What a person may choose from, besides every meeting of the town; `is_narrow` when there is more than that."""

    communities: list[Community]
    neighbourhoods: list[Neighbourhood]
    is_narrow: bool


def scope_of(thing: Community | Neighbourhood) -> str:
    """ "community:<pk>" or "neighbourhood:<pk>"."""
    return f"{thing._meta.model_name}:{thing.pk}"


def scopes_of(
    *, communities: Iterable[Community] = (), neighbourhoods: Iterable[Neighbourhood] = (), whole_town: bool = False
) -> list[str]:
    """Everything that these wishes cover, in a fixed order."""
    return [*map(scope_of, communities), *map(scope_of, neighbourhoods), *([TOWN] if whole_town else [])]


def things_of(scopes: Iterable[str]) -> tuple[list[Community], list[Neighbourhood]]:
    """The communities and the neighbourhoods that these scopes name; whatever else was typed names nothing."""
    named = [match.groups() for match in map(NAMED.fullmatch, scopes) if match]
    communities = Community.objects.filter(pk__in=[pk for kind, pk in named if kind == "community"])
    neighbourhoods = Neighbourhood.objects.filter(pk__in=[pk for kind, pk in named if kind == "neighbourhood"])
    return list(communities), list(neighbourhoods)


def offer_of(asked: Iterable[str]) -> Offer:
    """The things that these scopes name; everything there is when they name nothing."""
    communities, neighbourhoods = things_of(asked)
    if communities or neighbourhoods:
        return Offer(communities, neighbourhoods, is_narrow=True)
    return Offer(list(Community.objects.all()), list(Neighbourhood.objects.all()), is_narrow=False)


def names_of(scopes: Iterable[str]) -> dict[str, str]:
    """What each scope is called, in their order and two queries; one whose thing is gone keeps a name too."""
    named: dict[str, str] = {scope: str(_("something that no longer exists")) for scope in scopes}
    for model in (Community, Neighbourhood):
        kind = model._meta.model_name
        pks = [scope.partition(":")[2] for scope in named if scope.startswith(f"{kind}:")]
        named |= {
            f"{kind}:{pk}": name for pk, name in model._default_manager.filter(pk__in=pks).values_list("pk", "name")
        }
    return named | ({TOWN: str(_("every public meeting of the town"))} if TOWN in named else {})


def readers_of(scopes: Iterable[str]) -> dict[str, str]:
    """Whom a letter to each scope is for, in their order."""
    named = names_of(scopes)
    return named | ({TOWN: str(_("the whole town"))} if TOWN in named else {})


def subjects_of(scopes: Iterable[str]) -> dict[str, str]:
    """The same, so that a neighbourhood and the community named after it are told apart."""
    phrases = {
        "community": _("the meetings of “%(name)s”"),
        "neighbourhood": _("every meeting in the neighbourhood %(name)s"),
        TOWN: "%(name)s",
    }
    return {scope: str(phrases[scope.partition(":")[0]]) % {"name": name} for scope, name in names_of(scopes).items()}


def sentence(*, wording: str, scope: str, name: str) -> str:
    """The words a person agreed to, as they stood in that version."""
    return str(getattr(WORDINGS[wording], scope.partition(":")[0])) % {"name": name}
