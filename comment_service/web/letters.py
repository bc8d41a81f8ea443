"""The letters that are sent by mail: plain text in the language in which they were asked for.

Nothing that residents wrote stands in them: nobody can have us send words of their own to others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from urllib.parse import urlsplit

from comment_service.mail_links import Links, Purpose
from comment_service.mail_settings import Sender
from comment_service.posting import LINK_HOLDS, Told
from comment_service.storage.mail.wish import Wish
from comment_service.web.answer_words import outcome_words
from comment_service.web.messages import Language, language
from participation.catalogue import Catalogue
from participation.contribution import Contribution
from participation.decision import Decision
from participation.paragraph import ParagraphRef

UNSUBSCRIBE = "List-Unsubscribe"


class LetterPolicy(EmailPolicy):
    """Folds headers as mail wants it, but never the address in ``List-Unsubscribe``.

    The standard library would encode what is too long for a line, and nobody could follow it.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header as it is sent."""
        if name == UNSUBSCRIBE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


POLICY = LetterPolicy(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes letters; ``service_url`` is where the links lead."""

    sender: Sender
    service_url: str
    links: Links
    published: Callable[[], Catalogue]
    clock: Callable[[], datetime]

    def write(self, wish: Wish, told: Told) -> bytes:
        """Return a letter as it is sent.

        Raises:
            UnreadableCatalogue: If the title of the document cannot be read.
        """
        spoken = language(wish.language)
        if told.decision is None:
            place = self._place(told.contribution.ref, spoken)
            subject, body = self._confirmation(wish, place, spoken)
        else:
            subject, body = self._answer(wish, told.contribution, told.decision, spoken)
        letter = self._headed(wish, subject)
        letter.set_content("\n\n".join(body) + "\n", cte="quoted-printable")
        letter["Content-Language"] = wish.language  # not before: it belongs to the content
        return letter.as_bytes()

    def _headed(self, wish: Wish, subject: str) -> EmailMessage:
        host = urlsplit(self.service_url).hostname
        since = 0 if wish.letter_at is None else int(wish.letter_at.timestamp())
        letter = EmailMessage(policy=POLICY)
        letter["From"] = Address(self.sender.name, addr_spec=self.sender.address)
        letter["To"] = Address(addr_spec=wish.address)
        letter["Subject"] = subject
        letter["Date"] = format_datetime(self.clock())
        # The same for every try: where a letter arrives twice, programs can tell.
        letter["Message-ID"] = f"<{wish.letter}.{since}.{wish.id}@{host}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter[UNSUBSCRIBE] = f"<{self._stop(wish)}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return letter

    def _confirmation(self, wish: Wish, place: str, spoken: Language) -> tuple[str, list[str]]:
        gettext = spoken.gettext
        days = {"days": spoken.number(LINK_HOLDS.days)}
        return gettext("Please confirm: mail when your contribution is answered"), [
            gettext("Hello,"),
            gettext(
                "somebody has left this address to be told when the working group has answered a "
                "contribution: %(place)s."
            )
            % {"place": place},
            gettext("If that was you, please open this page and confirm it there:"),
            self._link("bestaetigen", Purpose.CONFIRM, wish),
            gettext("The link holds for %(days)s days. You will get one mail, and no other.")
            % days,
            gettext(
                "If it was not you, there is nothing to do: the address is deleted after "
                "%(days)s days. On this page it is deleted at once:"
            )
            % days,
            self._stop(wish),
            gettext("This mail was sent by a program."),
        ]

    def _answer(
        self, wish: Wish, one: Contribution, decision: Decision, spoken: Language
    ) -> tuple[str, list[str]]:
        gettext = spoken.gettext
        outcome = {"outcome": outcome_words(decision.answer.outcome, spoken)}
        return gettext("The working group has answered your contribution"), [
            gettext("Hello,"),
            _answered(one, decision, spoken) % {"place": self._place(one.ref, spoken)},
            gettext("What became of it: %(outcome)s") % outcome,
            decision.answer.reason,
            gettext("On this page you can read it all:"),
            self._page_of(one.ref, wish),
            gettext("With your receipt code you find your contribution here:"),
            f"{self.service_url}beitrag/quittung?lang={wish.language}",
            gettext("You get no further mail: your address was deleted after this one was sent."),
        ]

    def _place(self, ref: ParagraphRef, spoken: Language) -> str:
        title = self.published().document(ref.document).title
        words = {"title": title, "version": ref.version, "number": ref.number}
        return spoken.gettext("%(title)s, version %(version)s, Rn. %(number)s") % words

    def _page_of(self, ref: ParagraphRef, wish: Wish) -> str:
        path = f"beitrag/{ref.document}/{ref.version}/{ref.number}"
        return f"{self.service_url}{path}?lang={wish.language}"

    def _stop(self, wish: Wish) -> str:
        return self._link("abmelden", Purpose.STOP, wish)

    def _link(self, page: str, purpose: Purpose, wish: Wish) -> str:
        token = self.links.token(purpose, wish.id)
        return f"{self.service_url}beitrag/mail/{page}/{token}?lang={wish.language}"


def _answered(one: Contribution, decision: Decision, spoken: Language) -> str:
    if one.id in decision.contributions:
        return spoken.gettext("the working group has answered your contribution: %(place)s.")
    return spoken.gettext(
        "the working group has answered the contribution to which you wrote a reply: %(place)s."
    )
