"""The real theme around a tiny site."""

from site_src.building import build
from site_src.places import Places
from tests.site_src.built_pages import dead_links, read_pages
from tests.site_src.conftest import Edit, order_for
from tests.site_src.houses import give_real_look
from tests.site_src.repositories import PATH


def test_a_text_in_several_parts_says_once_what_it_is(tiny: Places, edit: Edit):
    give_real_look(tiny)
    edit(PATH, "## 1. Ziele", "# Erster Teil\n\n# Zweiter Teil\n\n## 1. Ziele")
    build(order_for(tiny))
    pages = read_pages(tiny.output)
    page = pages["leitlinien/"]
    assert page.ids.count("rn-window") == 1
    assert page.ids.index("leitlinien") < page.ids.index("rn-window")
    assert page.ids.index("rn-window") < page.ids.index("erster-teil")
    assert [one.repeated() for one in pages.values() if one.repeated()] == []
    assert list(dead_links(tiny.output, pages)) == []
