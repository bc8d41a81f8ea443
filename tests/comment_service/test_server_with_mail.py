"""Mail sent by the server as operators start it: by several processes, each letter once."""

from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.comment_service.conftest import Publish
from tests.comment_service.test_server import Granian
from tests.comment_service.test_wsgi import OPEN, environment
from tests.comment_service.web.places import COMMENT, CONTRIBUTE
from tests.servers.mail import MailServer

LETTERS = 6


def leave(server: Granian, code: str, address: str) -> int:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    form = urlencode({"code": code, "address": address})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/beitrag/mail/adresse", form, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_several_processes_send_each_letter_once_and_log_no_address(
    catalogue_file: Path, tmp_path: Path, publish: Publish, mail_server: MailServer
):
    publish(OPEN)
    mail = {
        "RANDNOTIZ_SMTP_URL": mail_server.url,
        "RANDNOTIZ_MAIL_FROM": "stadt@example.org",
        "RANDNOTIZ_SERVICE_URL": "https://texte.example.org",
    }
    server = Granian(environment(catalogue_file, tmp_path) | mail)
    for number in range(LETTERS):
        code = server.ask("POST", CONTRIBUTE, COMMENT)[1]["receipt"]
        assert leave(server, code, f"ada{number}@example.org") == 200
    mail_server.wait_for(LETTERS)
    log = server.stop()
    recipients = [str(letter["To"]) for letter in mail_server.letters]
    assert sorted(recipients) == [f"ada{number}@example.org" for number in range(LETTERS)]
    assert "example.org" not in log
    assert "geheim" not in log
