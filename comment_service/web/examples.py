"""Examples of what goes in and out, for the OpenAPI document."""

from typing import Any

import msgspec

from comment_service.web import shapes

Plain = dict[str, Any]

PROBLEM_FACTS: dict[str, Plain] = {
    "too-many": {"until": "2024-03-20T18:40:00+01:00"},
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
_SAID: Plain = {
    "id": "018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e",
    "document": "leitlinien",
    "version": 1,
    "number": 14,
    "kind": "comment",
    "text": "Bitte mehr Bänke.",
    "name": "Ada",
    "channel": "online",
    "received_at": "2024-03-20T12:00:00+01:00",
    "proposed_wording": None,
    "in_reply_to": None,
}
_CONTRIBUTION: Plain = {
    **_SAID,
    "ordinal": 12,
    "transcribed": None,
    "answer": {
        "outcome": "adopted",
        "reason": "Wir haben die Bänke aufgenommen.",
        "meeting": "2024-03-21",
        "published_at": "2024-04-22T10:00:00+02:00",
        "changes": [{"document": "leitlinien", "version": 2, "number": 15}],
    },
    "blacked_out": False,
    "erased": False,
    "difference": [],
    "supports": 3,
    "edited_at": None,
}
_BECAUSE = [{"id": _SAID["id"], "ordinal": 12, "version": 1, "number": 14}]
_UNANSWERED: Plain = {**_CONTRIBUTION, "ordinal": 31, "answer": None}
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
_EXPORTED: Plain = {
    **_CONTRIBUTION,
    "ordinal": 12,
    "channel": "workshop",
    "transcribed": {
        "event": "Bürgerwerkstatt",
        "came_on": "2024-03-13",
        "people": 4,
        "late": False,
    },
    "answer": {
        "outcome": "adopted",
        "reason": "Bänke fehlten im Text.",
        "meeting": "2024-04-10",
        "published_at": "2024-04-22T12:00:00+02:00",
        "changes": [{"document": "leitlinien", "version": 2, "number": 15}],
    },
    "blacked_out": False,
    "erased": False,
    "wording": "Es gibt Stühle.",
}
_FIGURES = {
    "received": 12,
    "pending": 1,
    "published": 9,
    "hidden": {"insult": 1},
    "withdrawn": 1,
    "erased": 0,
    "answered": 8,
    "median_days": 12.5,
}
EXAMPLES: dict[type[msgspec.Struct], Plain] = {
    shapes.Challenge: {
        "parameters": {
            "algorithm": "PBKDF2/SHA-256",
            "cost": 2000,
            "data": {"madeAt": 1710956400000, "ripeAfter": 2000},
            "keyLength": 32,
            "keyPrefix": "c1e0a6f2b79d4c5e8f3a2b1c0d9e8f7a",
            "keySignature": "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592",
            "nonce": "7a3f0c9be2d14586a1c0ffee12345678",
            "salt": "90d1b5f2c3e44a7788c9d0e1f2a3b4c5",
        },
        "signature": "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de",
    },
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
                        "contributions": [{**_UNANSWERED, "version": 2, "number": 15}],
                        "earlier": [_EARLIER],
                        "changed_because_of": _BECAUSE,
                    }
                ],
                "removed": [],
            }
        ],
    },
    shapes.Counts: {
        "document": "leitlinien",
        "count": 2,
        "versions": [
            {
                **_IN_VERSION,
                "version": 2,
                "paragraphs": [
                    {
                        "number": 15,
                        "count": 1,
                        "earlier": [{"version": 1, "count": 1}],
                        "changed_because_of": _BECAUSE,
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
    shapes.Export: {
        "document": "leitlinien",
        "title": "Leitlinien",
        "count": 1,
        "contributions": [_EXPORTED],
    },
    shapes.DocumentFigures: {
        "document": "leitlinien",
        "title": "Leitlinien",
        "total": _FIGURES,
        "versions": [{**_FIGURES, "version": 1}],
    },
    shapes.BrowserToken: {"token": "hGJ8k0sYV3m2QyPz1r5w7t9xB4nC6dE8fA0iL2oK3uM"},
    shapes.Backing: {"id": _SAID["id"], "supports": 3, "supported": True},
    shapes.Health: {"status": "ok"},
    shapes.NewContribution: {"kind": "comment", "text": "Bitte mehr Bänke.", "name": "Ada"},
    shapes.TakenContribution: {
        **_SAID,
        "newest": 1,
        "status": "published",
        "receipt": "7Q4M-0K2X-9T3V-W8HA-5CZE",
    },
}

_HERE = "https://texte.example.org/api/documents/leitlinien/annotations"
ANNOTATION: Plain = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": f"{_HERE}/018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e",
    "type": "Annotation",
    "canonical": "urn:uuid:018e5b9e-2f80-7c3a-9d0e-6a1f0c2b4d5e",
    "motivation": "commenting",
    "created": "2024-03-20T11:00:00Z",
    "creator": {"type": "Person", "name": "Ada"},
    "body": {
        "type": "TextualBody",
        "value": "Bitte mehr Bänke.",
        "format": "text/plain",
        "purpose": "commenting",
    },
    "target": {
        "type": "SpecificResource",
        "source": "https://texte.example.org/leitlinien/1/",
        "selector": [
            {
                "type": "FragmentSelector",
                "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
                "value": "rn-14",
            },
            {"type": "TextQuoteSelector", "exact": "Es gibt Stühle."},
        ],
    },
}
ANNOTATION_COLLECTION: Plain = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": _HERE,
    "type": "AnnotationCollection",
    "label": "Leitlinien",
    "total": 1,
    "first": f"{_HERE}?page=0",
    "last": f"{_HERE}?page=0",
}
CSV = "No.,Version,Paragraph no.,…\r\n12,1,14,…\r\n"
