"""What does the letter say whose link opens a certificate?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Mailing
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write
from engagement.models import CertificateRequest
from engagement.story import certifying


class CertificateLetter(LetterKind):
    """It answers a request: no consent is needed, none is taken."""

    @property
    def label(self) -> str:
        return _("certificate")

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        certificate = CertificateRequest.objects.select_related("project", "resident").get(pk=mailing.key)
        address = reverse("engagement:certificate", args=[certifying.token_of(certificate)])
        context = {
            "project": certificate.project,
            "name": placeholder(AFTER_HELLO),
            "certificate_url": settings.SITE_URL + address,
        }
        words = write(name="certificate", language=language, context=context)
        with translation.override(language):
            subject = _("Your certificate: %(title)s") % {"title": certificate.project}
        return Letter(subject=typography.typeset(subject, language=language), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        if CertificateRequest.objects.granted().filter(pk=mailing.key).exists():
            return {}
        return {delivery.pk: _("The request was taken back.") for delivery in deliveries}
