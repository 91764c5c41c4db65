"""Does the town write days, hours, numbers and telephones as print does?"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from communities import typography

PARIS = ZoneInfo("Europe/Paris")
SATURDAY = datetime(2028, 1, 1, 18, 30, tzinfo=PARIS)


def plain(text: str) -> str:
    """The text with ordinary spaces, for eyes."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("moment", "french", "english"),
    [
        (time(18, 30), "18 h 30", "6:30 pm"),
        (time(9, 5), "9 h 05", "9:05 am"),
        (time(20), "20 h", "8 pm"),
        (time(0), "0 h", "12 am"),
        (time(12), "12 h", "12 pm"),
    ],
)
def test_a_clock_time_reads_as_people_say_it(moment: time, french: str, english: str) -> None:
    written = [plain(typography.clock(moment, language=language)) for language in ("fr", "en")]

    assert written == [french, english]


def test_an_hour_never_breaks_over_two_lines() -> None:
    written = typography.clock(time(18, 30), language="fr")

    assert " " not in written


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (date(2027, 3, 1), "lundi 1er mars 2027", "Monday 1 March 2027"),
        (date(2027, 3, 2), "mardi 2 mars 2027", "Tuesday 2 March 2027"),
        (date(2027, 8, 21), "samedi 21 août 2027", "Saturday 21 August 2027"),
    ],
)
def test_the_first_of_the_month_is_an_ordinal_in_french(value: date, french: str, english: str) -> None:
    written = [plain(typography.day(value, language=language)) for language in ("fr", "en")]

    assert written == [french, english]


def test_a_moment_is_told_in_the_towns_own_time() -> None:
    an_evening_in_july = datetime(2027, 7, 13, 22, 30, tzinfo=UTC)

    written = typography.span(an_evening_in_july, None, language="fr")

    assert plain(written) == "mercredi 14 juillet 2027, 0 h 30"


def test_one_evening_is_one_day_and_its_hours() -> None:
    written = [
        plain(typography.span(SATURDAY, SATURDAY.replace(hour=20, minute=0), language=language))
        for language in ("fr", "en")
    ]

    assert written == [
        "samedi 1er janvier 2028, de 18 h 30 à 20 h",
        "Saturday 1 January 2028, 6:30 pm to 8 pm",
    ]


def test_a_long_gathering_goes_from_one_day_to_another() -> None:
    written = typography.span(SATURDAY, SATURDAY.replace(day=2, hour=12, minute=0), language="fr")

    assert plain(written) == "du samedi 1er janvier 2028 à 18 h 30 au dimanche 2 janvier 2028 à 12 h"


@pytest.mark.parametrize("hour", [12, 20])
def test_hours_that_end_on_another_day_say_both_days(hour: int) -> None:
    end = SATURDAY.replace(day=2, hour=hour)

    written = typography.hours(SATURDAY, end, language="fr")

    assert written == typography.span(SATURDAY, end, language="fr")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [(30000, "30 000 €", "€30,000"), (12.5, "12,50 €", "€12.50"), (0, "0 €", "€0"), (-1200, "-1 200 €", "-€1,200")],
)
def test_money_shows_cents_only_where_there_are_some(value: float, french: str, english: str) -> None:
    written = [plain(typography.euros(value, language=language)) for language in ("fr", "en")]

    assert written == [french, english]


@pytest.mark.parametrize(
    ("typed", "shown", "dialled"),
    [
        ("0353010203", "03 53 01 02 03", "tel:+33353010203"),
        ("03.53.01.02.03", "03 53 01 02 03", "tel:+33353010203"),
        ("+33 3 53 01 02 03", "03 53 01 02 03", "tel:+33353010203"),
        ("0033353010203", "03 53 01 02 03", "tel:+33353010203"),
        ("+32 2 555 12 12", "+32 2 555 12 12", "tel:+3225551212"),
        ("3939", "3939", "tel:3939"),
    ],
)
def test_a_telephone_is_shown_in_pairs_and_dialled_with_its_country(typed: str, shown: str, dialled: str) -> None:
    assert plain(typography.phone(typed)) == shown
    assert typography.tel(typed) == dialled


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qui vient ?", "Qui vient\u202f?"),
        ("Atelier : les bancs", "Atelier\u00a0: les bancs"),
        ('Le projet "Bancs"', "Le projet «\u202fBancs\u202f»"),
        ("« Mine de Soleil »", "«\u202fMine de Soleil\u202f»"),
        ("L'école d'en haut", "L’école d’en haut"),
        ("30 000 € et 70 %", "30\u202f000\u202f€ et 70\u202f%"),
        ("8 h 30 – 12 h, 3 heures", "8\u202fh\u202f30 – 12\u202fh, 3 heures"),
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
    ],
)
def test_what_staff_type_is_set_as_french_print(typed: str, printed: str) -> None:
    assert typography.typeset(typed, language="fr") == printed


def test_english_text_is_left_as_it_was_typed() -> None:
    assert typography.typeset('Who\'s "coming" ?', language="en") == 'Who\'s "coming" ?'


@given(some.text())
def test_setting_a_text_twice_changes_nothing_more(text: str) -> None:
    once = typography.typeset(text, language="fr")

    assert typography.typeset(once, language="fr") == once


def test_templates_write_in_the_language_of_the_page() -> None:
    template = Template("{% load french %}{{ at|day }} · {{ at|clock }} · {{ at|span_of:None }} · {{ sum|euros }}")
    context = Context({"at": SATURDAY, "sum": 1500})

    written = {}
    for language in ("fr", "en"):
        with translation.override(language):
            written[language] = plain(template.render(context))

    assert written == {
        "fr": "samedi 1er janvier 2028 · 18 h 30 · samedi 1er janvier 2028, 18 h 30 · 1 500 €",
        "en": "Saturday 1 January 2028 · 6:30 pm · Saturday 1 January 2028, 6:30 pm · €1,500",
    }


def test_a_missing_value_leaves_no_trace() -> None:
    template = Template("{% load french %}{{ no|clock }}{{ no|day }}{{ no|span_of:no }}{{ no|number }}{{ no|euros }}")

    assert template.render(Context({"no": None})) == ""


def test_a_percentage_is_spaced_in_french_only() -> None:
    assert typography.percent(70, language="fr") == "70\u202f%"
    assert typography.percent(70, language="en") == "70%"
