from site_src.page_sections import Section, sections_of


def test_a_page_falls_into_the_parts_below_its_headings():
    html = """<h1 id="titel">Titel</h1><p>Vorweg.</p>
        <h2 id="ziele">1. Ziele<a class="headerlink" href="#ziele">¶</a></h2><p>Das <b>Ziel</b>.</p>
        <h3 id="naeheres">Näheres</h3><ul><li>Eins</li><li>Zwei</li></ul>
        <h2 id="ende">2. Ende</h2><h3>Ohne Anker</h3>"""
    assert sections_of(html) == [
        Section("", (), "Vorweg."),
        Section("ziele", ("1. Ziele",), "Das Ziel."),
        Section("naeheres", ("1. Ziele", "Näheres"), "Eins Zwei"),
        Section("ende", ("2. Ende",), ""),
        Section("", ("2. Ende", "Ohne Anker"), ""),
    ]


def test_what_is_no_text_is_left_out():
    html = """<p>Da <span data-search-exclude>weg <b>weg</b><br> weg</span>bleibt &amp; steht.</p>
        <script>weg()</script><p data-search-exclude>weg</p>"""
    assert sections_of(html) == [Section("", (), "Da bleibt & steht.")]
