"""Examples of what goes in and out, for the OpenAPI document."""

from typing import Any

import msgspec

from comment_service.web import shapes

Plain = dict[str, Any]

PROBLEM_FACTS: dict[str, Plain] = {
    "invalid-input": {
        "errors": {
            "text": {
                "code": "too-long",
                "message": "At most 4,000 characters can be taken here.",
                "limit": 4000,
            }
        }
    },
    "window-not-open": {
        "opens": "2024-03-08T00:00:00+01:00",
        "closes": "2024-03-30T00:00:00+01:00",
    },
}
_WINDOW = {**PROBLEM_FACTS["window-not-open"], "state": "open"}
_CONTRIBUTION: Plain = {
    "id": "018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e",
    "document": "leitlinien",
    "version": 1,
    "number": 14,
    "kind": "comment",
    "text": "Bitte mehr Bänke.",
    "name": "Ada",
    "channel": "online",
    "received_at": "2024-03-20T12:00:00+01:00",
}
_IN_VERSION: Plain = {
    "version": 1,
    "window": _WINDOW,
    "moderation": "after",
    "answers": "2024-04-22",
    "count": 1,
}
_EARLIER: Plain = {
    "version": 1,
    "number": 14,
    "wording": "Es gibt Bänke.",
    "difference": [
        {"change": "kept", "text": "Es gibt "},
        {"change": "inserted", "text": "mehr "},
        {"change": "kept", "text": "Bänke."},
    ],
    "contributions": [_CONTRIBUTION],
}
EXAMPLES: dict[type[msgspec.Struct], Plain] = {
    shapes.Contribution: _CONTRIBUTION,
    shapes.Contributions: {
        "document": "leitlinien",
        "title": "Leitlinien",
        "count": 2,
        "versions": [
            {
                **_IN_VERSION,
                "version": 2,
                "paragraphs": [
                    {
                        "number": 15,
                        "count": 1,
                        "contributions": [{**_CONTRIBUTION, "version": 2, "number": 15}],
                        "earlier": [_EARLIER],
                    }
                ],
                "removed": [],
            }
        ],
    },
    shapes.Documents: {
        "documents": [
            {
                "slug": "leitlinien",
                "title": "Leitlinien",
                "newest": 1,
                "count": 1,
                "versions": [
                    {
                        **_IN_VERSION,
                        "status": "consultation",
                        "published": "2024-03-08",
                        "changes": "Erste Fassung",
                    }
                ],
            }
        ]
    },
    shapes.Health: {"status": "ok"},
    shapes.NewContribution: {"kind": "comment", "text": "Bitte mehr Bänke.", "name": "Ada"},
    shapes.TakenContribution: {
        **_CONTRIBUTION,
        "status": "published",
        "receipt": "7Q4M-0K2X-9T3V-W8HA-5CZE",
    },
}
