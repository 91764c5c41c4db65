"""What is left of an erased person in a convention that nobody signed? Its words, without what says who they were.

The triggers of migration 0023 let this happen, and nothing else, where somebody who carries the project was erased.
"""

from typing import Any

from django.db.models import Q

from communities.models import Resident
from engagement import labels, traces
from engagement.models import Convention, ConventionState

from . import content, freezing

FROZEN = {"text": "", "sha256": "", "code": None}


def unname(*, resident: Resident) -> None:
    """In each convention of a project that they carry or that came of their idea, and in all of its versions."""
    theirs = Q(project__team__resident=resident) | Q(project__idea__resident=resident)
    unsigned = Convention.objects.filter(theirs, signatures__isnull=True).exclude(state__in=ConventionState.held())
    found = sorted(set(unsigned.values_list("pk", flat=True)))
    if not found:
        return
    named = traces.of(resident, *traces.given_by(resident))
    for pk in found:
        convention = freezing.lock(Convention(pk=pk))
        if not convention.signatures.exists() and names(convention, named):
            rewrite(convention, named)


def names(convention: Convention, named: traces.Traces) -> bool:
    told: list[Any] = [content.fields_of(convention)]
    told += convention.versions.values("content", "note")
    told += convention.commitments.values("what", "who")
    return bool(named.without_any(told) != told)


def rewrite(convention: Convention, named: traces.Traces) -> None:
    """What was out for signature is written again first: whoever was to sign it is not there any more."""
    if convention.is_proposed:
        freezing.write_again(convention, by=None)
    labels.rename(convention.title, new=named.without(convention.title))
    fields = {name: named.without_any(value) for name, value in content.fields_of(convention).items()}
    freezing.put(convention, **fields, **FROZEN)
    for version in convention.versions.all():
        said = {"content": named.without_any(version.content), "note": named.without(version.note)}
        convention.versions.filter(pk=version.pk).update(**said)
    for each in convention.commitments.all():
        convention.commitments.filter(pk=each.pk).update(what=named.without(each.what), who=named.without(each.who))
