"""What may a page load? Strict for residents; for Wagtail's admin, what its editor needs and nothing from elsewhere."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse


class ContentPolicy(CSPMiddleware):
    """One header for each page, chosen by its address."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        if not report_only and request.path.startswith(reverse("wagtailadmin_home")):
            return PolicyParts(config=settings.ADMIN_CONTENT_SECURITY_POLICY)
        return super().get_policy_parts(request, response, report_only)
