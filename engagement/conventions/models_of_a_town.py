"""From which models does a new town write its conventions? From those given it, until it has its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from engagement.models import Clause, ConventionTemplate


@transaction.atomic
def plant(*, models: Iterable[Mapping[str, Any]]) -> list[ConventionTemplate]:
    """{"name", "clause": [{"heading", "text"}]} each; nothing in a town that has a model already.

    Raises ValidationError for a placeholder that nothing would take the place of.
    """
    if ConventionTemplate.objects.exists():
        return []
    return [plant_one(model) for model in models]


def plant_one(model: Mapping[str, Any]) -> ConventionTemplate:
    template = ConventionTemplate(name=model["name"])
    template.clauses = [
        Clause(heading=clause["heading"], text=clause["text"].strip(), sort_order=place)
        for place, clause in enumerate(model["clause"])
    ]
    for clause in template.clauses.all():
        clause.clean()
    template.save()
    return template
