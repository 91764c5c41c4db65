"""The town's typography, for every template: {% load french %}."""

from datetime import date, datetime, time
from decimal import Decimal

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.translation import get_language

from communities import typography

register = template.Library()


@register.filter(expects_localtime=True)
def clock(value: datetime | time | None) -> str:
    return typography.clock(value, language=get_language()) if value else ""


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    return typography.day(value, language=get_language()) if value else ""


@register.filter(expects_localtime=True)
def short_day(value: date | None) -> str:
    """The day without its weekday: 1er mars 2027."""
    return typography.day(value, language=get_language(), pattern="{d} MMMM y") if value else ""


@register.filter(expects_localtime=True)
def day_number(value: date | None) -> str:
    """The day of the month as French says it: 1er, then 2."""
    return typography.day(value, language=get_language(), pattern="{d} ").strip() if value else ""


@register.filter(expects_localtime=True)
def weekday(value: date | None) -> str:
    return typography.day(value, language=get_language(), pattern="EEEE") if value else ""


@register.filter(expects_localtime=True)
def month(value: date | None) -> str:
    return typography.day(value, language=get_language(), pattern="MMMM") if value else ""


@register.filter
def hours_to(start: datetime | None, end: datetime) -> str:
    """{{ starts_at|hours_to:ends_at }}: de 18 h 30 à 20 h."""
    return typography.hours(start, end, language=get_language()) if start and end else clock(start)


@register.filter
def span_of(start: datetime | None, end: datetime | None) -> str:
    """{{ starts_at|span_of:ends_at }}: samedi 1er mars 2027, de 18 h 30 à 20 h."""
    return typography.span(start, end, language=get_language()) if start else ""


@register.filter
def number(value: int | float | Decimal | None) -> str:
    return "" if value is None else typography.number(value, language=get_language())


@register.filter
def euros(value: int | float | Decimal | None) -> str:
    return "" if value is None else typography.euros(value, language=get_language())


@register.filter
def percent(value: int) -> str:
    return typography.percent(value, language=get_language())


@register.filter
@stringfilter
def phone(value: str) -> str:
    return typography.phone(value)


@register.filter
@stringfilter
def tel(value: str) -> str:
    return typography.tel(value)


@register.filter
@stringfilter
def typeset(value: str) -> str:
    return typography.typeset(value, language=get_language())
