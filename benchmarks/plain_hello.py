"""The ceiling for reads: Flask that says hello."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """Answer one line."""
    return "Hello, World!"
