"""The yardstick of the PostgreSQL store: Flask, psycopg and a pool, no rules at all."""

import os
import uuid

from flask import Flask, Response, jsonify, request
from psycopg_pool import ConnectionPool

TABLE = """
create table if not exists comments (
    id text primary key, paragraph integer, kind text, text text, name text,
    received timestamptz default now()
);
create index if not exists by_paragraph on comments (paragraph)
"""

app = Flask(__name__)
pool = ConnectionPool(
    os.environ["PLAIN_DATABASE"], min_size=1, max_size=8, kwargs={"autocommit": True}, open=True
)


@app.post("/comments/<int:paragraph>")
def add(paragraph: int) -> tuple[Response, int]:
    """Keep one comment."""
    asked, comment_id = request.get_json(), str(uuid.uuid4())
    row = (comment_id, paragraph, asked["kind"], asked["text"], asked["name"])
    with pool.connection() as connection:
        connection.execute("insert into comments values (%s, %s, %s, %s, %s)", row)
    return jsonify(id=comment_id, text=asked["text"]), 201


@app.get("/comments/<int:paragraph>")
def read(paragraph: int) -> Response:
    """Answer the comments on a paragraph."""
    with pool.connection() as connection:
        found = connection.execute(
            "select id, kind, text, name, received from comments where paragraph = %s", (paragraph,)
        ).fetchall()
    names = ("id", "kind", "text", "name", "received")
    return jsonify(comments=[dict(zip(names, row, strict=True)) for row in found])
