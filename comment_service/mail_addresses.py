"""Addresses for mail: what can be written to, and which of them lead to the same mailbox."""

from email_validator import EmailNotValidError, validate_email

from participation.refusals import FieldProblem, InvalidInput

LIMIT = 254  # characters; source: RFC 5321, section 4.5.3.1.3, without the two brackets
FIELD = "address"


def read_address(typed: str) -> str:
    """Return an address in the form in which it is written to; nothing is looked up for it.

    A domain of other letters than ASCII's is written as mail servers know it: ``xn--…``.

    Raises:
        InvalidInput: If it is none, too long, or has such letters before its ``@``, which many
            mail servers do not know.
    """
    address = typed.strip()
    if not address:
        raise InvalidInput({FIELD: FieldProblem("empty")})
    if len(address) > LIMIT:
        raise InvalidInput({FIELD: FieldProblem("too-long", LIMIT)})
    local, _, _ = address.rpartition("@")
    if not local.isascii():
        raise InvalidInput({FIELD: FieldProblem("foreign-letters")})
    try:
        read = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise InvalidInput({FIELD: FieldProblem("no-address")}) from None
    return str(read.ascii_email)


def mailbox_of(address: str) -> str:
    """Return the same for addresses that lead to the same mailbox, as far as can be told."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
