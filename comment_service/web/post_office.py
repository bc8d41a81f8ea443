"""All that mail is made of; the database of addresses is opened when it is first needed."""

from datetime import timedelta
from functools import cached_property, partial
from threading import Event
from typing import cast
from urllib.parse import urlsplit

from comment_service.commenting import Commenting
from comment_service.mail_links import Links
from comment_service.mail_settings import MailServer, Sender
from comment_service.mailing import Mailing
from comment_service.posting import Posting
from comment_service.posting_regularly import PostingRegularly
from comment_service.settings import Settings
from comment_service.smtp import connected
from comment_service.storage.mail.store import MailStore
from comment_service.web.letters import Letters


class PostOffice:
    """Mail for a service whose settings name a mail server."""

    def __init__(self, settings: Settings, commenting: Commenting) -> None:
        """Open nothing yet."""
        self._settings = settings
        self._commenting = commenting
        self._awake = Event()

    def open(self) -> PostingRegularly:
        """Begin to send letters, in a thread of its own."""
        regularly = PostingRegularly(lambda: self.posting, self._awake)
        regularly.start()
        return regularly

    @cached_property
    def kept(self) -> MailStore:
        """The addresses."""
        return MailStore(self._settings.store)

    @property
    def mailing(self) -> Mailing:
        """The use cases of those who leave an address."""
        made_of = self._commenting
        return Mailing(
            made_of.store, self.kept, self._links, made_of.clock, made_of.new_id, self._awake.set
        )

    @cached_property
    def posting(self) -> Posting:
        """The sender of letters."""
        made_of, settings = self._commenting, self._settings
        sender = cast("Sender", settings.mail_from)  # the settings are read as a whole
        service_url = settings.service_url
        letters = Letters(sender, service_url, self._links, made_of.published, made_of.clock)
        return Posting(
            made_of.store,
            self.kept,
            partial(
                connected,
                cast("MailServer", settings.smtp_url),
                urlsplit(service_url).hostname or "localhost",
            ),
            letters.write,
            sender.address,
            timedelta(days=settings.mail_keep_days),
            made_of.clock,
        )

    @property
    def _links(self) -> Links:
        return Links(self._commenting.secret())
