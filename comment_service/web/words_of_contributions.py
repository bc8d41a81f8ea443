"""What the values of a contribution are called."""

from comment_service.web.messages import gettext_noop
from participation.contribution import Channel, ContributionKind
from participation.decision import Outcome

KINDS = {
    ContributionKind.COMMENT: gettext_noop("Comment"),
    ContributionKind.QUESTION: gettext_noop("Question"),
    ContributionKind.PROPOSAL: gettext_noop("Change proposal"),
    ContributionKind.REPLY: gettext_noop("Reply"),
}
CHANNELS = {
    Channel.ONLINE: gettext_noop("online"),
    Channel.WORKSHOP: gettext_noop("workshop"),
    Channel.LETTER: gettext_noop("letter"),
    Channel.MAIL: gettext_noop("e-mail"),
    Channel.PHONE: gettext_noop("telephone"),
}
OUTCOMES = {
    Outcome.ADOPTED: gettext_noop("adopted"),
    Outcome.PARTLY: gettext_noop("partly adopted"),
    Outcome.DECLINED: gettext_noop("not adopted"),
    Outcome.NOTED: gettext_noop("noted"),
    Outcome.ANSWERED: gettext_noop("answered"),
}
