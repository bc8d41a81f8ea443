import pytest

from comment_service.making_public import made_public
from participation.contribution import ContributionStatus
from participation.paragraph import ParagraphRef
from tests.factories import make_contribution, make_document


@pytest.mark.parametrize("status", set(ContributionStatus) - {ContributionStatus.PUBLISHED})
def test_only_what_is_published_is_public(status: ContributionStatus):
    assert made_public(make_document(), [make_contribution(status=status)]) == ()


def test_a_number_stays_when_another_contribution_is_hidden():
    kept = [
        make_contribution("c1", status=ContributionStatus.HIDDEN),
        make_contribution("c2"),
        make_contribution("c3", status=ContributionStatus.PENDING),
        make_contribution("c4"),
    ]
    public = made_public(make_document(), kept)
    assert [(one.ordinal, one.id) for one in public] == [(2, "c2"), (3, "c4")]


def test_what_stands_on_a_version_that_is_gone_is_not_shown():
    kept = [make_contribution(ref=ParagraphRef("leitlinien", 7, 1))]
    assert made_public(make_document(), kept) == ()
