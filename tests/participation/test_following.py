"""Every paragraph finds its successors, or is honestly removed."""

import pytest

from participation.following import added, follow, is_doubtful, successors
from participation.way import Way, WayKind

PLAN = "Die Verwaltung führt eine öffentliche Liste aller Vorhaben mit Kosten und Terminen."
COUNCIL = "Der Beirat tagt viermal im Jahr und berät den Stadtrat in Fragen der Beteiligung."
OFFICE = (
    "Das Büro für Bürgerbeteiligung beantwortet Anfragen innerhalb von vierzehn Tagen schriftlich."
)
YOUTH = "Kinder und Jugendliche werden bei Spielplätzen und Schulwegen mit eigenen Formaten gehört."
BUDGET = "Für jedes Verfahren stellt die Kämmerei ein festes Budget samt Reserve bereit."
REPORT = (
    "Nach Abschluss erscheint ein Bericht, der jede Anregung nennt und ihre Abwägung begründet."
)
TEXTS = [PLAN, COUNCIL, OFFICE, YOUTH, BUDGET, REPORT]
FOREIGN = "Hunde sind im Stadtpark von April bis Oktober an der kurzen Leine auszuführen."


def filler(number: int) -> str:
    """A paragraph that has hardly a word in common with any other."""
    return f"Thema{number} behandelt Verfahren{number} nach Muster{number} samt Anlage{number}."


def kinds(old: list[str], new: list[str]) -> list[str]:
    return [way.kind.value for way in follow(old, new)]


def test_equal_texts_are_unchanged_and_sure():
    ways = follow(TEXTS, TEXTS)
    assert ways == tuple(Way(n, (n,), WayKind.UNCHANGED, 1.0) for n in range(1, 7))


def test_white_space_is_no_change():
    assert kinds([PLAN, "Kurz  und\n gut"], [PLAN.replace(" ", "\n"), " Kurz und gut "]) == [
        "unchanged",
        "unchanged",
    ]


def test_a_reworded_paragraph_is_edited():
    reworded = COUNCIL.replace("viermal im Jahr", "mindestens sechsmal jährlich")
    ways = follow(TEXTS, [PLAN, reworded, *TEXTS[2:]])
    assert ways[1].kind is WayKind.EDITED
    assert ways[1].new == (2,)
    assert 0 < ways[1].confidence < 1


def test_a_paragraph_that_stands_elsewhere_is_moved():
    ways = follow(TEXTS, [*TEXTS[1:], PLAN])
    assert ways[0].kind is WayKind.MOVED
    assert ways[0].new == (6,)
    assert {way.kind for way in ways[1:]} == {WayKind.UNCHANGED}


def test_a_paragraph_that_moved_and_was_edited_is_moved():
    edited = PLAN.replace("Kosten und Terminen", "Kosten, Terminen und Zuständigen")
    way = follow(TEXTS, [*TEXTS[1:], edited])[0]
    assert (way.kind, way.new) == (WayKind.MOVED, (6,))
    assert 0 < way.confidence < 1


def test_of_swapped_neighbours_the_shorter_one_moved():
    ways = follow(TEXTS, [PLAN, OFFICE, COUNCIL, *TEXTS[3:]])
    assert successors(TEXTS, [PLAN, OFFICE, COUNCIL, *TEXTS[3:]])[1:3] == [[2], [1]]
    assert [way.kind for way in ways[1:3]] == [WayKind.MOVED, WayKind.UNCHANGED]


def test_a_paragraph_in_two_parts_is_split():
    first, second = f"{OFFICE} {YOUTH}".split(" Kinder")
    ways = follow([PLAN, f"{OFFICE} {YOUTH}", BUDGET], [PLAN, first, f"Kinder{second}", BUDGET])
    assert ways[1].kind is WayKind.SPLIT
    assert ways[1].new == (2, 3)


def test_paragraphs_in_one_are_merged():
    ways = follow(TEXTS, [PLAN, f"{COUNCIL} {OFFICE}", *TEXTS[3:]])
    assert [(way.kind, way.new) for way in ways[1:3]] == [(WayKind.MERGED, (2,))] * 2


def test_a_short_part_beside_the_rest_belongs_to_the_split():
    whole = "4. Hilfe zur Erziehung, Eingliederungshilfe für junge Menschen sowie Beratung."
    parts = ["4. Hilfe zur Erziehung,", "Eingliederungshilfe für junge Menschen sowie Beratung."]
    assert successors([PLAN, whole, BUDGET, REPORT], [PLAN, *parts, BUDGET, REPORT])[1] == [1, 2]


