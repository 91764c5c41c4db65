"""What does everyone see of conventions? Those both sides signed, and no name; in the same number of queries."""

import csv
import datetime as dt
import io
import json

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities.models import Neighbourhood
from engagement.conventions import amending, drafting, ending, freezing, register
from engagement.models import Convention, Side, Theme
from tests.communities.factories import NeighbourhoodFactory, ResidentFactory
from tests.engagement.conventions.conventions import NOW, officer, proposed, sign, signed, supported, write
from tests.engagement.factories import ConventionTemplateFactory, ThemeFactory

pytestmark = pytest.mark.django_db
ALL = {"Les bancs", "Le composteur", "La fresque"}
SECRETS = ["Ada Terril", "Basile Coron", "ada@example.org", "rue du Terril"]


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def town_of_conventions():
    """One in force, one past its last day, one ended, one being signed, one being written."""
    by = officer()
    centre, nature = NeighbourhoodFactory(name="Centre", slug="centre"), ThemeFactory(name="Nature", slug="nature")
    holder = ResidentFactory(name="Ada Terril", email="ada@example.org", street="3 rue du Terril")
    told = {"summary": "Six bancs le long du chemin."}
    project = supported(holder=holder, neighbourhood=centre, theme=nature)
    in_force = signed(by=by, project=project, title="Les bancs", holder="Ada Terril", **told)
    expired = signed(by=by, title="Le composteur", starts_on=dt.date(2020, 1, 1), months=12)
    ended = signed(by=by, title="La fresque")
    ending.end(convention=ended, on=NOW.date(), reason="Le mur est tombé.", by=by, now=NOW)
    waiting, begun = (
        proposed(by=by, title="Les nichoirs"),
        drafting.begin(project=supported(), template=ConventionTemplateFactory(), by=by, now=NOW, title="Le verger"),
    )
    return {"in_force": in_force, "expired": expired, "ended": ended, "waiting": waiting, "begun": begun}


def titles(answer):
    return [convention.title for convention, _state, _words in answer.context["lines"]]


def test_the_register_shows_what_both_sides_signed_and_nothing_else(client: Client, town_of_conventions):
    page = client.get("/conventions/")

    assert set(titles(page)) == {"Les bancs", "Le composteur", "La fresque"}
    for words in ("en vigueur", "arrivée à son terme", "terminée", "Six bancs le long du chemin."):
        assert words in page.content.decode()


FILTERS = {
    "state=in-force": {"Les bancs"},
    "state=expired": {"Le composteur"},
    "state=ended": {"La fresque"},
    "theme=nature": {"Les bancs"},
    "neighbourhood=centre": {"Les bancs"},
    "year=2026": ALL,
    "year=2019": ALL,
    "state=%00&year=x&theme=';--&neighbourhood=%F0%9F%8C%B3&page=-1": ALL,
    "state=ended&theme=nature": set(),
}


def test_filters_choose_and_nonsense_chooses_nothing(client: Client, town_of_conventions):
    assert {asked: set(titles(client.get(f"/conventions/?{asked}"))) for asked in FILTERS} == FILTERS


def test_no_name_and_no_address_leaves_with_the_register(client: Client, town_of_conventions):
    for address in ("/conventions/", "/conventions/conventions.csv", "/conventions/conventions.json"):
        words = client.get(address).content.decode()

        assert "Les bancs" in words, address
        assert [secret for secret in SECRETS if secret in words] == [], address


def test_the_page_of_a_convention_says_who_does_what_and_names_nobody(client: Client, town_of_conventions):
    convention = town_of_conventions["in_force"]

    words = client.get(convention.get_absolute_url()).content.decode()

    for shown in ("Le bois", "Construire", "900", "Les habitants", "La commune", freezing.spaced(convention.code)):
        assert shown in words
    assert [secret for secret in SECRETS if secret in words] == []


def test_who_does_it_is_not_shown_to_everyone(client: Client):
    by = officer()
    convention = drafting.begin(project=supported(), template=ConventionTemplateFactory(), by=by, now=NOW)
    promise = {"kind": "hands", "what": "Arroser", "who": "Nora Chevalet"}
    write(convention, by=by, commitments=[drafting.promise(side=side, **promise) for side in Side])
    freezing.propose(convention=convention, by=by, now=NOW)
    sign(convention, *Side, by=by)

    for address in (convention.get_absolute_url(), "/conventions/conventions.json", "/conventions/conventions.csv"):
        words = client.get(address).content.decode()
        assert "Arroser" in words
        assert "Nora" not in words


def test_what_was_signed_late_in_the_evening_was_signed_that_day_as_the_town_counts(client: Client):
    after_midnight = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)
    signed(now=after_midnight)

    (row,) = client.get("/conventions/conventions.json").json()["conventions"]

    assert row["signed_on"] == "2026-03-02"


