"""How long does a visitor wait for what they look for, among ten thousand ideas and a thousand projects?"""

import random
import time
from collections.abc import Iterator
from statistics import median

from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.search.backends import get_search_backend

from communities.models import Community, CommunityKind, Neighbourhood
from engagement.models import Convention, Idea, IdeaStage, Project, ProjectPage, Stage
from tests.bench import crowd
from tests.bench.figures import Figure
from tests.bench.pages import A_PROJECT_EACH
from tests.communities.factories import NeighbourhoodFactory, ResidentFactory
from tests.engagement.factories import ConventionFactory, ProjectPageFactory

IDEAS, PROJECTS, TIMES = 10_000, 1_000, 9
PLACES = ["Cité du Terril", "Cité Bellevue", "Centre", "Quartier Ouest", "Cité Belgique"]
SAID = """des les une avec pour dans sur chaque année enfants école écoliers banc bancs arbre arbres planter
 jardin potager fleurs haie nichoirs mésanges ceinture verte chemin rural vélo piétons trottoir rue place
 fontaine lumière solaire toit panneaux église atelier réparer partager voisins anciens jeunes skate terrain
 jeux peinture fresque mur mare friche compost déchets tri eau pluie cuve abri bus marché producteurs goûter
 fête musique théâtre bibliothèque livres boîte association collectif habitants commune matériaux bois outils
 samedi matin printemps automne entretenir arroser"""
# In more than half, in a tenth, in one in five hundred, in nothing but the name of a place, in it and in a tenth.
ASKED = ["école", "épouvantail", "glycines", "Bellevue", "épouvantails bellevue", "l’école du terril"]
SEEN_IN = {"épouvantails": 10, "glycine": 500}


def measure() -> list[Figure]:
    """The page of results as the site makes it, its tables looked at once."""
    fill()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    took = {query: median(milliseconds(client, query)) for query in ASKED}
    slowest = max(took, key=took.__getitem__)
    note = ", ".join(f"{query}: {spent:.0f}" for query, spent in took.items())
    return [Figure(f"search among {IDEAS:,} ideas", took[slowest], "ms", note, "search_ms")]


def milliseconds(client: Client, query: str) -> Iterator[float]:
    for _time in range(1 + TIMES):
        start = time.perf_counter()
        response = client.get("/recherche/", {"q": query})
        yield 1_000 * (time.perf_counter() - start)
        assert b"search-result__title" in response.content, query


def words(number: int, *, chance: random.Random) -> str:
    """Some sixty, the rare ones in one of so many texts."""
    rare = [word for word, each in SEEN_IN.items() if number % each == 0]
    return " ".join([*chance.choices(SAID.split(), k=60), *rare])


def fill() -> None:
    chance = random.Random(3)
    near = [NeighbourhoodFactory(name=name, slug=f"place-{number}") for number, name in enumerate(PLACES)]
    propose(near, chance)
    page = ProjectPageFactory(summary=words(0, chance=chance)[:500])
    gather(near, chance)
    Project.objects.bulk_create(
        Project(title=f"Les bancs {each}", stage=Stage.UNDER_WAY, is_from_before=True, created_at=timezone.now())
        for each in range(PROJECTS)
    )
    crowd.copy(page, PROJECTS, project_id=A_PROJECT_EACH)
    get_search_backend().get_index_for_model(ProjectPage).add_items(ProjectPage, list(ProjectPage.objects.all()))
    sign(chance)


def propose(near: list[Neighbourhood], chance: random.Random) -> None:
    resident, now = ResidentFactory(), timezone.now()
    begun = Idea.objects.bulk_create(
        [
            Idea(
                resident=resident,
                title=words(1, chance=chance)[:60],
                what=words(number, chance=chance),
                place=f"rue {number}",
                neighbourhood=chance.choice(near),
                created_at=now,
            )
            for number in range(IDEAS)
        ],
        batch_size=2_000,
    )
    received = {"stage": IdeaStage.RECEIVED, "received_at": now, "answer_due_on": now.date(), "public_at": now}
    Idea.objects.filter(pk__in=[idea.pk for idea in begun]).update(**received)


def gather(near: list[Neighbourhood], chance: random.Random) -> None:
    Community.objects.bulk_create(
        Community(
            name=f"Autour des bancs {number}",
            slug=f"autour-des-bancs-{number}",
            kind=CommunityKind.PROJECT,
            summary=words(number, chance=chance)[:255],
            description=words(number, chance=chance),
            neighbourhood=chance.choice(near),
        )
        for number in range(PROJECTS)
    )


def sign(chance: random.Random) -> None:
    """As many conventions, past the triggers that ask for signatures."""
    now = timezone.now()
    projects = list(Project.objects.order_by("-pk")[:PROJECTS])
    made = [
        ConventionFactory.build(
            project=project,
            number=f"1998-{number}",
            title=words(1, chance=chance)[:160],
            summary=words(number, chance=chance)[:600],
            state="signed",
            text="Convention",
            sha256="0" * 64,
            code=f"FOUND-{number}",
            proposed_at=now,
            signed_at=now,
        )
        for number, project in enumerate(projects)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Convention.objects.bulk_create(made)
        cursor.execute("SET session_replication_role = DEFAULT")
