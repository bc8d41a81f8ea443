"""What stands on the pages of versions and of their comparisons."""

import re

import pytest

from site_src.building import build, check_content
from site_src.laying_out import LaidOut
from site_src.places import Places
from site_src.previewing import without_comments
from tests.site_src.conftest import Edit, order_for
from tests.site_src.repositories import PATH, Commit

KOFFER = "guidelines/methodenkoffer.md"


@pytest.fixture
def three(commit: Commit, edit: Edit) -> None:
    """Three versions: edited, split, moved, removed and added; version 1 was corrected once."""
    edit("minutes/2023-09-06.md", "leitlinien/1/2-3", "leitlinien/1/3")
    edit(PATH, "Erster Absatz mit", "Erster Absatz über Bänke mit")
    commit("2024-03-08")
    edit(PATH, "- Dritter Absatz.", "- Dritter Absatz & mehr.")
    commit("2024-03-09")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "changes: Erste Fassung\npublished: 2024-03-08", "changes: Zweite Fassung")
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01\n  closes: 2024-04-09")
    edit(PATH, "Dritter Absatz & mehr", "Dritter Absatz & viel mehr")
    edit(PATH, "- Zweiter Absatz, siehe [oben](#1-ziele).\n", "")
    edit(PATH, "## 1. Ziele", "Ganz neue Worte stehen hier.\n\n## 1. Ziele")
    commit("2024-03-20")
    edit(PATH, "version: 2", "version: 3")
    edit(PATH, "opens: 2024-04-01\n  closes: 2024-04-09", "opens: 2025-04-01")
    edit(PATH, "  answers: 2024-04-22\n", "")
    commit("2024-03-21")


@pytest.fixture
def laid_out(tiny: Places, three: None) -> LaidOut:
    del three
    checked = check_content(order_for(tiny))
    assert [one for one in checked.problems if one.level == 0] == []
    return checked.laid_out


def test_each_version_has_a_page_and_any_two_a_comparison(laid_out: LaidOut):
    assert [path for path in laid_out.pages if path.startswith("leitlinien/")] == [
        "leitlinien/index.md", "leitlinien/1/index.md", "leitlinien/2/index.md",
        "leitlinien/3/index.md", "leitlinien/1-2/index.md", "leitlinien/1-3/index.md",
        "leitlinien/2-3/index.md",
    ]  # fmt: skip


def test_an_old_version_says_that_it_is_old_and_stays_out_of_the_search(laid_out: LaidOut):
    meta = laid_out.pages["leitlinien/1/index.md"].meta
    assert meta["banner"] == {
        "words": "Sie lesen Fassung 1 vom 8. März 2024.",
        "link_words": "Zur geltenden Fassung",
        "url": "leitlinien/",
    }
    assert (meta["canonical"], meta["search"]) == ("leitlinien/", {"exclude": True})


def test_the_newest_version_has_a_page_for_good_as_well(laid_out: LaidOut):
    newest, lasting = laid_out.pages["leitlinien/index.md"], laid_out.pages["leitlinien/3/index.md"]
    assert "banner" not in lasting.meta
    assert lasting.meta["canonical"] == "leitlinien/"
    assert not {"canonical", "search", "banner"} & set(newest.meta)
    assert lasting.title == "Leitlinien, Fassung 3"


def test_a_version_names_the_others_and_their_comparisons(laid_out: LaidOut):
    versions = laid_out.pages["leitlinien/2/index.md"].meta["versions"]
    assert [(one["words"], one["url"], one["comparison"]) for one in versions] == [
        ("Fassung 3 vom 21. März 2024", "leitlinien/3/", "leitlinien/2-3/"),
        ("Fassung 1 vom 8. März 2024", "leitlinien/1/", "leitlinien/1-2/"),
    ]


def definitions(laid_out: LaidOut, path: str) -> list[str]:
    return [line for line in laid_out.pages[path].body.splitlines() if line.startswith("[rn")]


