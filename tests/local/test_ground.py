"""Does every test start from the same ground?"""

import pytest
from wagtail.models import Page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_wagtails_root_page_is_there_in_every_test_with_real_transactions(time):
    assert Page.objects.filter(depth=1).count() == 1
    Page.objects.get(depth=1).add_child(instance=Page(title=time, slug=time))


@pytest.mark.django_db
def test_a_test_with_real_transactions_leaves_nothing_behind():
    assert not Page.objects.filter(slug__in=["first", "second"]).exists()
