from site_src.checks_of_footnotes import check_footnotes
from site_src.messages import translator
from site_src.source_files import SourceFile


def told(body: str) -> list[str]:
    source = SourceFile("guidelines/text.md", {}, {}, body, 10)
    return [problem.in_words(translator("en")) for problem in check_footnotes(source)]


def test_a_footnote_without_a_mark_is_named_with_its_line():
    assert told("Text\n\n[^1]: Mit Zeichen.\n[^los]: Ohne.\n\nNoch Text[^1]: gut.\n") == [
        (
            "guidelines/text.md:13: Hint: no mark leads to the footnote “los”; "
            "write [^los] where it belongs in the text, or delete it"
        )
    ]


def test_a_mark_in_another_footnote_or_in_a_heading_counts_and_code_does_not():
    assert told("# Titel[^a]\n\n[^a]: Siehe auch[^b]\n[^b]: Ende\n") == []
    assert len(told("`[^a]`\n\n[^a]: Text\n")) == 1
