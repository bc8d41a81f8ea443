"""The yardstick of a cold start: a Flask application on SQLite that gives one answer and ends."""

import sqlite3
import sys
from wsgiref.util import setup_testing_defaults

from flask import Flask

app = Flask("yardstick")


@app.get("/comments")
def comments() -> list[dict[str, object]]:
    """Answer all comments of the file that the command line names."""
    found = sqlite3.connect(sys.argv[1]).execute("SELECT id, text FROM comments")
    return [{"id": number, "text": text} for number, text in found]


environ: dict[str, object] = {"PATH_INFO": "/comments"}
setup_testing_defaults(environ)
sys.stdout.buffer.writelines(app(environ, lambda *_: None))
