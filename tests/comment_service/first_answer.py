"""A process that answers one request and tells which modules it has imported for that."""

import importlib
import io
import json
import sys
from typing import Any
from wsgiref.util import setup_testing_defaults

way_in, method, path, body = sys.argv[1:]
environ: dict[str, Any] = {
    "REQUEST_METHOD": method,
    "PATH_INFO": path,
    "CONTENT_TYPE": "application/json",
    "CONTENT_LENGTH": str(len(body.encode())),
    "wsgi.input": io.BytesIO(body.encode()),
}
setup_testing_defaults(environ)
statuses: list[str] = []
answer = importlib.import_module(way_in).app(environ, lambda status, *_: statuses.append(status))
told = json.loads(b"".join(answer))
sys.stdout.write(json.dumps({"status": statuses[0][:3], "answer": told, "modules": [*sys.modules]}))
