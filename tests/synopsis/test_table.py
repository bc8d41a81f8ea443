import json
from datetime import date

from spreadsheets.writing import write_csv, write_xlsx
from synopsis.table import synopsis_json, synopsis_table
from synopsis.words import words
from tests.factories import make_public
from tests.synopsis.factories import DISCUSSED, NEW, make_synopsis


def rows() -> list[dict[str, object]]:
    table = synopsis_table(make_synopsis(), words("de"))
    headings = [column.heading for column in table.columns]
    return [dict(zip(headings, row, strict=True)) for row in table.rows]


def test_each_contribution_has_a_row_with_wordings_and_answer():
    second = rows()[2]
    assert second == {
        "Beitrag": 2,
        "Randnummer": 2,
        "Abschnitt": "Ganz kurz",
        "Wortlaut": "Der Text von Absatz 2.",
        "Art": "Frage",
        "Eingangsweg": "Workshop",
        "Anlass": "Bürgerwerkstatt",
        "Tag": date(2024, 3, 21),
        "Personen": 3,
        "Name": "Ada",
        "Text des Beitrags": "Bitte mehr Bänke.",
        "Vorgeschlagener Wortlaut": None,
        "Erwiderung auf": None,
        "Unterstützungen": 0,
        "Antwort": "teilweise übernommen",
        "Begründung": "Steht nun in\nRn. 4.",
        "Sitzung": date(2023, 1, 1),
        "Geänderte Absätze": "2/4",
        "Was daraus wurde": "geändert",
        "Neue Randnummer": "2",
        "Neuer Wortlaut": "Der neue Text von Absatz 2.",
    }


def test_what_changed_without_a_contribution_has_a_row_too():
    split, added = rows()[-2:]
    assert (split["Beitrag"], split["Randnummer"], split["Neue Randnummer"]) == (None, 4, "3, 5")
    assert (added["Randnummer"], added["Wortlaut"], added["Was daraus wurde"]) == (
        None,
        None,
        "neu",
    )


def test_a_proposal_has_its_wording_and_a_reply_stands_behind_what_it_answers():
    table = synopsis_table(make_synopsis(*DISCUSSED), words("de"))
    headings = [column.heading for column in table.columns]
    told = [dict(zip(headings, row, strict=True)) for row in table.rows][:4]
    assert [
        (one["Beitrag"], one["Art"], one["Erwiderung auf"], one["Unterstützungen"], one["Antwort"])
        for one in told
    ] == [
        (1, "Änderungsvorschlag", None, 3, "übernommen"),
        (3, "Erwiderung", 1, 0, None),
        (2, "Anregung", None, 0, "noch nicht beantwortet"),
        (4, "Erwiderung", None, 0, None),
    ]
    assert told[0]["Vorgeschlagener Wortlaut"] == "Der neue Text von Absatz 2."


def test_what_is_not_answered_has_no_reason():
    unanswered = rows()[0]
    assert (unanswered["Antwort"], unanswered["Begründung"]) == ("noch nicht beantwortet", None)


def test_it_becomes_files():
    table = synopsis_table(make_synopsis(), words("en"))
    assert write_csv(table).decode().startswith("Contribution,Paragraph no.,")
    assert write_xlsx(table) == write_xlsx(table)


def test_as_json_it_has_the_same_rows():
    plain = json.loads(synopsis_json(make_synopsis()))
    assert [row["fate"] for row in plain["rows"]] == [
        "unchanged", "edited", "removed", "split", "added",
    ]  # fmt: skip
    assert [one["ordinal"] for one in plain["rows"][1]["contributions"]] == [1, 2]
    assert plain["rows"][1]["new"][0]["difference"][1] == {"change": "inserted", "text": " neue"}
    assert plain["rows"][4]["changed_because_of"] == [2]
    assert plain["next"] == 2


def test_the_newest_version_has_no_next_one():
    plain = json.loads(synopsis_json(make_synopsis(make_public(ref=NEW), number=2)))
    assert (plain["next"], plain["rows"][0]["number"]) == (None, 4)