def test_an_old_paragraph_leads_to_what_became_of_it(laid_out: LaidOut):
    assert definitions(laid_out, "leitlinien/1/index.md") == [
        '[rn]: /beitrag/leitlinien/1/ "leitlinien/1"',
        '[rn-2-1]: ../1-2/index.md#old-2 "Entfallen in Fassung 2"',
        '[rn-3-1]: ../../sitzungen/2023-09-06.md "Besprochen in der 3. Sitzung, 6. September 2023"',
        '[rn-3-2]: ../2/index.md#rn-3 "Geändert in Fassung 2, Rn. 3"',
    ]


def test_a_new_paragraph_leads_to_where_it_came_from(laid_out: LaidOut):
    assert definitions(laid_out, "leitlinien/2/index.md") == [
        '[rn]: /beitrag/leitlinien/2/ "leitlinien/2"',
        '[rn-2-1]: ../1-2/index.md#new-2 "Neu gegenüber Fassung 1"',
        '[rn-3-1]: ../1/index.md#rn-3 "Geändert, bisher Fassung 1, Rn. 3"',
    ]


def test_where_nothing_changed_there_is_no_note(laid_out: LaidOut):
    assert definitions(laid_out, "leitlinien/index.md") == [
        '[rn]: /beitrag/leitlinien/3/ "leitlinien/3"'
    ]


def test_corrections_are_listed_with_day_and_words(laid_out: LaidOut):
    page = laid_out.pages["leitlinien/1/index.md"]
    assert page.meta["corrections"] == {"words": "1 Berichtigung seither", "url": "#rn-corrections"}
    (section,) = re.findall(r"<section.*</section>", page.body, re.DOTALL)
    assert '<time datetime="2024-03-09">9. März 2024</time>' in section
    assert (
        '<a href="#rn-3">Rn. 3</a>: Dritter Absatz<ins><span class="rn-hidden">eingefügt: </span>'
        ' &amp; mehr<span class="rn-hidden"> Ende der Einfügung</span></ins>.'
    ) in section
    assert laid_out.pages["leitlinien/2/index.md"].meta["corrections"] is None


def test_all_versions_are_listed_with_what_changed(laid_out: LaidOut):
    assert (
        "Alle Fassungen\n"
        ":   [Fassung 3 vom 21. März 2024](leitlinien/3/index.md) · Zweite Fassung · "
        "[Mit Fassung 2 vergleichen](leitlinien/2-3/index.md)\n"
        ":   [Fassung 2 vom 20. März 2024](leitlinien/2/index.md) · Zweite Fassung · "
        "[Mit Fassung 1 vergleichen](leitlinien/1-2/index.md)\n"
        ":   [Fassung 1 vom 8. März 2024](leitlinien/1/index.md) · Erste Fassung\n"
    ) in laid_out.pages["texte.md"].body


def test_the_schedule_tells_of_every_version(laid_out: LaidOut):
    body = laid_out.pages["zeitplan.md"].body
    assert "[Fassung 1 erscheint: Leitlinien](leitlinien/1/index.md)" in body
    assert "[Fassung 3 erscheint: Leitlinien](leitlinien/index.md)" in body


def test_a_comparison_begins_with_figures(laid_out: LaidOut):
    page = laid_out.pages["leitlinien/1-2/index.md"]
    assert page.title == "Leitlinien: Fassung 1 und 2 im Vergleich"
    assert page.meta["search"] == {"exclude": True}
    assert (
        '<ul class="rn-figures"><li>2 Absätze unverändert</li><li>1 Absatz geändert</li>'
        "<li>1 Absatz entfallen</li><li>1 Absatz neu</li></ul>"
    ) in page.body


