"""Is the text that both sides sign always the same for the same content, and found again by its code?"""

import datetime as dt
import json
import re
import unicodedata
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from engagement.conventions import content, documents, drafting, freezing, saying, versions
from engagement.models import ContributionKind, Convention, ConventionVersion, Project, Side
from tests.engagement.conventions.conventions import NOW, draft, officer, proposed, write

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
PARAGRAPHS = st.lists(WORDS, max_size=3).map("\n".join)
PROMISES = st.builds(
    lambda side, kind, what, quantity, value, due_on: drafting.promise(
        side=side, kind=kind, what=what, quantity=quantity, unit="h", value=value, due_on=due_on
    ),
    st.sampled_from(Side.values),
    st.sampled_from(ContributionKind.values),
    WORDS,
    st.none() | st.decimals(min_value=1, max_value=9_999, places=2),
    st.none() | st.decimals(min_value=0, max_value=99_999, places=2),
    st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)),
)
ARTICLES = st.lists(st.fixed_dictionaries({"heading": WORDS, "text": PARAGRAPHS}), max_size=5)
FIELDS = content.fields_of(
    Convention(
        title="Les bancs", holder="Ada", commune="La commune", purpose="Six bancs.", starts_on=dt.date(2026, 3, 1)
    )
)


def text(articles, promises, language="fr"):
    """What would be frozen."""
    made = content.of(fields=FIELDS, articles=articles, commitments=promises)
    return made, frozen(made, language)


def frozen(made, language="fr"):
    with translation.override(language):
        return freezing.text_of(saying.said(made, number="2026-01", project="Bancs", language=language))


@given(ARTICLES, st.lists(PROMISES, max_size=6), st.randoms())
def test_the_text_is_the_same_in_any_order_and_after_any_storage(articles, promises, random):
    made, first = text(articles, promises)

    kept = json.loads(json.dumps(made, ensure_ascii=True))
    shuffled = random.sample(promises, len(promises))

    assert frozen(kept) == first
    assert text(articles, shuffled)[1] == first
    assert freezing.fingerprint_of(frozen(kept)) == freezing.fingerprint_of(first)


def test_two_promises_of_a_kind_stand_in_one_order_whatever_the_order_of_their_facts():
    more, less = (
        drafting.promise(side="residents", kind="hands", what=what, quantity=quantity, unit="h")
        for what, quantity in (("Arroser", 40), ("Tailler", 10))
    )
    as_a_database_keeps_them = [{name: each[name] for name in sorted(each)} for each in (more, less)]

    assert text([], as_a_database_keeps_them) == text([], [more, less])


@given(PARAGRAPHS)
def test_what_looks_the_same_is_the_same(words):
    composed = [{"heading": "Objet", "text": unicodedata.normalize("NFC", words)}]
    as_typed_elsewhere = [{"heading": "Objet", "text": unicodedata.normalize("NFD", words).replace("\n", " \r\n")}]

    assert text(composed, [])[1] == text(as_typed_elsewhere, [])[1]


def test_what_is_frozen_reads_as_it_is_kept():
    turned = [{"heading": "Prix", "text": "La commune paie \u202e001\u202c €."}]

    assert text(turned, [])[1] == text([{"heading": "Prix", "text": "La commune paie 001 €."}], [])[1]


@given(ARTICLES, ARTICLES)
def test_two_texts_differ_where_their_articles_do(one, other):
    (first, said), (second, said_too) = text(one, []), text(other, [])

    assert (first == second) == (said == said_too) or "{" in str(one) + str(other) or "Article" in str(one) + str(other)


@pytest.mark.django_db
def test_what_is_kept_in_the_database_makes_the_text_that_was_frozen():
    convention = proposed()

    version = ConventionVersion.objects.filter(convention=convention).latest("number")

    with translation.override("fr"):
        again = freezing.text_of(saying.of(convention, version.content, language="fr"))
    kept = Convention.objects.get(pk=convention.pk)
    assert (kept.text, kept.sha256) == (again, freezing.fingerprint_of(again))


@pytest.mark.django_db
def test_the_text_is_written_in_the_towns_language_whatever_that_of_who_freezes_it():
    by = officer()
    one, other = draft(by=by), draft(by=by, holder="x")

    with translation.override("en"):
        freezing.propose(convention=one, by=by, now=NOW)
    with translation.override("fr"):
        freezing.propose(convention=other, by=by, now=NOW)

    assert one.text.split()[0] == other.text.split()[0] == "Convention"
    assert "Engagements de la commune" in one.text
    assert "40 h" in one.text


@pytest.mark.django_db
def test_every_article_commitment_and_party_is_in_the_text():
    convention = proposed()

    for words in ("Objet", "Durée", "36", "Le bois", "Construire", convention.holder, convention.commune, "2026-01"):
        assert words in convention.text
    assert "{" not in convention.text


@pytest.mark.django_db
def test_each_frozen_text_has_a_code_that_is_easy_to_read_aloud():
    by = officer()

    codes = {proposed(by=by).code for _each in range(20)}

    assert len(codes) == 20
    assert all(re.fullmatch(r"[A-HJ-NP-Z2-9]{10}", code) for code in codes)


@pytest.mark.parametrize("typed", ["kd47p wqx2m", " KD47P-WQX2M", "KD47PWQX2M", "k.d.4.7.p.w.q.x.2.m"])
def test_a_code_is_understood_however_it_is_typed(typed):
    assert freezing.tidy_code(typed) == "KD47PWQX2M"


@pytest.mark.parametrize("given_as", [Decimal(40), Decimal("40.0"), Decimal("40.00"), "40"])
def test_forty_is_forty_however_it_is_written(given_as):
    assert content.amount(given_as) == "40.00"


@pytest.mark.django_db
def test_what_is_read_stays_what_was_frozen_whatever_the_project_is_called_since():
    by = officer()
    convention = draft(by=by)
    write(convention, by=by, articles=[{"heading": "Objet", "text": "Le projet {project}, dit « {purpose} »."}])
    freezing.propose(convention=convention, by=by, now=NOW)

    Project.objects.filter(pk=convention.project_id).update(title="Tout autre chose")

    read = Convention.objects.get(pk=convention.pk)
    assert freezing.text_of(documents.said_of(read)) == read.text
    assert "Tout autre chose" not in str(documents.shown(read))


@pytest.mark.django_db
def test_a_text_taken_back_is_filled_anew_when_it_is_frozen_again():
    by = officer()
    convention = draft(by=by)
    write(convention, by=by, articles=[{"heading": "Objet", "text": "Le projet {project}."}])
    freezing.propose(convention=convention, by=by, now=NOW)
    freezing.take_back(convention=convention, by=by)

    Project.objects.filter(pk=convention.project_id).update(title="Les bancs bleus")
    again = Convention.objects.get(pk=convention.pk)
    freezing.propose(convention=again, by=by, now=NOW)

    assert "Le projet Les bancs bleus." in again.text
    assert versions.latest(again)["articles"][0]["text"] == "Le projet {project}."
