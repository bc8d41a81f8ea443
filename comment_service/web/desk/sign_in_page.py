"""The page to sign in, also in the middle of a form: what was typed there stays on it."""

from http import HTTPStatus

from flask import Response, render_template

from comment_service.web.desk.kept_form import KeptForm
from comment_service.web.service import service


def sign_in_page(
    *,
    name: str = "",
    target: str = "",
    kept: KeptForm | None = None,
    problem: str = "",
    lost: bool = False,
    status: int = HTTPStatus.OK,
) -> Response:
    """Return the page to sign in.

    Args:
        name: What was typed as the name.
        target: Where to go on afterwards, if no form was kept.
        kept: The form in whose middle the session has ended.
        problem: What went wrong, in words.
        lost: Whether a form was too large to be kept.
        status: Of the answer.
    """
    page = render_template(
        "desk/sign_in.html",
        name=name,
        target=target,
        kept=kept,
        problem=problem,
        lost=lost,
        offers_single_sign_on=service().settings.oidc_issuer is not None,
    )
    return Response(page, status=status, mimetype="text/html")
