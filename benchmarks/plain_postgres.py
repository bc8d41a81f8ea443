"""The yardstick of the PostgreSQL store: Flask and psycopg, a connection a thread, no rules."""

import os
import threading
import uuid

import psycopg
from flask import Flask, Response, jsonify, request

TABLE = """
create table if not exists comments (
    id text primary key, paragraph integer, kind text, text text, name text,
    received timestamptz default now()
);
create index if not exists by_paragraph on comments (paragraph)
"""

app = Flask(__name__)
local = threading.local()


def connection() -> psycopg.Connection:
    """Return the connection of this thread."""
    if not hasattr(local, "connection"):
        local.connection = psycopg.connect(os.environ["PLAIN_DATABASE"], autocommit=True)
    return local.connection  # type: ignore[no-any-return]  # a thread's own attribute


@app.post("/comments/<int:paragraph>")
def add(paragraph: int) -> tuple[Response, int]:
    """Keep one comment."""
    asked, comment_id = request.get_json(), str(uuid.uuid4())
    row = (comment_id, paragraph, asked["kind"], asked["text"], asked["name"])
    connection().execute("insert into comments values (%s, %s, %s, %s, %s)", row)
    return jsonify(id=comment_id, text=asked["text"]), 201


@app.get("/comments/<int:paragraph>")
def read(paragraph: int) -> Response:
    """Answer the comments on a paragraph."""
    found = connection().execute(
        "select id, kind, text, name, received from comments where paragraph = %s", (paragraph,)
    )
    names = ("id", "kind", "text", "name", "received")
    return jsonify(comments=[dict(zip(names, row, strict=True)) for row in found])