def test_a_part_that_stands_there_twice_is_followed_once():
    old = [PLAN, f"{OFFICE} {YOUTH}", BUDGET]
    new = [PLAN, OFFICE, YOUTH, YOUTH, BUDGET]
    assert len(successors(old, new)[1]) == 2


def test_a_long_part_that_went_elsewhere_belongs_to_the_split():
    fillers = [filler(n) for n in range(40)]
    old = [*fillers[:5], f"{COUNCIL} {OFFICE} {REPORT}", *fillers[5:]]
    new = [*fillers[:5], f"{COUNCIL} {OFFICE}", *fillers[5:30], REPORT, *fillers[30:]]
    assert successors(old, new)[5] == [5, 31]


def test_a_short_part_elsewhere_is_taken_for_chance():
    fillers = [filler(n) for n in range(40)]
    old = [*fillers[:5], f"{COUNCIL} Näheres regelt die Satzung.", *fillers[5:]]
    new = [*fillers[:5], COUNCIL, *fillers[5:30], "Näheres regelt die Satzung.", *fillers[30:]]
    assert successors(old, new)[5] == [5]


def test_a_clause_that_went_to_a_linked_neighbour_is_followed():
    clause = "Die Protokolle der Sitzungen stehen spätestens nach drei Wochen im Netz."
    old = [PLAN, f"{COUNCIL} {clause}", OFFICE, BUDGET]
    new = [PLAN, COUNCIL, f"{OFFICE} {clause}", BUDGET]
    assert successors(old, new)[1] == [1, 2]


def test_a_paragraph_that_is_gone_is_removed():
    ways = follow(TEXTS, [text for text in TEXTS if text != YOUTH])
    assert (ways[3].kind, ways[3].new) == (WayKind.REMOVED, ())
    assert [way.new for way in ways[4:]] == [(4,), (5,)]


def test_another_paragraph_in_the_same_place_is_no_successor():
    ways = follow(TEXTS, [FOREIGN if text == YOUTH else text for text in TEXTS])
    assert ways[3].kind is WayKind.REMOVED
    assert added(ways, 6) == (4,)


def test_what_no_way_leads_to_was_added():
    ways = follow(TEXTS, [FOREIGN, *TEXTS, FOREIGN])
    assert added(ways, 8) == (1, 8)


@pytest.mark.parametrize(("old", "new"), [([], []), ([], TEXTS), ([""], []), ([""], [PLAN])])
def test_without_texts_there_is_nothing_to_follow(old: list[str], new: list[str]):
    ways = follow(old, new)
    assert [way.new for way in ways] == [()] * len(old)
    assert added(ways, len(new)) == tuple(range(1, len(new) + 1))


def test_all_texts_gone_are_all_removed():
    assert kinds(TEXTS, []) == ["removed"] * 6


def test_equal_stubs_go_with_their_neighbours():
    stub = "(weggefallen)"
    old = [PLAN, stub, COUNCIL, stub, OFFICE, stub]
    new = [PLAN, COUNCIL, stub, OFFICE, stub]
    assert successors(old, new) == [[0], [], [1], [2], [3], [4]]


def test_a_stub_does_not_lead_to_a_stub_elsewhere():
    fillers = [filler(n) for n in range(150)]
    old = [*fillers[:5], "c) (weggefallen)", *fillers[5:]]
    new = [*fillers[:80], "(5) (weggefallen)", *fillers[80:]]
    assert successors(old, new)[5] == []


def test_a_renumbered_heading_goes_with_its_section():
    old = ["## § 13", PLAN, COUNCIL, "## § 14", OFFICE, YOUTH, "## § 15", BUDGET, REPORT]
    new = ["## § 13", PLAN, COUNCIL, "## § 14", BUDGET, REPORT]
    assert successors(old, new) == [[0], [1], [2], [], [], [], [3], [4], [5]]


def test_a_renamed_heading_goes_with_what_stands_under_it():
    old = ["# Beteiligung", PLAN, "## Beirat", COUNCIL, OFFICE, "**Jugend**", YOUTH]
    new = ["# Mitwirkung", PLAN, "## Gremien", COUNCIL, OFFICE, "**Junge Leute**", YOUTH]
    assert successors(old, new) == [[place] for place in range(7)]


def test_a_new_section_does_not_take_the_number_of_the_old_one():
    old = ["## § 3", PLAN, COUNCIL, "## § 4", OFFICE]
    new = ["## § 3", FOREIGN, BUDGET, "## § 4", PLAN, COUNCIL, "## § 5", OFFICE]
    assert successors(old, new) == [[3], [4], [5], [6], [7]]


