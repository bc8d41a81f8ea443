"""Thousands of requests made from the OpenAPI document, good ones and bad: none makes a 500."""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

pytestmark = pytest.mark.unmeasured  # thousands of requests, each by the same few ways
BOUNDED: dict[str, Any] = {
    "generation": {"deterministic": True, "mode": "all", "max-examples": 150},
    "phases": {"stateful": {"enabled": False}},
    "headers": {"Accept-Encoding": "identity"},  # called in process, it undoes no coding
    # The rules refuse what no schema can say: invisible texts, a key that was used before.
    "checks": {"positive_data_acceptance": {"enabled": False}},
}
ANYWHERE: dict[str, Any] = {}
ON_A_PARAGRAPH: dict[str, Any] = {
    "parameters": {"path.slug": "leitlinien", "path.version": 1, "path.number": 2}
}


@pytest.mark.parametrize("where", [ANYWHERE, ON_A_PARAGRAPH], ids=["anywhere", "on a paragraph"])
def test_every_answer_is_one_that_the_document_names(app: Flask, where: dict[str, Any]):
    config = schemathesis.Config.from_dict(BOUNDED | where)
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app, config=config)
    failures, statuses = set(), Counter[int]()
    for event in from_schema(schema).execute():
        assert not isinstance(event, FatalError | NonFatalError), event
        if isinstance(event, ScenarioFinished):
            failures |= failed_checks(event)
            statuses += answered(event)
    assert failures == set()
    assert statuses.total() > 500
    assert not any(status >= 500 for status in statuses)
    if where is ON_A_PARAGRAPH:
        assert min(statuses[201], statuses[422]) > 20


def failed_checks(event: ScenarioFinished) -> set[tuple[str, str]]:
    return {
        (check.name, check.failure_info.code_sample if check.failure_info else "")
        for checks in event.recorder.checks.values()
        for check in checks
        if check.status is not Status.SUCCESS
    }


def answered(event: ScenarioFinished) -> Counter[int]:
    interactions = event.recorder.interactions.values()
    return Counter(each.response.status_code for each in interactions if each.response)