def test_changes_are_marked_for_eyes_and_ears(laid_out: LaidOut):
    body = laid_out.pages["leitlinien/1-2/index.md"].body
    assert (
        '<div class="rn-new" id="new-3"><a href="../2/#rn-3">Fassung 2, Rn. 3</a>'
        '<p>Dritter Absatz &amp; <ins><span class="rn-hidden">eingefügt: '
        '</span>viel <span class="rn-hidden"> Ende der Einfügung</span></ins>mehr.</p>'
        '<noscript><a class="rn-talk" href="/beitrag/leitlinien/2/3">'
        "Beiträge zu Fassung 2, Rn. 3</a></noscript></div>"
    ) in body


def test_each_change_leads_to_the_next_and_the_one_before(laid_out: LaidOut):
    body = laid_out.pages["leitlinien/1-2/index.md"].body
    assert re.findall(r'id="(change-\d+)" data-rn-change="(\d+)"', body) == [
        ("change-1", "1"), ("change-2", "2"), ("change-3", "3"),
    ]  # fmt: skip
    assert re.findall(r'class="rn-next" href="#change-(\d)"', body) == ["1", "2", "3"]
    assert re.findall(r'class="rn-previous" href="#change-(\d)"', body) == ["1", "2"]
    assert '<input type="checkbox" id="rn-changes-only" class="rn-changes-only">' in body


def test_each_change_is_a_group_with_a_name_that_the_focus_can_go_to(laid_out: LaidOut):
    body = laid_out.pages["leitlinien/1-2/index.md"].body
    assert (
        '<div class="rn-row rn-row--added" id="change-2" data-rn-change="2" tabindex="-1" '
        'role="group" aria-labelledby="kind-2">\n'
        '<div class="rn-row__head"><h3 id="kind-2">Neu '
        "<span>Änderung 2 von 3</span></h3> "
    ) in body


def test_what_did_not_change_is_found_by_its_old_and_its_new_number(laid_out: LaidOut):
    body = laid_out.pages["leitlinien/1-2/index.md"].body
    assert 'id="old-1" href="../1/#rn-1"' in body
    assert 'id="new-1" href="../2/#rn-1"' in body


def test_a_comparison_names_those_with_a_third_version(laid_out: LaidOut):
    body = laid_out.pages["leitlinien/1-2/index.md"].body
    assert (
        "Auch vergleichen: [Fassung 1 und 3](../1-3/index.md) · [Fassung 2 und 3](../2-3/index.md)"
    ) in body


def test_what_was_split_or_merged_says_into_what(tiny: Places, commit: Commit, edit: Edit):
    long = "Wer hier wohnt, darf mitreden und Fragen stellen."
    more = "Die Stadt antwortet binnen sechs Wochen schriftlich darauf."
    parts = ["Ein Beirat berät die Verwaltung.", "Er tagt viermal im Jahr öffentlich."]
    edit(PATH, "# Leitlinien\n\n", f"# Leitlinien\n\n{long} {more}\n\n{parts[0]}\n\n{parts[1]}\n\n")
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
    edit(PATH, f"{long} {more}", f"{long}\n\n{more}")
    edit(PATH, f"{parts[0]}\n\n{parts[1]}", " ".join(parts))
    commit("2024-03-20")
    body = check_content(order_for(tiny)).laid_out.pages["leitlinien/1-2/index.md"].body
    assert ">Aufgeteilt: Rn. 1 in Rn. 1 bis 2 <" in body
    assert ">Zusammengeführt: Rn. 2 bis 3 in Rn. 3 <" in body


def test_a_text_that_takes_no_comments_has_no_way_to_them(laid_out: LaidOut):
    page = laid_out.pages["leitlinien/1-2/index.md"]
    assert page.meta["commentable"]
    quiet = without_comments(laid_out).pages["leitlinien/1-2/index.md"]
    assert page.body.count('"/beitrag/leitlinien/') == 5
    assert "/beitrag/" not in quiet.body
    assert not quiet.meta["commentable"]


