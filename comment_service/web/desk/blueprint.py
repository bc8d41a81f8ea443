"""The blueprint of the desk; each of its pages is in a module of its own."""

from typing import Any

from flask import Blueprint

from comment_service.web.desk_door import DESK
from comment_service.web.spoken import chosen

NAME = "desk"
bp = Blueprint(NAME, __name__, url_prefix=DESK)


@bp.app_url_defaults
def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the chosen language in every link; there is no cookie for it."""
    if endpoint.startswith(f"{NAME}.") and chosen():
        values.setdefault("lang", chosen())
