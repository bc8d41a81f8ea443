"""What is said of a spreadsheet that cannot be taken."""

from comment_service.web.dates import number_words
from comment_service.web.messages import Language, gettext_noop
from comment_service.web.wording import field_words
from spreadsheets.cell_problems import CellProblem
from spreadsheets.refusals import Unfit, UnfitSpreadsheet

MEANINGS = {
    Unfit.EMPTY: gettext_noop("The file is empty. Please choose the one that you have filled in."),
    Unfit.TOO_LARGE: gettext_noop(
        "The file has more than %(limit)s MB. Please split it into several."
    ),
    Unfit.ENCRYPTED: gettext_noop("The file is encrypted. Please save it without a password."),
    Unfit.MACROS: gettext_noop("The file bears macros. Please save it as XLSX, without macros."),
    Unfit.OLD_FORMAT: gettext_noop("The file is of an old format (XLS). Please save it as XLSX."),
    Unfit.OTHER_FORMAT: gettext_noop(
        "The file is no spreadsheet that is read here. Please save it as XLSX or CSV."
    ),
    Unfit.BOMB: gettext_noop(
        "Unpacked, the file is far too large. Please copy its rows into the template."
    ),
    Unfit.BROKEN: gettext_noop("The file is broken. Please open it, save it anew and try again."),
    Unfit.UNKNOWN_ENCODING: gettext_noop(
        "The letters of the file cannot be read. Please save it as XLSX, or as CSV in UTF-8."
    ),
    Unfit.MISSING_COLUMNS: gettext_noop(
        "Columns are missing: %(columns)s. Please use the template, with its headings in row 1."
    ),
    Unfit.UNKNOWN_COLUMNS: gettext_noop(
        "Columns are not known: %(columns)s. Please remove them; “?” is one without a heading."
    ),
    Unfit.DOUBLE_COLUMNS: gettext_noop(
        "Columns are there twice: %(columns)s. Please remove one of each."
    ),
    Unfit.TOO_MANY_ROWS: gettext_noop(
        "The file has more than %(limit)s rows. Please split it into several."
    ),
    Unfit.NO_ROWS: gettext_noop("Nothing is filled in below the headings."),
}
MEGABYTE = 1024 * 1024


def unfit_words(refusal: UnfitSpreadsheet, language: Language) -> str:
    """Return what is wrong with a file, and what to do."""
    limit = refusal.limit // MEGABYTE if refusal.unfit is Unfit.TOO_LARGE else refusal.limit
    return language.gettext(MEANINGS[refusal.unfit]) % {
        "columns": ", ".join(refusal.columns),
        "limit": number_words(limit, language),
    }


def place_words(found: CellProblem, language: Language) -> str:
    """Return where a cell is: ``Zeile 12, Spalte C (Randnummer)``."""
    address = found.address
    if not address.letter:
        return language.gettext("Row %(row)s") % {"row": address.row}
    return language.gettext("Row %(row)s, column %(letter)s (%(heading)s)") % {
        "row": address.row,
        "letter": address.letter,
        "heading": address.heading,
    }


def cell_words(found: CellProblem, language: Language) -> str:
    """Return what is wrong with a cell."""
    return field_words(found.problem, language)
