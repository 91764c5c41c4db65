from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """When and where, who is told, who comes."""

    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        """Tell the post how our letters are made."""
        from communities.post.kinds import letter_kinds

        from . import announcing, letters, registering, registration_letters

        letter_kinds.register(announcing.LETTER_KIND, letters.InvitationLetter())
        letter_kinds.register(registering.LETTER_KIND, registration_letters.RegistrationLetter())
