"""The accounts of the desk: who may work here, as what; for administrators."""

from http import HTTPStatus

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from comment_service.passwords import new_password
from comment_service.web.desk.access import current_account, permitted
from comment_service.web.desk.blueprint import bp
from comment_service.web.desk.made_of import made_of
from comment_service.web.desk.role_words import role_words
from comment_service.web.desk.telling import redirect_telling
from comment_service.web.errors import field_messages
from comment_service.web.service import service
from comment_service.web.spoken import spoken
from comment_service.web.wording import meaning
from participation.account import Account
from participation.account_changes import AT_THE_DESK, read_role
from participation.permissions import Action
from participation.refusals import AccountNameTaken, InvalidInput, LastAdministrator, Refusal

ACCOUNTS, ACCOUNT = "/konten", "/konten/<account_id>"


@bp.get(ACCOUNTS)
@permitted(Action.MANAGE_ACCOUNTS)
def accounts() -> Response:
    """Answer the list of accounts, and the form for a new one."""
    return _list()


@bp.post(ACCOUNTS)
@permitted(Action.MANAGE_ACCOUNTS)
def add_account() -> Response:
    """Make an account; its password is shown this once."""
    typed = request.form
    password = None if _elsewhere() else new_password()
    try:
        made = made_of().administering.add(
            typed.get("name", ""),
            read_role(typed.get("role", "")),
            by=current_account().role,
            password=password,
        )
    except (InvalidInput, AccountNameTaken) as refusal:
        return _list(refusal)
    return _page(made, password=password)


@bp.get(ACCOUNT)
@permitted(Action.MANAGE_ACCOUNTS)
def account(account_id: str) -> Response:
    """Answer one account and what can be done with it."""
    return _page(_account(account_id))


@bp.post(f"{ACCOUNT}/rolle")
@permitted(Action.MANAGE_ACCOUNTS)
def change_role(account_id: str) -> BaseResponse:
    """Give an account another role."""
    role = read_role(request.form.get("role", ""))
    changed = made_of().administering.change_role(account_id, role, by=current_account().role)
    said = spoken().gettext("%(name)s is now: %(role)s.")
    return _told(changed, said % {"name": changed.name, "role": role_words(role)})


@bp.post(f"{ACCOUNT}/sperren")
@permitted(Action.MANAGE_ACCOUNTS)
def lock_account(account_id: str) -> BaseResponse:
    """Lock an account."""
    changed = made_of().administering.lock(account_id, by=current_account().role)
    return _told(changed, spoken().gettext("%(name)s is locked.") % {"name": changed.name})


@bp.post(f"{ACCOUNT}/entsperren")
@permitted(Action.MANAGE_ACCOUNTS)
def unlock_account(account_id: str) -> BaseResponse:
    """Open an account."""
    changed = made_of().administering.unlock(account_id, by=current_account().role)
    return _told(changed, spoken().gettext("%(name)s is open again.") % {"name": changed.name})


@bp.post(f"{ACCOUNT}/zuruecksetzen")
@permitted(Action.MANAGE_ACCOUNTS)
def reset_account(account_id: str) -> Response:
    """Give an account another password, which is shown this once, and no second factor."""
    password = new_password()
    changed = made_of().administering.reset(account_id, password, by=current_account().role)
    return _page(changed, password=password)


@bp.errorhandler(LastAdministrator)
def last_administrator(refusal: LastAdministrator) -> Response:
    """Answer that somebody has to look after the accounts, beside the account itself."""
    problem = " ".join(meaning(refusal.code, spoken()))
    account_id = (request.view_args or {})["account_id"]
    return _page(_account(account_id), problem=problem, status=HTTPStatus.CONFLICT)


def _list(refusal: Refusal | None = None) -> Response:
    fields = field_messages(refusal) if isinstance(refusal, InvalidInput) else {}
    if isinstance(refusal, AccountNameTaken):
        fields = {"name": meaning(refusal.code, spoken())[0]}
    page = render_template(
        "desk/accounts.html",
        accounts=made_of().accounts.store.accounts(),
        now=made_of().signing_in.clock(),
        typed=request.form,
        fields=fields,
        roles=AT_THE_DESK,
        offers_single_sign_on=service().settings.oidc_issuer is not None,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return Response(page, status=status, mimetype="text/html")


def _page(
    account: Account, *, password: str | None = None, problem: str = "", status: int = HTTPStatus.OK
) -> Response:
    page = render_template(
        "desk/account.html",
        of=account,
        now=made_of().signing_in.clock(),
        roles=AT_THE_DESK,
        password=password,
        problem=problem,
    )
    return Response(page, status=status, mimetype="text/html")


def _account(account_id: str) -> Account:
    return made_of().accounts.store.account(account_id)


def _elsewhere() -> bool:
    return request.form.get("elsewhere") == "yes"


def _told(account: Account, words: str) -> BaseResponse:
    return redirect_telling(url_for("desk.account", account_id=account.id), words)
