"""What stands under "Mailings" in the staff's menu: the post as staff see it. Each address with who may open it."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from . import permissions
from .desk import checking, inbox, letters, mailings, one_mailing, received, sending, steering
from .menus import item_for
from .models import WrittenLetter

follow = user_passes_test(permissions.may_follow_mailings)
hold = user_passes_test(permissions.may_hold_mailings)
read = user_passes_test(permissions.may_see_letters)
send = user_passes_test(permissions.may_send_letters)
paper = user_passes_test(permissions.may_print_letters)
tell = user_passes_test(permissions.may_say_who_was_told)


class MailingViewSet(ViewSet):
    """Every mailing, and what became of its letters."""

    name = "mailings"
    icon = "mail"
    menu_label = _("Every mailing")
    menu_item_class = item_for(permissions.may_follow_mailings)

    def get_urlpatterns(self) -> list[URLPattern]:
        one, every = one_mailing.OneMailing, mailings.MailingList
        return [
            path("", follow(every.as_view()), name="index"),
            path("results/", follow(every.as_view(results_only=True)), name="results"),
            path("<int:pk>/", follow(one.as_view()), name="inspect"),
            path("<int:pk>/results/", follow(one.as_view(results_only=True)), name="inspect_results"),
            path("<int:pk>/progress/", follow(one_mailing.MailingProgress.as_view()), name="progress"),
            path("<int:pk>/pause/", hold(steering.pause), name="pause"),
            path("<int:pk>/resume/", hold(steering.resume), name="resume"),
            path("<int:pk>/try-again/", hold(steering.try_again), name="try_again"),
            path("<int:pk>/paper/", paper(steering.print_letters), name="paper"),
            path("<int:pk>/posted/", paper(steering.post_batch), name="posted"),
            path("<int:pk>/done/", tell(steering.say_done), name="say_done"),
        ]


class LetterViewSet(ModelViewSet):
    """What staff write themselves."""

    model = WrittenLetter
    name = "letters"
    url_prefix = "mailings/letters"
    icon = "edit"
    menu_label = _("Letters of the town hall")
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = letters.LetterList
    add_view_class = letters.WriteLetter
    edit_view_class = letters.EditLetter
    delete_view_class = letters.ThrowAway
    edit_handler = ObjectList(
        [
            FieldPanel("subject"),
            FieldPanel("body"),
            MultiFieldPanel(
                [FieldRowPanel(["button_words", "button_url"]), "agenda_days"], heading=_("Below the text")
            ),
            FieldPanel("scopes"),
        ],
        base_form_class=letters.LetterForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        to_whom = sending.Readers
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/read/", read(sending.Read.as_view()), name="read"),
            path("<int:pk>/readers/", read(to_whom.as_view()), name="readers"),
            path("<int:pk>/readers/results/", read(to_whom.as_view(results_only=True)), name="readers_results"),
            path("<int:pk>/preview/<int:resident>/", read(sending.Preview.as_view()), name="preview"),
            path("<int:pk>/test/", send(sending.SendTest.as_view()), name="send_test"),
            path("<int:pk>/send/", send(sending.Send.as_view()), name="send"),
        ]


class ReceivedViewSet(ViewSet):
    """Did she get it?"""

    name = "received"
    url_prefix = "mailings/received"
    icon = "search"
    menu_label = _("Did they get it?")
    menu_item_class = item_for(permissions.may_follow_mailings)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", follow(received.Received.as_view()), name="index"),
            path("results/", follow(received.Received.as_view(results_only=True)), name="results"),
        ]


class InboxViewSet(ViewSet):
    """The mail that comes in. Each address with who may open it."""

    name = "inbox"
    url_prefix = "mailings/inbox"
    icon = "mail"
    menu_label = _("Received mail")
    menu_item_class = item_for(permissions.may_read_received_mail)

    def get_urlpatterns(self) -> list[URLPattern]:
        may_read = user_passes_test(permissions.may_read_received_mail)
        decide = user_passes_test(permissions.may_decide_on_received_mail)
        every, one = inbox.InboxList, inbox.InboxMessage
        return [
            path("", may_read(every.as_view()), name="index"),
            path("results/", may_read(every.as_view(results_only=True)), name="results"),
            path("<int:pk>/", may_read(one.as_view()), name="inspect"),
            path("<int:pk>/original/", may_read(inbox.original), name="original"),
            path("<int:pk>/count/", decide(inbox.let_count), name="let_count"),
            path("<int:pk>/leave/", decide(inbox.leave), name="leave"),
        ]


class SendingCheckViewSet(ViewSet):
    """Will mailboxes believe our letters?"""

    name = "sending_check"
    url_prefix = "mailings/check"
    icon = "check"
    menu_label = _("Check the sending")
    menu_item_class = item_for(permissions.may_follow_mailings)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", follow(checking.CheckSending.as_view()), name="index")]


class MailingsGroup(ViewSetGroup):
    """The one entry of the post in the menu."""

    menu_label = _("Mailings")
    menu_name = "mailings"
    menu_icon = "mail"
    menu_order = 130
    items = (MailingViewSet, LetterViewSet, ReceivedViewSet, InboxViewSet, SendingCheckViewSet)
