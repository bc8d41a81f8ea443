from datetime import date

from flask.testing import FlaskClient

from comment_service.receipts import receipt_digest
from comment_service.storage.protocol import Store
from participation.contribution import ContributionStatus
from participation.document import Moderation
from participation.paragraph import ParagraphRef
from tests.comment_service.conftest import Publish
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS
from tests.factories import make_catalogue, make_contribution, make_document, make_version

ID = "00000000-0000-7000-8000-000000000001"
WINDOW = {
    "opens": "2024-03-08T00:00:00+01:00",
    "closes": "2024-03-30T00:00:00+01:00",
    "state": "open",
}
FLAT = {
    "id": ID,
    "document": "leitlinien",
    "version": 1,
    "number": 2,
    "kind": "comment",
    "text": "Bitte mehr Bänke.",
    "name": "Ada",
    "channel": "online",
    "received_at": "2024-03-20T12:00:00+01:00",
    "proposed_wording": None,
    "in_reply_to": None,
}
PUBLIC = {
    **FLAT,
    "ordinal": 1,
    "transcribed": None,
    "answer": None,
    "blacked_out": False,
    "erased": False,
    "difference": [],
    "supports": 0,
    "edited_at": None,
}


def test_a_contribution_is_taken(client: FlaskClient, store: Store):
    answer = client.post(CONTRIBUTE, json=COMMENT)
    assert answer.status_code == 201
    assert answer.location == f"/api/contributions/{ID}"
    assert {**FLAT, "status": "published"}.items() <= answer.get_json().items()
    assert store.get(ID).receipt_digest == receipt_digest(answer.get_json()["receipt"])


def test_a_contribution_that_was_taken_is_found_at_its_address(client: FlaskClient):
    location = client.post(CONTRIBUTE, json=COMMENT).location
    assert client.get(location).get_json() == PUBLIC


def test_a_taken_contribution_comes_with_the_number_of_the_newest_version(
    client: FlaskClient, publish: Publish
):
    assert client.post(CONTRIBUTE, json=COMMENT).get_json()["newest"] == 1
    publish(make_catalogue(make_document(versions=(make_version(), make_version(2, window=None)))))
    assert client.post(CONTRIBUTE, json=COMMENT).get_json()["newest"] == 2


def test_a_change_proposal_is_shown_as_what_it_changes(client: FlaskClient):
    proposal = {
        "kind": "proposal",
        "text": "Das fehlt.",
        "proposed_wording": "Der neue Text von Absatz 2.",
    }
    answer = client.post(CONTRIBUTE, json=proposal)
    assert answer.status_code == 201
    assert proposal.items() <= answer.get_json().items()
    shown = client.get(answer.location).get_json()
    assert shown["difference"] == [
        {"change": "kept", "text": "Der"},
        {"change": "inserted", "text": " neue"},
        {"change": "kept", "text": " Text von Absatz 2."},
    ]


def test_a_reply_names_what_it_answers(client: FlaskClient):
    client.post(CONTRIBUTE, json=COMMENT)
    reply = {"kind": "reply", "text": "Gute Idee.", "in_reply_to": ID}
    answer = client.post(CONTRIBUTE, json=reply)
    assert answer.status_code == 201
    assert client.get(answer.location).get_json()["in_reply_to"] == ID


