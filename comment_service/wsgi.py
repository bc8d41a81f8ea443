"""The way in for a WSGI server: ``gunicorn comment_service.wsgi:app``."""

import os
import sys
from datetime import UTC, datetime
from wsgiref.types import WSGIApplication

import uuid_utils

from comment_service.app import create_service
from comment_service.platforms import platform, refuse_passing_store
from comment_service.settings import BrokenSetting, Settings
from comment_service.web.log_lines import configure_logs

# gunicorn's word for "the application cannot be loaded": with any other code it would start
# the worker again and again.
CANNOT_START = 4


def start() -> WSGIApplication:
    """Make the application from the environment; end the process if a setting is broken."""
    try:
        settings = Settings.read(os.environ)
        refuse_passing_store(settings.store, platform(os.environ))
        configure_logs(settings.log_level, sys.stderr)
        service = create_service(
            settings, clock=lambda: datetime.now(UTC), new_id=lambda: str(uuid_utils.uuid7())
        )
        service.keep_files()
        service.send_mail()
    except BrokenSetting as broken:
        sys.stderr.write(f"{broken}\n")
        sys.exit(CANNOT_START)
    return service.served


app = start()
