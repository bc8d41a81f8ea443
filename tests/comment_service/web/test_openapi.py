import re
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient

from comment_service.web.errors import OTHER
from comment_service.web.openapi import openapi_document
from comment_service.web.refusals import ForeignForm, StaleForm, UploadTooLarge
from comment_service.web.wording import MEANINGS
from participation.contribution import NAME_LIMIT, TEXT_LIMIT, WORDING_LIMIT, ContributionKind
from participation.refusals import (
    AccountNameTaken,
    AlreadyAnswered,
    ChangedMeanwhile,
    DecisionIsDiscarded,
    DecisionIsPublic,
    LastAdministrator,
    NoAccount,
    NotPermitted,
    SignInRefused,
    SingleSignOnRefused,
    StatusForbids,
    TooManyTries,
    UnknownAccount,
    UnknownDecision,
    UnknownMailLink,
    UnknownReceipt,
)
from spreadsheets.cell_problems import UnfitRows
from spreadsheets.refusals import UnfitSpreadsheet

DOCUMENT = openapi_document()
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
FOR_EDITORS_ONLY = {
    AccountNameTaken.code,
    AlreadyAnswered.code,
    ChangedMeanwhile.code,
    DecisionIsDiscarded.code,
    DecisionIsPublic.code,
    ForeignForm.code,
    LastAdministrator.code,
    NoAccount.code,
    NotPermitted.code,
    UnfitRows.code,
    UnfitSpreadsheet.code,
    SignInRefused.code,
    SingleSignOnRefused.code,
    StaleForm.code,
    StatusForbids.code,
    TooManyTries.code,
    UnknownAccount.code,
    UploadTooLarge.code,
    UnknownDecision.code,
    UnknownMailLink.code,
    UnknownReceipt.code,
}


def test_the_document_is_valid(app: Flask):
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    schema.validate()
    assert schema.specification.version == "3.1.0"


def test_the_document_is_served(client: FlaskClient):
    assert client.get("/api/openapi.json").get_json() == DOCUMENT


def test_every_route_for_programs_is_in_the_document_and_no_other(app: Flask):
    routes = {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith(("api.", "challenges.", "exports.", "figures.of_document"))
    }
    told = {(method, path.replace("{id}", "{contribution_id}")) for method, path, _ in OPERATIONS}
    assert routes - told == {("get", "/api/")}  # the page on which it can be read
    assert told - routes == set()


def test_every_code_that_a_resident_can_meet_is_in_the_document():
    told = {
        code
        for _, _, operation in OPERATIONS
        for answer in operation["responses"].values()
        for media in answer.get("content", {}).values()
        for code in media.get("examples", {})
    }
    cut_off_before_it_is_routed = OTHER
    assert told == set(MEANINGS) - {cut_off_before_it_is_routed} - FOR_EDITORS_ONLY


def test_the_limits_are_those_of_the_rules():
    fields = SCHEMAS["NewContribution"]["properties"]
    assert fields["text"]["maxLength"] == TEXT_LIMIT
    assert fields["name"]["maxLength"] == NAME_LIMIT
    assert fields["proposed_wording"]["maxLength"] == WORDING_LIMIT
    assert fields["kind"]["enum"] == [kind.value for kind in ContributionKind]


def bodies() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path} {status}", media)
        for method, path, operation in OPERATIONS
        for status, body in [
            ("", operation.get("requestBody", {})),
            *operation["responses"].items(),
        ]
        for media in body.get("content", {}).values()
    ]


@pytest.mark.parametrize(("place", "media"), bodies())
def test_every_example_is_what_its_schema_says(place: str, media: dict[str, Any]):
    schema = {**media["schema"], "components": DOCUMENT["components"]}
    given = [media["example"]] if "example" in media else []
    given += [example["value"] for example in media.get("examples", {}).values()]
    for example in given:
        jsonschema_rs.validate(schema, example)
    assert given or "openapi.json" in place or "xlsx" in place


def test_the_page_tells_every_operation_code_and_type(client: FlaskClient):
    answer = client.get("/api/")
    assert answer.mimetype == "text/html"
    for _, path, operation in OPERATIONS:
        assert path in answer.text
        assert f'<h2 id="{operation["operationId"]}">' in answer.text
    for code in MEANINGS:
        assert f'<dt id="{code}">' in answer.text
    for name in SCHEMAS:
        assert f'<h3 id="schema-{name}">' in answer.text


def test_every_link_on_the_page_leads_somewhere(client: FlaskClient):
    page = client.get("/api/").text
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))
