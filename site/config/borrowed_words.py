"""Which words of Wagtail and allauth have no French, or a clumsy one? Our catalogue says them; nothing imports this."""

from django.utils.translation import gettext_noop as _

THE_DESK = [
    _("Add %(label)s"),
    _("Add %(model_name)s"),
    _("Any"),
    _("New: %(model_name)s"),
]
SIGNING_IN = [
    _("Bad Token"),
    _("Forgotten your password? Enter your email address below, and we'll send you an email allowing you to reset it."),
    _("Please reauthenticate to safeguard your account."),
    _("The username and/or password you specified are not correct."),
    _(
        "We have sent you an email. If you have not received it please check your spam folder. Otherwise contact us if"
        " you do not receive it in a few minutes."
    ),
    _("Your account is protected by two-factor authentication. Please enter an authenticator code:"),
]