def test_of_near_duplicates_each_keeps_its_own():
    tariffs = [
        f"Die Gebühr der Stufe {n} beträgt {n * 7} Euro je angefangene Stunde." for n in range(5)
    ]
    raised = [text.replace("Stunde", "halbe Stunde") for text in tariffs]
    assert successors([PLAN, *tariffs, BUDGET], [PLAN, *raised, BUDGET]) == [[n] for n in range(7)]


def test_an_altered_copy_elsewhere_does_not_take_the_place_of_the_text():
    copy = COUNCIL.replace("viermal", "einmal").replace("Stadtrat", "Kreistag")
    edited = COUNCIL.replace("viermal im Jahr", "in jedem Quartal")
    assert successors(TEXTS, [PLAN, edited, *TEXTS[2:], copy])[1] == [1]


def test_a_heading_does_not_become_a_paragraph():
    assert successors(
        ["## Der Beirat", PLAN], [PLAN, COUNCIL, "Ein Beirat, der nie tagt, ruht."]
    ) == [
        [],
        [0],
    ]


def test_addresses_are_not_compared():
    old = "Siehe [Satzung](https://alt.example/satzung/beteiligung/2019) und Anlage."
    new = "Siehe [Satzung](https://neu.example/recht/s-17) und Anlage."
    assert successors([PLAN, old, BUDGET], [PLAN, new, BUDGET])[1] == [1]


def test_little_in_common_is_doubtful_and_equal_text_is_not():
    reworded = "Der Beirat trifft sich je Quartal; er berät den Stadtrat bei der Mitwirkung aller."
    ways = follow(TEXTS, [PLAN, reworded, *TEXTS[2:]])
    assert ways[1].new == (2,)
    assert [is_doubtful(way) for way in ways] == [False, True, False, False, False, False]


def test_of_many_alike_each_finds_its_own_far_away():
    fillers = [filler(n) for n in range(20)]
    names = ["Ahorn", "Birke", "Eiche", "Fichte", "Linde", "Pappel", "Rotbuche", "Tanne", "Ulme"]
    alike = [
        f"Die Baumart {name} pflanzt der Bauhof an der {name}nallee im Herbst." for name in names
    ]
    edited = [text.replace("im Herbst", "im späten Herbst") for text in alike]
    found = successors([*alike, *fillers], [*fillers, *edited])
    assert found[: len(names)] == [[20 + n] for n in range(len(names))]


def test_a_heavily_edited_text_in_its_place_is_not_left_for_a_copy_elsewhere():
    rule = (
        "Die Verbotsbehörde kann für ihre Ermittlungen die Hilfe der Polizei erbitten, "
        "Zeugen laden, Unterlagen beschlagnahmen sowie Räume mit richterlicher Anordnung betreten."
    )
    edited = (
        "Die Verbotsbehörde darf für ihre Ermittlungen die Hilfe der Polizei erbitten. Sie kann "
        "Zeugen laden; Räume betritt sie mit richterlicher Anordnung, Akten prüft sie vor Ort."
    )
    copy = rule.replace("Ermittlungen", "Prüfungen").replace("Polizei", "Feuerwehr")
    fillers = [filler(n) for n in range(40)]
    found = successors([PLAN, rule, COUNCIL, *fillers], [PLAN, edited, COUNCIL, *fillers, copy])
    assert found[1] == [1]


def test_a_text_that_was_merged_into_its_neighbour_is_not_left_for_a_copy_elsewhere():
    copy = OFFICE.replace("schriftlich", "kostenlos").replace("vierzehn", "zehn")
    fillers = [filler(n) for n in range(40)]
    found = successors(
        [PLAN, COUNCIL, OFFICE, YOUTH, *fillers],
        [PLAN, f"{COUNCIL} {OFFICE}", YOUTH, *fillers, copy],
    )
    assert found[1:3] == [[1], [1]]


def test_a_copy_that_stood_elsewhere_before_is_not_taken_for_the_text_that_is_gone():
    copy = OFFICE.replace("schriftlich", "kostenlos").replace("vierzehn", "zehn")
    fillers = [filler(n) for n in range(40)]
    merged = f"{copy} {YOUTH}"
    found = successors([OFFICE, PLAN, *fillers, copy, YOUTH], [PLAN, *fillers, merged])
    assert (found[0], found[42:]) == ([], [[41], [41]])


