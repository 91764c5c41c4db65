"""What does the one letter say by which a neighbour invites?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing, NeighbourInvitation, Resident, Topic
from communities.post.composing import Letter
from communities.post.kinds import LetterKind
from communities.post.writing import write

from . import inviting


class NeighbourInvites(LetterKind):
    """One person's word to another: no list, no reminder, and a way to say never again."""

    topic = Topic.NEIGHBOURS

    @property
    def label(self) -> str:
        return _("a neighbour's invitation to a community")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        invitation = NeighbourInvitation.objects.select_related("community").get(pk=mailing.key)
        never = reverse("communities:never_invite", args=[inviting.token_of(invitation)])
        context = {
            "community": invitation.community,
            "inviter": invitation.shown_as,
            "join_url": f"{settings.SITE_URL}{invitation.community.get_absolute_url()}#join",
            "never_url": settings.SITE_URL + never,
        }
        words = write(name="neighbour_invites", language=language, context=context)
        with translation.override(language):
            said = {"name": invitation.shown_as, "community": invitation.community}
            subject = _("%(name)s invites you: %(community)s") % said
        return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Nor to whom a file brought, who must say yes before anything is sent."""
        among = {each.resident_id for each in deliveries if each.resident_id}
        from_a_file = set(Resident.objects.brought_unasked().filter(pk__in=among).values_list("pk", flat=True))
        stands = NeighbourInvitation.objects.filter(pk=mailing.key, invited__isnull=False).exists()
        words = _("This invitation no longer stands.")
        return {each.pk: words for each in deliveries if not stands or each.resident_id in from_a_file}
