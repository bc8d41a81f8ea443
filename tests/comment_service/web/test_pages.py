import re
from datetime import datetime
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Store
from participation.contribution import ContributionStatus
from participation.document import Moderation
from participation.paragraph import ParagraphRef
from tests.comment_service.conftest import Publish
from tests.comment_service.web.places import COMMENT, PAGE, PAGE_OF_VERSION
from tests.conftest import Clock
from tests.factories import (
    AFTER,
    BEFORE,
    make_catalogue,
    make_contribution,
    make_document,
    make_paragraph,
    make_version,
)


class Form(HTMLParser):
    """The form on a page: its action, its fields, and what is written in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self._in_textarea = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given["action"]
        if tag == "input" and (given.get("type") != "radio" or "checked" in given):
            self.fields[given["name"]] = given["value"]
        self._in_textarea = tag == "textarea"

    def handle_data(self, data: str) -> None:
        if self._in_textarea:
            self.fields["text"] = data.removeprefix("\n")
            self._in_textarea = False


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    return environ | {"RANDNOTIZ_RATE_LIMITS": "off"}  # tests type faster than people


def in_words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


def test_a_paragraph_is_shown_with_its_place_and_its_text(client: FlaskClient):
    page = client.get(PAGE).text
    assert '<html lang="de">' in page
    assert "<title>Rn. 2 · Leitlinien</title>" in page
    assert "Fassung 1, Rn. 2" in page
    assert '<p class="path" lang="de">1. Ziele</p>' in page
    assert '<blockquote lang="de"><p>Der Text von Absatz 2.</p></blockquote>' in page
    assert '<a href="/leitlinien/#rn-2">' in page
    assert "noch 9 Tage, bis Freitag, 29. März, 24 Uhr" in page


def test_a_contribution_is_handed_in_and_confirmed(client: FlaskClient, store: Store):
    form = Form(client.get(PAGE).text)
    assert form.fields["kind"] == "comment"
    typed = {**form.fields, "kind": "question", "text": "Wann\r\nbeginnt es?", "name": "Ada"}
    answer = client.post(form.action, data=typed)
    (contribution,) = store.of_document("leitlinien")
    assert (contribution.text, contribution.name) == ("Wann\nbeginnt es?", "Ada")
    assert answer.status_code == 303
    assert answer.location.startswith(f"{PAGE}?taken={contribution.id}&")
    assert answer.location.endswith("#meldung")
    page = client.get(answer.location).text
    assert '<h2 id="meldung" tabindex="-1">Vielen Dank, Ihr Beitrag ist angekommen.</h2>' in page
    assert '<p class="said" dir="auto" lang="de">Wann\nbeginnt es?</p>' in page
    assert "Frage von Ada, 20. März 2024, 12:00 Uhr" in in_words(page)
    assert "1 Beitrag" in page


def test_a_form_that_is_sent_twice_is_taken_once(client: FlaskClient, store: Store):
    typed = {**Form(client.get(PAGE).text).fields, **COMMENT}
    assert client.post(PAGE, data=typed).location == client.post(PAGE, data=typed).location
    assert len(store.of_document("leitlinien")) == 1


def test_another_text_in_a_form_that_was_sent_is_kept_and_can_be_sent(client: FlaskClient):
    typed = {**Form(client.get(PAGE).text).fields, **COMMENT}
    client.post(PAGE, data=typed)
    answer = client.post(PAGE, data={**typed, "text": "Noch etwas"})
    assert answer.status_code == 422
    assert "schon einen anderen Text gesendet" in answer.text
    again = Form(answer.text).fields
    assert again["text"] == "Noch etwas"
    assert client.post(PAGE, data=again).status_code == 303


def test_with_moderation_before_publication_the_page_says_so(client: FlaskClient, publish: Publish):
    versions = (make_version(moderation=Moderation.BEFORE),)
    publish(make_catalogue(make_document(versions=versions)))
    assert "öffentlich, sobald er geprüft ist" in client.get(PAGE).text
    page = client.get(client.post(PAGE, data=COMMENT).location).text
    assert "Er erscheint hier, sobald er geprüft ist." in page
    assert COMMENT["text"] not in page


def test_only_a_contribution_on_the_paragraph_is_confirmed(client: FlaskClient, store: Store):
    store.add(make_contribution("elsewhere", ref=ParagraphRef("leitlinien", 1, 1)))
    store.add(make_contribution("hidden", status=ContributionStatus.HIDDEN))
    for taken in ("elsewhere", "nichts", ""):
        assert "Vielen Dank" not in client.get(f"{PAGE}?taken={taken}").text
    assert "Er ist zurzeit nicht öffentlich." in client.get(f"{PAGE}?taken=hidden").text


def test_what_cannot_be_taken_is_named_and_all_that_was_typed_is_kept(client: FlaskClient):
    typed = {"kind": "question", "text": " <b>\x00", "name": "x" * 81, "key": "k1"}
    answer = client.post(PAGE, data=typed)
    assert answer.status_code == 422
    assert "<title>Fehler: Rn. 2" in answer.text
    assert '<h2 id="meldung" tabindex="-1">' in answer.text
    assert '<a href="#text">Ihr Text: Darin steht ein Zeichen' in answer.text
    assert '<a href="#name">Ihr Name: Hier können höchstens 80 Zeichen' in answer.text
    assert 'aria-invalid="true" aria-describedby="text-hint text-problem"' in answer.text
    assert 'aria-invalid="true" aria-describedby="name-hint name-problem"' in answer.text
    again = Form(answer.text).fields
    assert (again["kind"], again["name"], again["key"]) == ("question", "x" * 81, "k1")


def test_a_form_without_fields_names_what_is_missing(client: FlaskClient):
    page = client.post(PAGE, data={}).text
    assert '<a href="#kind">Art: Bitte wählen Sie etwas aus, das angeboten wird.</a>' in page
    assert '<a href="#text">' in page


@pytest.mark.parametrize("text", ["</textarea><script>", "\n\nmit Rand\n", "&amp; \"'"])
def test_a_typed_text_is_kept_to_the_letter(client: FlaskClient, text: str):
    page = client.post(PAGE, data={"kind": "comment", "text": text, "name": "x" * 81}).text
    assert (
        f">\n{escape(text).replace('&quot;', '&#34;').replace('&#x27;', '&#39;')}</textarea>"
        in page
    )


def test_html_of_people_is_shown_as_text(client: FlaskClient, store: Store):
    store.add(make_contribution(text="<script>alert(1)</script>", name="<i>Ada</i>"))
    for path in (PAGE, PAGE_OF_VERSION):
        page = client.get(path).text
        assert "<script" not in page
        assert "<i>" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (BEFORE, "Beiträge sind ab Freitag, 8. März möglich."),
        (AFTER, "Die Kommentarfrist ist seit Freitag, 29. März, 24 Uhr abgelaufen."),
        (AFTER, "Antworten der Arbeitsgruppe: bis 22. April 2024."),
    ],
    ids=["before", "after", "answers"],
)
def test_outside_of_the_window_there_is_no_form_but_the_window(
    client: FlaskClient, clock: Clock, now: datetime, sentence: str
):
    clock.now = now
    page = client.get(PAGE).text
    assert "<form" not in page
    assert sentence in page


def test_a_version_that_takes_no_comments_says_so(client: FlaskClient, publish: Publish):
    publish(make_catalogue(make_document(versions=(make_version(window=None),))))
    page = client.get(PAGE).text
    assert "<form" not in page
    assert "Diese Fassung nimmt keine Beiträge an." in page


@pytest.mark.parametrize(
    ("now", "sentence"),
    [(AFTER, "konnte nicht mehr angenommen werden"), (BEFORE, "konnte nicht angenommen werden")],
)
def test_a_text_that_comes_outside_of_the_window_is_kept(
    client: FlaskClient, clock: Clock, now: datetime, sentence: str
):
    typed = {**Form(client.get(PAGE).text).fields, **COMMENT}
    clock.now = now
    answer = client.post(PAGE, data=typed)
    assert answer.status_code == 403
    assert sentence in answer.text
    assert f"readonly>\n{COMMENT['text']}</textarea>" in answer.text
    assert "<form" not in answer.text


def test_a_closed_window_without_a_day_of_answers_promises_an_answer_all_the_same(
    client: FlaskClient, clock: Clock, publish: Publish
):
    publish(make_catalogue(make_document(versions=(make_version(answers=None),))))
    clock.now = AFTER
    assert "Die Arbeitsgruppe beantwortet jeden Beitrag." in client.get(PAGE).text


def test_without_a_catalogue_the_typed_text_is_kept_and_can_be_sent_again(
    client: FlaskClient, catalogue_file: Path, publish: Publish, catalogue, store: Store
):
    catalogue_file.unlink()
    answer = client.post(PAGE, data={**COMMENT, "key": "k1"})
    assert answer.status_code == 503
    assert "Ihr Text ist nicht verloren" in answer.text
    form = Form(answer.text)
    assert form.fields.items() >= {**COMMENT, "key": "k1"}.items()
    publish(catalogue)
    assert client.post(form.action, data=form.fields).status_code == 303
    assert len(store.of_document("leitlinien")) == 1


def test_without_a_store_the_typed_text_is_kept(
    environ: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest
):
    (tmp_path / "data").write_text("")
    environ["RANDNOTIZ_STORE"] = f"embedded:{tmp_path / 'data'}"
    client = request.getfixturevalue("client")
    answer = client.post(PAGE, data=COMMENT)
    assert answer.status_code == 503
    assert Form(answer.text).fields["text"] == COMMENT["text"]
    assert client.get(PAGE).status_code == 503


def test_all_contributions_on_a_version_are_listed_by_paragraph(client: FlaskClient, store: Store):
    assert "noch niemand" in client.get(PAGE_OF_VERSION).text
    store.add(make_contribution("c1", text="Zum zweiten"))
    store.add(make_contribution("c2", text="Zum ersten", ref=ParagraphRef("leitlinien", 1, 1)))
    page = client.get(PAGE_OF_VERSION).text
    assert f'<h2 id="rn-2"><a href="{PAGE}">Rn. 2</a></h2>' in page
    assert page.index("Zum ersten") < page.index("Zum zweiten")
    assert client.get(f"{PAGE_OF_VERSION}/").text == page


@pytest.mark.parametrize("path", ["nichts/1/1", "leitlinien/2/1", "leitlinien/1/4", "leitlinien/2"])
def test_a_page_of_what_is_not_there_is_a_404(client: FlaskClient, path: str):
    assert client.get(f"/beitrag/{path}").status_code == 404
    assert client.post(f"/beitrag/{path}", data=COMMENT).status_code in {404, 405}


def test_an_old_version_leads_back_to_its_own_page(client: FlaskClient, publish: Publish):
    publish(make_catalogue(make_document(versions=(make_version(1), make_version(2)))))
    assert '<a href="/leitlinien/1/#rn-2">' in client.get(PAGE).text
    assert '<a href="/leitlinien/#rn-2">' in client.get("/beitrag/leitlinien/2/2").text


def test_a_site_elsewhere_is_led_back_to(environ: dict[str, str], request: pytest.FixtureRequest):
    environ["RANDNOTIZ_SITE_URL"] = "https://texte.example.org/mitwirkung"
    page = request.getfixturevalue("client").get(PAGE).text
    assert '<a href="https://texte.example.org/mitwirkung/leitlinien/#rn-2">' in page


def test_a_paragraph_without_headings_is_shown(client: FlaskClient, publish: Publish):
    versions = (make_version(paragraphs=(make_paragraph(1, headings=()),)),)
    publish(make_catalogue(make_document(versions=versions)))
    assert 'class="path"' not in client.get("/beitrag/leitlinien/1/1").text


@pytest.mark.parametrize(
    ("query", "accepted", "spoken"),
    [
        ("", "", "de"),
        ("", "en-US,de;q=0.5", "en"),
        ("", "fr", "de"),
        ("?lang=en", "de", "en"),
        ("?lang=de", "en", "de"),
        ("?lang=xx", "en", "en"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_browsers_else_the_settings(
    client: FlaskClient, query: str, accepted: str, spoken: str
):
    answer = client.get(PAGE + query, headers={"Accept-Language": accepted} if accepted else {})
    assert f'<html lang="{spoken}">' in answer.text
    assert answer.headers["Content-Language"] == spoken
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_chosen_language_is_kept_by_links_and_forms(client: FlaskClient):
    page = client.get(f"{PAGE}?lang=en").text
    assert f'href="{PAGE_OF_VERSION}?lang=en"' in page
    form = Form(page)
    assert form.action == f"{PAGE}?lang=en#meldung"
    assert "lang=en" in client.post(form.action, data={**form.fields, **COMMENT}).location
    assert '<a href="?lang=de" lang="de" hreflang="de">Deutsch</a>' in page


def test_pages_set_no_cookie_and_bear_no_script_or_style(client: FlaskClient):
    for path in (PAGE, PAGE_OF_VERSION, "/api/", "/nichts"):
        answer = client.get(path)
        assert "Set-Cookie" not in answer.headers
        for banned in ("<script", "<style", " style=", " onclick", '="http://', '="https://'):
            assert banned not in answer.text


def test_the_style_of_the_pages_is_served(client: FlaskClient):
    answer = client.get("/beitrag/static/pages.css")
    assert (answer.status_code, answer.mimetype) == (200, "text/css")


def test_a_second_trouble_does_not_cost_what_was_typed(
    environ: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest
):
    # With a secret of its own the service needs the store only when it shows the page again.
    (tmp_path / "data").write_text("")
    environ["RANDNOTIZ_STORE"] = f"embedded:{tmp_path / 'data'}"
    environ["RANDNOTIZ_SECRET"] = "0123456789abcdef0123456789abcdef"
    answer = request.getfixturevalue("client").post(PAGE, data={**COMMENT, "name": "x" * 81})
    assert answer.status_code == 422
    assert Form(answer.text).fields["text"] == COMMENT["text"]
