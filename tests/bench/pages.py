"""How many queries does a page cost with ten rows and with a thousand, and how many bytes is a first visit?"""

import datetime as dt
import gzip
import re

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.models import Membership, Resident
from engagement.models import Idea, IdeaStage, Project, Stage
from meetings.models import Invitation
from tests.bench import crowd
from tests.bench.figures import Figure
from tests.communities.factories import CommunityFactory, ResidentFactory
from tests.engagement.factories import ProjectPageFactory
from tests.factories import StaffFactory
from tests.meetings.factories import MeetingPageFactory

FEW, MANY = 10, 1000
# The projects made last, one for each copy of a page.
A_PROJECT_EACH = "(SELECT p.id FROM engagement_project p ORDER BY p.id DESC OFFSET copies.number - 1 LIMIT 1)"
ASSETS = re.compile(r'<(?:link rel="stylesheet" href|script[^>]* src)="/static/([^"?]+)"')


def measure() -> list[Figure]:
    """The worst page of each sort; a list that asks more when there is more says so."""
    community = CommunityFactory()
    meeting = MeetingPageFactory(communities=[community], capacity=5000)
    project = ProjectPageFactory(community=community)
    fill(community, meeting, project, FEW)
    public, desk = public_paths(community, meeting, project), desk_paths(meeting)
    visitor, staff = Client(), staff_client()
    few = {path: queries(client, path) for client, paths in ((visitor, public), (staff, desk)) for path in paths}
    fill(community, meeting, project, MANY - FEW)
    many = {path: queries(client, path) for client, paths in ((visitor, public), (staff, desk)) for path in paths}
    heaviest = max(public, key=lambda path: first_visit(visitor, path))
    costliest = max(public, key=many.__getitem__)
    grown = [path for path in many if many[path] > few[path]]
    weight = first_visit(visitor, heaviest) / 1000
    which = ", ".join(grown) or f"of {len(many)}"
    return [
        Figure(
            "queries of the costliest public page", many[costliest], "", f"{costliest}, {MANY} rows", "page_queries"
        ),
        Figure("lists that ask more at 1,000 rows than at 10", len(grown), "", which, "lists_that_grow"),
        Figure("first visit of the heaviest page, compressed", weight, "kB", heaviest, "first_visit_kilobytes"),
    ]


def public_paths(community, meeting, project) -> list[str]:
    lists = ["/", "/reunions/", "/reunions/?period=past", "/projets/", reverse("communities:community_list")]
    lists += [reverse(f"engagement:{name}") for name in ("ideas", "conventions", "means")]
    return [*lists, community.get_absolute_url(), meeting.url, project.url, "/la-demarche/", "/recherche/?q=coron"]


def desk_paths(meeting) -> list[str]:
    names = [
        "meetings_list:index",
        "projects_list:index",
        *("ideas_desk:index", "ideas_desk:board", "projects_desk:index", "conventions_desk:index", "ledger:index"),
        "residents:index",
        "communities_desk:index",
        "neighbourhoods:index",
        "suppressions:index",
        "resident_imports:index",
        "mailings:index",
        "wagtailsnippets_meetings_venue:list",
    ]
    of_one = ["meetings_desk:invitations", "meetings_desk:to_invite", "meetings_desk:answers"]
    return [*(reverse(name) for name in names), *(reverse(name, args=[meeting.pk]) for name in of_one)]


def staff_client() -> Client:
    client = Client()
    client.force_login(StaffFactory(administration=True))
    return client


def fill(community, meeting, project, number: int) -> None:
    """As many more meetings, projects, residents who are members and invited."""
    crowd.copy(meeting, number, uid="gen_random_uuid()")
    Project.objects.bulk_create(
        Project(title=f"Les bancs {each}", stage=Stage.UNDER_WAY, is_from_before=True, created_at=timezone.now())
        for each in range(number)
    )
    crowd.copy(project, number, project_id=A_PROJECT_EACH)
    propose_ideas(number)
    already = Resident.objects.count()
    now = timezone.now()
    residents = Resident.objects.bulk_create(
        Resident(name=f"Inès Briquette {each}", email=f"r{each}@example.org", created_at=now, confirmed_at=now)
        for each in range(already, already + number)
    )
    Membership.objects.bulk_create(
        Membership(community=community, resident=resident, joined_at=now) for resident in residents
    )
    Invitation.objects.bulk_create(
        Invitation(meeting=meeting, resident=resident, sequence=0, created_at=now - dt.timedelta(days=1))
        for resident in residents
    )


def propose_ideas(number: int) -> None:
    """As many ideas for everyone to read."""
    resident, now = ResidentFactory(), timezone.now()
    begun = Idea.objects.bulk_create(
        Idea(resident=resident, title=f"Un banc {each}", what="Pour souffler.", created_at=now)
        for each in range(number)
    )
    received = {"stage": IdeaStage.RECEIVED, "received_at": now, "answer_due_on": now.date(), "public_at": now}
    Idea.objects.filter(pk__in=[idea.pk for idea in begun]).update(**received)


def queries(client: Client, path: str) -> int:
    """The second time: what is made once (a rendition, a cached root) is not the page's."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return len(captured)


def first_visit(client: Client, path: str) -> int:
    """Bytes of the page with its styles and scripts, each compressed; pictures apart."""
    page = client.get(path).content
    files = [finders.find(name) for name in dict.fromkeys(ASSETS.findall(page.decode()))]
    return sum(len(gzip.compress(content)) for content in [page, *(open(file, "rb").read() for file in files)])
