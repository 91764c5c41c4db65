"""What does this room keep for a while, how does it go, and what says that we heard of someone or still need them?"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.retention.lengths import days, months
from communities.retention.of_this_room import ADVICE, MINIMAL, PROMISED
from communities.retention.rules import RetentionRule, deleting

from .ideas import drafting, fading, forgetting
from .ledger import sheets
from .models import (
    CertificateRequest,
    CheckState,
    ConventionState,
    HourSheet,
    Idea,
    IdeaStage,
    IdeaSupport,
    Project,
    Signature,
    Stage,
    StewardshipCheck,
    Teammate,
    Volunteer,
    WorkDay,
)
from .story import certifying
from .volunteering import forgetting as volunteers_forgetting

GOOD_FOR = days(drafting.GOOD_FOR.days)

RULES = {
    "certificates_left": RetentionRule(
        label=_("Requests for a certificate that were left"),
        what_goes=_("The request."),
        length=days(90),
        least=days(30),
        most=months(12),
        source=MINIMAL,
        due=lambda reach: certifying.left_aside(before=reach.before),
        moment="left_at",
        let_go=certifying.forget,
        runs=True,
    ),
    "certificates_undecided": RetentionRule(
        label=_("Requests for a certificate that nobody decided"),
        what_goes=_("The request; they may ask again."),
        length=days(365),
        least=months(3),
        most=months(24),
        source=MINIMAL,
        due=lambda reach: certifying.undecided(before=reach.before),
        moment="asked_at",
        let_go=certifying.forget,
        runs=True,
    ),
    "drafts": RetentionRule(
        label=_("Drafts of ideas that nobody came back to"),
        what_goes=_("The draft, its photographs and its letters."),
        length=GOOD_FOR,
        least=GOOD_FOR,
        most=months(6),
        source=PROMISED,
        due=lambda reach: forgetting.left_drafts(before=reach.before),
        moment="created_at",
        let_go=forgetting.forget_drafts,
        afterwards=forgetting.tidy_drafts,
        runs=True,
    ),
    "hour_sheets": RetentionRule(
        label=_("Hour sheets that nobody applied"),
        what_goes=_("The file."),
        length=days(30),
        least=days(7),
        most=months(6),
        source=MINIMAL,
        due=lambda reach: sheets.unapplied(before=reach.before),
        moment="uploaded_at",
        let_go=deleting(HourSheet),
        runs=True,
    ),
    "ideas_refused": RetentionRule(
        label=_("Ideas that the commune refused"),
        what_goes=_(
            "Who proposed and supported it. A published idea keeps its words; of another, the title, the stages and the"
            " answer are left."
        ),
        length=months(24),
        least=months(12),
        most=months(60),
        source=ADVICE,
        due=lambda reach: fading.refused(before=reach.before),
        moment="decided_at",
        let_go=fading.fade,
        archived=fading.told,
        shown=str,
        batch=20,
    ),
    "supports": RetentionRule(
        label=_("Supports of ideas that nobody confirmed"),
        what_goes=_("The support and the letter that asked to confirm it."),
        length=GOOD_FOR,
        least=GOOD_FOR,
        most=days(90),
        source=PROMISED,
        due=lambda reach: forgetting.unconfirmed_supports(before=reach.before),
        moment="created_at",
        let_go=deleting(IdeaSupport),
        afterwards=forgetting.tidy_supports,
        runs=True,
    ),
    "work_days_people": RetentionRule(
        label=_("Who came to a work day"),
        what_goes=_("Who; how many people, how many hours and which things stay."),
        length=months(12),
        least=months(1),
        most=months(36),
        source=ADVICE,
        due=lambda reach: volunteers_forgetting.days_with_people(before=reach.before),
        moment="meeting__ends_at",
        let_go=volunteers_forgetting.let_people_go,
        batch=20,
    ),
    "work_days_unconfirmed": RetentionRule(
        label=_("Sign-ups to work days that nobody confirmed"),
        what_goes=_("The wish and the letter that asked to confirm it."),
        length=days(30),
        least=days(3),
        most=days(90),
        source=MINIMAL,
        due=lambda reach: volunteers_forgetting.unconfirmed(before=reach.before),
        moment="created_at",
        let_go=deleting(Volunteer),
        afterwards=volunteers_forgetting.tidy_unconfirmed,
        runs=True,
    ),
    "work_days_words": RetentionRule(
        label=_("Remarks, telephones and departures given for a work day"),
        what_goes=_("These words; the sign-up stays."),
        length=days(30),
        least=days(1),
        most=months(3),
        source=PROMISED,
        due=lambda reach: volunteers_forgetting.days_with_words(before=reach.before),
        moment="meeting__ends_at",
        let_go=volunteers_forgetting.let_words_go,
        runs=True,
    ),
}

SIGNS = [
    ("engagement.answered", lambda: Idea.objects.all(), "resident", "answers__answered_at"),
    ("engagement.asked_certificate", lambda: CertificateRequest.objects.all(), "resident", "asked_at"),
    ("engagement.checked", lambda: StewardshipCheck.objects.all(), "answered_by", "answered_at"),
    ("engagement.helped", lambda: Volunteer.objects.all(), "resident", "confirmed_at"),
    ("engagement.joined_team", lambda: Teammate.objects.all(), "resident", "joined_at"),
    ("engagement.proposed", lambda: Idea.objects.all(), "resident", "sent_at"),
    ("engagement.received", lambda: Idea.objects.all(), "resident", "received_at"),
    ("engagement.signed", lambda: Signature.objects.exclude(resident=None), "resident", "noted_at"),
    ("engagement.supported", lambda: IdeaSupport.objects.all(), "resident", "confirmed_at"),
]

CARRIERS: dict[str, Callable[[], QuerySet[Any, Any]]] = {
    "engagement.checks": lambda: StewardshipCheck.objects.filter(state=CheckState.PLANNED).values_list(
        "resident", flat=True
    ),
    "engagement.conventions": lambda: Signature.objects.filter(convention__state=ConventionState.SIGNED).values_list(
        "resident", flat=True
    ),
    "engagement.ideas": lambda: Idea.objects.filter(stage__in=IdeaStage.open()).values_list("resident", flat=True),
    "engagement.proposed": lambda: Project.objects.exclude(stage__in=Stage.over()).values_list(
        "idea__resident", flat=True
    ),
    "engagement.site_leaders": lambda: WorkDay.objects.filter(closed_at__isnull=True).values_list("leader", flat=True),
    "engagement.teams": lambda: Teammate.objects.exclude(project__stage__in=Stage.over()).values_list(
        "resident", flat=True
    ),
}
