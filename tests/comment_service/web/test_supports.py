"""Supporting by the API: who asks is told by a token, not by a cookie."""

import pytest
from flask.testing import FlaskClient

from comment_service.storage.protocol import Store
from tests.comment_service.web.places import COMMENT, CONTRIBUTE, CONTRIBUTIONS
from tests.factories import make_contribution

SUPPORT = "/api/contributions/c1/support"
PAGE_ELSEWHERE = "https://texte.example.org"


@pytest.fixture
def bearer(client: FlaskClient) -> dict[str, str]:
    """The headers of a browser."""
    return new_bearer(client)


def new_bearer(client: FlaskClient) -> dict[str, str]:
    answer = client.post("/api/browser-tokens")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    assert "Set-Cookie" not in answer.headers
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def test_a_contribution_is_supported_and_the_count_is_told_everywhere(
    client: FlaskClient, store: Store, bearer: dict[str, str]
):
    store.add(make_contribution("c1"))
    before = client.get(CONTRIBUTIONS)
    answer = client.put(SUPPORT, headers=bearer)
    assert answer.get_json() == {"id": "c1", "supports": 1, "supported": True}
    assert client.get("/api/contributions/c1").get_json()["supports"] == 1
    after = client.get(CONTRIBUTIONS, headers={"If-None-Match": before.headers["ETag"]})
    (paragraph,) = after.get_json()["versions"][0]["paragraphs"]
    assert paragraph["contributions"][0]["supports"] == 1
    assert client.put(SUPPORT, headers=new_bearer(client)).get_json()["supports"] == 2


def test_a_support_is_taken_back(client: FlaskClient, store: Store, bearer: dict[str, str]):
    store.add(make_contribution("c1"))
    client.put(SUPPORT, headers=bearer)
    answer = client.delete(SUPPORT, headers=bearer)
    assert answer.get_json() == {"id": "c1", "supports": 0, "supported": False}


@pytest.mark.parametrize("header", [None, "Bearer made-up", "Basic QWxhZGRpbg==", "Bearer", ""])
def test_who_bears_no_token_is_told_so(client: FlaskClient, store: Store, header: str | None):
    store.add(make_contribution("c1"))
    headers = {} if header is None else {"Authorization": header}
    for ask in (client.put, client.delete):
        answer = ask(SUPPORT, headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "unknown-browser")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("more", [{}, {"X-Quick": "no"}])
def test_what_was_written_in_the_same_browser_is_not_supported(
    client: FlaskClient, bearer: dict[str, str], more: dict[str, str]
):
    query = "?slow" if more else ""  # with a query, Flask takes it
    own = client.post(f"{CONTRIBUTE}{query}", json=COMMENT, headers=bearer).get_json()["id"]
    answer = client.put(f"/api/contributions/{own}/support", headers=bearer)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "own-contribution")


def test_a_page_of_an_admitted_origin_may_support(
    environ: dict[str, str], request: pytest.FixtureRequest
):
    environ["RANDNOTIZ_ALLOWED_ORIGINS"] = PAGE_ELSEWHERE
    client: FlaskClient = request.getfixturevalue("client")
    for method in ("PUT", "DELETE", "POST"):
        asked = {
            "Origin": PAGE_ELSEWHERE,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization",
        }
        answer = client.options(SUPPORT, headers=asked)
        assert method in answer.headers["Access-Control-Allow-Methods"]
        assert answer.headers["Access-Control-Allow-Headers"].lower() == "authorization"
        assert answer.headers["Access-Control-Allow-Origin"] == PAGE_ELSEWHERE
