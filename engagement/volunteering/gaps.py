"""What is missing on a work day, in words: hands, seats in a car, things?"""

from django.utils.translation import ngettext

from engagement.models.need import in_brackets

from .counting import Count


def in_words(count: Count) -> list[str]:
    """ "2 people", "1 seat in a car", "Wheelbarrows (3)"; nothing when nothing is missing."""
    return [*people(count), *seats(count), *things(count)]


def people(count: Count) -> list[str]:
    if not count.missing_people:
        return []
    words = ngettext("%(number)d person", "%(number)d people", count.missing_people)
    return [words % {"number": count.missing_people}]


def seats(count: Count) -> list[str]:
    if not count.missing_seats:
        return []
    words = ngettext("%(number)d seat in a car", "%(number)d seats in a car", count.missing_seats)
    return [words % {"number": count.missing_seats}]


def things(count: Count) -> list[str]:
    return [in_brackets(one.need.item, one.left, one.need.unit) for one in count.missing_things]