@pytest.mark.parametrize("which", ["waiting", "begun"])
def test_what_is_not_signed_has_no_public_page(client: Client, town_of_conventions, which):
    assert client.get(town_of_conventions[which].get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", ["2026-9999", "1-1", "2026-01-B1", "../admin", "2026-01'--", "%00", "2026%0001"])
def test_a_number_that_is_none_leads_nowhere(client: Client, number):
    assert client.get(f"/conventions/{number}/").status_code == 404


def test_an_amendment_shows_on_the_page_of_its_convention(client: Client):
    by = officer()
    convention = signed(by=by, months=12)
    own = convention.commitments.get(side="commune")
    amendment = amending.begin(convention=convention, by=by, renews=True, now=NOW)
    instead = drafting.promise(side="commune", kind="money", what="Du zinc", replaces=own.pk)
    write(amendment, by=by, commitments=[instead])
    freezing.propose(convention=amendment, by=by, now=NOW)
    sign(amendment, *Side, by=by)

    page = client.get(convention.get_absolute_url())

    words = page.content.decode()
    assert "Du zinc" in words
    assert "Le bois" not in words
    assert amendment.number in words
    assert "mars 2028" in words
    assert client.get(f"/conventions/{amendment.number}/").headers["Location"] == convention.get_absolute_url()


def test_the_open_data_hold_the_commitments_of_both_sides(client: Client, town_of_conventions):
    found = json.loads(client.get("/conventions/conventions.json?state=in-force").content)["conventions"]

    assert [(each["title"], each["state"], each["theme"]) for each in found] == [("Les bancs", "in-force", "Nature")]
    assert {(each["side"], each["what"]) for each in found[0]["commitments"]} == {
        ("commune", "Le bois"),
        ("residents", "Construire"),
    }
    assert found[0]["sha256"] == town_of_conventions["in_force"].sha256


def test_the_spreadsheet_opens_well_and_runs_nothing(client: Client):
    by = officer()
    signed(by=by, title="=HYPERLINK(0)", summary="@SUM(1)")

    content = client.get("/conventions/conventions.csv").content.decode("utf-8-sig")

    line = next(iter(csv.DictReader(io.StringIO(content), delimiter=";")))
    assert (line["title"], line["summary"]) == ("'=HYPERLINK(0)", "'@SUM(1)")
    assert line["commune"] == "Le bois"
    assert line["residents"] == "Construire (40.00 h)"


OWN = {"id", "number", "code"}
COPIED = ", ".join(
    f'"{field.column}"' for field in Convention._meta.concrete_fields if not (field.generated or field.column in OWN)
)
ADDRESSES = ["/conventions/", "/conventions/?state=in-force&year=2026"]
ADDRESSES += ["/conventions/conventions.json", "/conventions/conventions.csv"]


@pytest.fixture
def many():
    """As they stand in the tables: so many conventions signed by both sides."""

    def make(number: int) -> None:
        by = officer()
        first = signed(by=by, project=supported(neighbourhood=NeighbourhoodFactory(), theme=ThemeFactory()))
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("alter table engagement_convention disable trigger user")
            cursor.execute(
                f"insert into engagement_convention ({COPIED}, number, code) select {COPIED}, %s || n, %s || n"
                " from engagement_convention, generate_series(1, %s) n where id = %s",
                [f"{first.number}-", f"{first.pk}X", number - 1, first.pk],
            )
            cursor.execute("alter table engagement_convention enable trigger user")

    return make


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ADDRESSES)
def test_ten_conventions_and_a_thousand_cost_the_same_queries(client: Client, many, address):
    many(10)
    few = queries(client, address)
    many(990)

    assert Convention.objects.count() == 1000
    assert queries(client, address) == few <= 15


def test_an_empty_register_says_what_will_be_there(client: Client):
    words = client.get("/conventions/").content.decode()

    assert "seront montrées ici" in words
    assert not Neighbourhood.objects.exists()
    assert not Theme.objects.exists()
    assert list(register.everyones()) == []


# --- By its code ------------------------------------------------------------------------------------------------


def check(client: Client, **asked) -> str:
    answer = client.get("/conventions/verifier/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_signed_text_is_known_by_its_code_and_its_fingerprint(client: Client, town_of_conventions):
    convention = town_of_conventions["in_force"]

    words = check(client, code=freezing.spaced(convention.code).lower(), fingerprint=convention.sha256.upper())

    assert "les deux côtés ont signé le texte" in words
    assert "mot pour mot" in words
    assert convention.sha256[:8] in words
    assert [secret for secret in SECRETS if secret in words] == []


def test_another_fingerprint_is_told_from_ours(client: Client, town_of_conventions):
    assert "est différente" in check(client, code=town_of_conventions["in_force"].code, fingerprint="0" * 64)


def test_a_text_that_waits_for_signatures_is_not_called_signed(client: Client, town_of_conventions):
    words = check(client, code=town_of_conventions["waiting"].code)

    assert "ne l’ont pas encore signé" in words
    assert "Les nichoirs" not in words


def test_an_unknown_code_is_said_to_be_unknown(client: Client, town_of_conventions):
    for code in ("AAAAAAAAAA", "x", "A" * 40, "';--", "\x00", "été"):
        words = check(client, code=code)

        assert "ont signé le texte" not in words, code
        assert "Aucun texte" in words or "field--wrong" in words, code


def test_a_text_taken_back_is_not_known_any_more(client: Client):
    by = officer()
    convention = proposed(by=by)
    code = convention.code
    freezing.take_back(convention=convention, by=by)

    assert "Aucun texte" in check(client, code=code)


def test_nobody_tries_code_after_code(client: Client):
    answers = {client.get("/conventions/verifier/", {"code": f"AAAAAAA{n:03}"}).status_code for n in range(70)}

    assert answers == {200, 429}