def test_a_reply_to_what_is_not_public_is_answered_like_one_to_nothing(
    client: FlaskClient, store: Store
):
    store.add(make_contribution("hidden", status=ContributionStatus.HIDDEN))
    answers = [
        client.post(CONTRIBUTE, json={"kind": "reply", "text": "Nein.", "in_reply_to": name})
        for name in ("hidden", "nothing")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data
    assert [one.id for one in store.of_document("leitlinien")] == ["hidden"]


def test_a_contribution_needs_no_name(client: FlaskClient):
    for body in ({"kind": "question", "text": "Wann?"}, {**COMMENT, "name": None}):
        answer = client.post(CONTRIBUTE, json=body)
        assert answer.status_code == 201
        assert answer.get_json()["name"] is None


def test_html_is_kept_as_the_text_it_is(client: FlaskClient):
    text = "<script>alert(1)</script> & <b>fett</b>"
    assert client.post(CONTRIBUTE, json={**COMMENT, "text": text}).get_json()["text"] == text


def test_a_repeated_request_is_carried_out_once_and_gets_the_same_answer(
    client: FlaskClient, store: Store
):
    headers = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
    first, second = (client.post(CONTRIBUTE, json=COMMENT, headers=headers) for _ in range(2))
    assert (first.status_code, first.data, first.location) == (
        second.status_code,
        second.data,
        second.location,
    )
    assert len(store.of_document("leitlinien")) == 1


def test_a_key_that_was_used_for_another_contribution_is_refused(client: FlaskClient):
    headers = {"Idempotency-Key": "k1"}
    client.post(CONTRIBUTE, json=COMMENT, headers=headers)
    answer = client.post(CONTRIBUTE, json={**COMMENT, "text": "Anders"}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "idempotency-key-reused")


def test_with_moderation_before_publication_it_waits(client: FlaskClient, publish: Publish):
    versions = (make_version(moderation=Moderation.BEFORE),)
    publish(make_catalogue(make_document(versions=versions)))
    answer = client.post(CONTRIBUTE, json=COMMENT)
    assert answer.get_json()["status"] == "pending"
    assert client.get(answer.location).get_json()["code"] == "unknown-contribution"
    assert client.get(CONTRIBUTIONS).get_json()["versions"][0]["count"] == 0


def test_the_documents_are_listed_with_their_windows_and_counts(client: FlaskClient, store: Store):
    store.add(make_contribution("c1"))
    store.add(make_contribution("c2", status=ContributionStatus.HIDDEN))
    assert client.get("/api/documents").get_json() == {
        "documents": [
            {
                "slug": "leitlinien",
                "title": "Leitlinien",
                "newest": 1,
                "count": 1,
                "versions": [
                    {
                        "version": 1,
                        "status": "consultation",
                        "published": "2024-03-08",
                        "changes": "Erste Fassung",
                        "window": WINDOW,
                        "moderation": "after",
                        "answers": "2024-04-22",
                        "count": 1,
                    }
                ],
            }
        ]
    }


def test_the_contributions_are_listed_by_version_and_paragraph(client: FlaskClient, store: Store):
    store.add(make_contribution(ID))
    store.add(make_contribution("c2", ref=ParagraphRef("leitlinien", 1, 3)))
    answer = client.get(CONTRIBUTIONS).get_json()
    assert (answer["document"], answer["title"]) == ("leitlinien", "Leitlinien")
    assert answer["count"] == 2
    (version,) = answer["versions"]
    assert {name: version[name] for name in version if name != "paragraphs"} == {
        "version": 1,
        "window": WINDOW,
        "moderation": "after",
        "answers": "2024-04-22",
        "count": 2,
        "removed": [],
    }
    first, second = version["paragraphs"]
    assert first == {
        "number": 2,
        "count": 1,
        "contributions": [PUBLIC],
        "earlier": [],
        "changed_because_of": [],
    }
    assert (second["number"], second["count"]) == (3, 1)


def test_one_version_can_be_asked_for(client: FlaskClient, publish: Publish):
    versions = (make_version(1), make_version(2, window=None, answers=None))
    publish(make_catalogue(make_document(versions=versions)))
    numbers = [entry["version"] for entry in client.get(CONTRIBUTIONS).get_json()["versions"]]
    assert numbers == [1, 2]
    (version,) = client.get(f"{CONTRIBUTIONS}?version=2").get_json()["versions"]
    assert (version["version"], version["window"], version["answers"]) == (2, None, None)


def test_a_newer_catalogue_is_answered_without_a_restart(client: FlaskClient, publish: Publish):
    assert client.get("/api/documents").get_json()["documents"][0]["newest"] == 1
    versions = (make_version(1), make_version(2, published=date(2024, 6, 1)))
    publish(make_catalogue(make_document(versions=versions)))
    assert client.get("/api/documents").get_json()["documents"][0]["newest"] == 2


def test_the_service_says_that_it_lives_and_is_ready(client: FlaskClient):
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})
        assert answer.headers["Cache-Control"] == "no-store"
