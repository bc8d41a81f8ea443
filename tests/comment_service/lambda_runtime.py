"""The runtime API of AWS Lambda on this machine, and the real loop that asks it for events."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from typing import Any

from tests.comment_service.lambda_events import Answer, read_answer, request_event

API = "/2018-06-01/runtime"
PATIENCE = 30  # seconds


class RuntimeApi:
    """Hands events to the function that asks, and takes its answers."""

    def __init__(self) -> None:
        self.events: Queue[dict[str, Any]] = Queue()
        self.answers: Queue[tuple[str, Any]] = Queue()

    def invoke(self, event: dict[str, Any]) -> tuple[str, Any]:
        """Return ``response`` or ``error``, and what came with it."""
        self.events.put(event)
        return self.answers.get(timeout=PATIENCE)

    def ask(self, kind: str, method: str, path: str, **request: Any) -> Answer:
        """Return the answer to a request, as a browser gets it."""
        word, answer = self.invoke(request_event(kind, method, path, **request))
        assert word == "response", answer
        return read_answer(answer)


class _Endpoints(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    api: RuntimeApi

    def do_GET(self) -> None:
        assert self.path == f"{API}/invocation/next"
        event = self.api.events.get()
        headers = {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            "Lambda-Runtime-Deadline-Ms": "4102444800000",
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-central-1:1:function:r",
        }
        self._answer(200, headers, json.dumps(event).encode())

    def do_POST(self) -> None:
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.api.answers.put((self.path.rsplit("/", 1)[1], content))
        self._answer(202, {"Content-Type": "application/json"}, b'{"status":"OK"}')

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def function_on_lambda(settings: dict[str, str]) -> Iterator[RuntimeApi]:
    """Start the function with AWS's own loop; it is stopped at the end of the block."""
    api = RuntimeApi()
    endpoints = type("Endpoints", (_Endpoints,), {"api": api})
    with ThreadingHTTPServer(("127.0.0.1", 0), endpoints) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        environ = {
            **os.environ,  # noqa: TID251  # a process needs a PATH
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}",
            "AWS_LAMBDA_FUNCTION_NAME": "randnotiz",
            **settings,
        }
        command = [sys.executable, "-m", "awslambdaric", "comment_service.serverless.handler"]
        process = subprocess.Popen(
            command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        try:
            yield api
        finally:
            process.send_signal(signal.SIGINT)
            api.events.put({})  # Python notices the signal when the loop has something to do
            try:
                process.communicate(timeout=PATIENCE)
            finally:
                process.kill()
            server.shutdown()
            thread.join()
