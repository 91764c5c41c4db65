"""Which of the people in a file do we know? By e-mail; else by name and telephone; else by name and street."""

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.db.models.functions import Lower

from communities import residents
from communities.folding import Folded, fold
from communities.models import Resident

Key = tuple[str, ...]


def keys_of(facts: Mapping[str, str]) -> list[Key]:
    """By what one person is told from another, the surest first."""
    name, phone, street = fold(facts["name"]), residents.digits(facts.get("phone", "")), fold(facts.get("street", ""))
    keys: list[Key] = [("email", facts["email"].lower())] if facts.get("email") else []
    return keys + [("phone", name, phone)] * bool(phone) + [("street", name, street)] * bool(street)


def load(keys: Iterable[Key]) -> dict[Key, Resident]:
    """Everyone we know who answers to one of these keys or nearly, under each of their own, in one query."""
    asked = list(keys)
    emails = {key[1] for key in asked if key[0] == "email"}
    names = {key[1] for key in asked if key[0] != "email"}
    candidates = Resident.objects.known().alias(low=Lower("email"), called=Folded("name"))
    known: dict[Key, Resident] = {}
    for resident in candidates.filter(Q(low__in=emails) | Q(called__in=names)).order_by("pk"):
        for key in keys_of({name: getattr(resident, name) for name in ("name", "email", "phone", "street")}):
            known.setdefault(key, resident)
    return known
