"""The first page of the desk says what there is to do."""

from comment_service.storage.protocol import Store
from participation.contribution import ContributionStatus
from tests.comment_service.web.desk.conftest import Desk
from tests.factories import make_contribution


def test_it_says_what_waits_and_what_has_no_answer(moderator: Desk, store: Store):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2"))
    store.add(make_contribution("c3", status=ContributionStatus.PENDING))
    page = moderator.get("/redaktion/").text
    assert "1 Beitrag wartet auf Prüfung" in page
    assert "2 öffentliche Beiträge haben noch keine Antwort" in page
    listed = moderator.get("/redaktion/beitraege?status=published&answered=no").text
    assert "2 Beiträge" in listed
