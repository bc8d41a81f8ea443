"""The yardstick of the embedded store: Flask, SQLite WAL with synchronous=FULL, no rules."""

import os
import sqlite3
import threading
import uuid

from flask import Flask, Response, jsonify, request

app = Flask(__name__)
local = threading.local()

TABLE = """
create table if not exists comments (
    id text primary key, paragraph integer, kind text, text text, name text, received text
);
create index if not exists by_paragraph on comments (paragraph)
"""


def connection() -> sqlite3.Connection:
    """Return the connection of this thread."""
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(
            os.environ["PLAIN_DATABASE"], timeout=30, isolation_level=None
        )
        local.connection.execute("pragma journal_mode=wal")
        local.connection.execute("pragma synchronous=full")
        local.connection.executescript(TABLE)
    return local.connection  # type: ignore[no-any-return]  # a thread's own attribute


@app.post("/comments/<int:paragraph>")
def add(paragraph: int) -> tuple[Response, int]:
    """Keep one comment."""
    asked, comment_id = request.get_json(), str(uuid.uuid4())
    row = (comment_id, paragraph, asked["kind"], asked["text"], asked["name"])
    connection().execute("insert into comments values (?, ?, ?, ?, ?, datetime('now'))", row)
    return jsonify(id=comment_id, text=asked["text"]), 201


@app.get("/comments/<int:paragraph>")
def read(paragraph: int) -> Response:
    """Answer the comments on a paragraph."""
    found = connection().execute(
        "select id, kind, text, name, received from comments where paragraph = ?", (paragraph,)
    )
    names = ("id", "kind", "text", "name", "received")
    return jsonify(comments=[dict(zip(names, row, strict=True)) for row in found])