def test_a_text_without_any_window_has_no_way_to_comments(tiny: Places, commit: Commit, edit: Edit):
    window = (
        "commenting:\n  opens: 2024-03-08\n  closes: 2024-03-29\n  moderation: after\n"
        "  answers: 2024-04-22\n"
    )
    edit(PATH, window, "")
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "Erster Absatz", "Der erste Absatz")
    commit("2024-03-20")
    page = check_content(order_for(tiny)).laid_out.pages["leitlinien/1-2/index.md"]
    assert not page.meta["commentable"]
    assert "rn-talk" not in page.body


def test_versions_of_the_same_words_say_so(laid_out: LaidOut):
    body = laid_out.pages["leitlinien/2-3/index.md"].body
    assert "<p>Kein Absatz hat sich geändert.</p>" in body
    assert "rn-changes-only" not in body
    assert '<div class="rn-part rn-part--same">' in body


def test_versions_that_are_not_neighbours_are_compared_over_those_between(laid_out: LaidOut):
    body = laid_out.pages["leitlinien/1-3/index.md"].body
    assert 'href="../3/#rn-3">Fassung 3, Rn. 3</a>' in body
    assert body.count("data-rn-change") == 3


def test_what_moved_is_marked_with_from_and_to(tiny: Places, commit: Commit, edit: Edit):
    moving = "Dieser Absatz wandert an das Ende, denn dort gehört er hin.\n\n"
    edit(PATH, "# Leitlinien\n\n", f"# Leitlinien\n\n{moving}")
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
    edit(PATH, moving, "")
    edit(PATH, "| Vierter | Absatz |\n", f"| Vierter | Absatz |\n\n{moving}")
    commit("2024-03-20")
    pages = check_content(order_for(tiny)).laid_out.pages
    body = pages["leitlinien/1-2/index.md"].body
    assert (
        '<h3 id="kind-1">Verschoben von Rn. 1 nach Rn. 5 <span>Änderung 1 von 1</span></h3>'
    ) in body
    assert '<a href="#new-5">Rn. 1 steht jetzt als Rn. 5</a>' in body
    assert "Verschoben in Fassung 2, Rn. 5" in pages["leitlinien/1/index.md"].body
    assert "Verschoben, bisher Fassung 1, Rn. 1" in pages["leitlinien/2/index.md"].body
    assert "Unverändert, bisher Fassung 1, Rn. 2" in pages["leitlinien/2/index.md"].body


def test_dead_links_of_an_old_version_lead_nowhere(tiny: Places, commit: Commit, edit: Edit):
    links = (
        "[a](weg.md) ![b](weg.png) [c](methodenkoffer.md#weg) [d](leitlinien.md#1-ziele) "
        "[e](https://example.org) [f](http://[) [g](methodenkoffer.md) [h](#1-ziele)"
    )
    edit(PATH, "Dritter Absatz.", f"Dritter Absatz. {links}")
    commit("2024-03-08")
    edit(PATH, "version: 1", "version: 2")
    edit(PATH, "opens: 2024-03-08\n  closes: 2024-03-29", "opens: 2024-04-01")
    edit(PATH, links, "")
    body = check_content(order_for(tiny)).laid_out.pages["leitlinien/1/index.md"].body
    assert (
        "[a](#) ![b](data:,) [c](../../methodenkoffer/index.md) [d](index.md#1-ziele) "
        "[e](https://example.org) [f](#) [g](../../methodenkoffer/index.md) [h](#1-ziele)"
    ) in body


def test_the_newest_comparison_of_a_renumbered_text_links_to_pages_that_exist(
    tiny: Places, three: None
):
    del three
    build(order_for(tiny))
    site = tiny.output
    for page in site.glob("leitlinien/*-*/index.html"):
        html = page.read_text("utf-8")
        targets = re.findall(r'href="\.\./(\d)/#(rn-\d+)"', html)
        assert targets
        for version, anchor in targets:
            other = (site / "leitlinien" / version / "index.html").read_text("utf-8")
            assert f'id="{anchor}"' in other
