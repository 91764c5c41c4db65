"""Does every test start from the same ground?"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from wagtail.models import Page

from tests import ground


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_wagtails_root_page_is_there_in_every_test_with_real_transactions(time):
    assert Page.objects.filter(depth=1).count() == 1
    Page.objects.get(depth=1).add_child(instance=Page(title=time, slug=time))


@pytest.mark.django_db
def test_a_test_with_real_transactions_leaves_nothing_behind():
    assert not Page.objects.filter(slug__in=["first", "second", "third"]).exists()


@pytest.mark.django_db(transaction=True)
def test_a_test_that_empties_the_database_leaves_every_model_its_first_number():
    first_rows = ground.survey()
    before = ContentType.objects.get_for_model(Page).pk
    call_command("flush", interactive=False, verbosity=0)
    assert ContentType.objects.get_for_model(Page).pk != before

    first_rows.restore()

    assert ContentType.objects.get_for_model(Page).pk == before
    Page.objects.get(depth=1).add_child(instance=Page(title="third", slug="third"))