def test_a_list_that_became_one_text_is_merged_and_the_other_way_round_split():
    items = [
        "Termine und Orte der Sitzungen im laufenden Jahr",
        "Namen und Fraktionen der stimmberechtigten Mitglieder",
        "Beschlüsse über die Verwendung der Städtebaumittel",
        "Pläne für neue Radwege entlang der Lauter",
        "Gutachten zum Lärmschutz am Güterbahnhof",
        "Ergebnisse der Befragung von Eltern und Lehrkräften",
        "Kosten des Umbaus der Fruchthalle seit 2019",
        "Anregungen aus den Workshops der Jugendverbände",
        "Antworten des Gartenbauamts auf Eingaben zu Bäumen",
        "Zeitplan für die Sanierung der Schwimmbäder",
        "Liste der geförderten Vereine im Ortsteil Erfenbach",
        "Auswertung der Verkehrszählung auf der Pariser Straße",
    ]
    apart = [COUNCIL, *(f"* {item}" for item in items), REPORT]
    together = [COUNCIL, f"Die Stadt veröffentlicht {', '.join(items)}.", REPORT]
    assert successors(apart, together) == [[0], *([1] for _ in items), [2]]
    assert successors(together, apart) == [[0], [*range(1, 13)], [13]]
    assert all(0 < way.confidence <= 1 for way in follow(together, apart))


def test_a_text_in_its_place_with_other_forms_of_the_words_is_edited():
    old = "* Konstruktive Hinweise werden freundlich angenommen"
    new = "- Konstruktiver Hinweis, freundliche Annahme"
    ways = follow([PLAN, old, COUNCIL], [PLAN, new, COUNCIL])
    assert ways[1].new == (2,)
    assert is_doubtful(ways[1])


def test_a_text_that_stands_whole_in_a_longer_one_in_its_place_is_edited():
    longer = (
        "3. Geschlecht mit der Abkürzung F für weiblich, M für männlich und X in anderen Fällen,"
    )
    found = successors([PLAN, "3. Geschlecht,", COUNCIL], [PLAN, longer, COUNCIL])
    assert found == [[0], [1], [2]]


@pytest.mark.parametrize("label", ["(1)", "a)", "*", "##", ""])
def test_other_forms_of_the_words_under_another_kind_of_label_prove_nothing(label: str):
    old = "1. Konstruktive Hinweise werden freundlich angenommen"
    new = f"{label} Konstruktiver Hinweis, freundliche Annahme".strip()
    assert successors([PLAN, old, COUNCIL], [PLAN, new, COUNCIL])[1] == []


def test_a_term_that_stands_elsewhere_is_moved_and_a_note_is_not():
    fillers = [filler(n) for n in range(40)]
    for word, place in [("3. Transformationsdienste,", [31]), ("3. (weggefallen)", [])]:
        found = successors([PLAN, word, *fillers], [PLAN, *fillers[:30], word, *fillers[30:]])
        assert found[1] == place


def test_a_few_words_that_differ_prove_nothing_elsewhere():
    fillers = [f"{filler(n)} Das gilt für Kinder." if n < 12 else filler(n) for n in range(40)]
    old = [PLAN, "* für Kinder", *fillers]
    new = [PLAN, *fillers[:30], "* Kinder, für", *fillers[30:]]
    assert successors(old, new)[1] == []


def test_a_renumbered_title_elsewhere_is_found_by_few_words():
    fillers = [filler(n) for n in range(40)]
    found = successors(
        [PLAN, "6. Fassungen der Satzung", *fillers],
        [PLAN, *fillers[:30], "10. Fassungen der Satzung", *fillers[30:]],
    )
    assert found[1] == [31]


def test_a_text_that_is_nothing_but_an_address_is_followed():
    old, new = "https://alt.example/satzung/2019", "https://alt.example/satzung/2024"
    assert successors([PLAN, old, COUNCIL], [PLAN, old, COUNCIL])[1] == [1]
    assert successors([PLAN, old, COUNCIL], [PLAN, new, COUNCIL])[1] == [1]


def test_a_word_that_stands_in_every_form_does_not_lead_to_another_form():
    forms = [[filler(n), "Darauf achten", filler(20 + n)] for n in range(4)]
    old = [text for form in forms for text in form]
    new = [*old[:1], "Worauf es ankommt", *old[2:], *(filler(n) for n in range(30, 50))]
    more = [*new, "Darauf achten", filler(50), "Darauf achten", filler(51)]
    assert successors(old, more)[1] == []


def test_a_text_among_many_new_ones_is_no_copy_of_itself():
    edited = OFFICE.replace("schriftlich", "kostenlos").replace("vierzehn", "zehn")
    old = [
        PLAN,
        *(filler(n) for n in range(10)),
        OFFICE,
        *(filler(n) for n in range(10, 20)),
        BUDGET,
    ]
    new = [PLAN, edited, *(filler(n) for n in range(30, 34)), BUDGET]
    assert successors(old, new)[11] == [1]
