import pytest

from site_src.checks_of_markdown import check_markdown
from site_src.messages import translator
from site_src.source_files import SourceFile


def traps(body: str) -> list[str]:
    """Return what is found in a body that begins in line 10."""
    source = SourceFile("guidelines/text.md", {}, {}, body, 10)
    return [problem.in_words(translator("en")) for problem in check_markdown(source)]


MERGED = "this line is merged into the paragraph above it"
DATE = "this date becomes a numbered list"
GAP = "this list is merged into the paragraph above it"
NESTING = "this item stands at the same level as the one above it"


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("(1) Erstens\n(2) Zweitens\n", 11, MERGED),
        ("Text:\n(a) erstens\n", 11, MERGED),
        ("Text\n[^1]\n(2) Zweitens\n", 12, MERGED),
        ("1. Januar 2024 ist Neujahr.\n", 10, DATE),
        ("Text\n\n24. Dezember\n", 12, DATE),
        ("- Punkt\n1. Mai\n", 11, DATE),
        ("Es gilt:\n- erstens\n", 11, GAP),
        ("Es gilt:\n1. erstens\n", 11, GAP),
        ("- a\n\nEs gilt:\n* erstens\n", 13, GAP),
        ("- a\n  - b\n", 11, NESTING),
        ("1. a\n   - b\n", 11, NESTING),
        ("- a\n\n  - b\n", 12, NESTING),
        ("Wort {#ziel}\n\nWort {: .x #ziel }\n", 12, "the id “ziel” stands in line 10 already"),
        ("Wort\n{: #rn-3 }\n", 11, "ids such as “rn-3” belong to the numbering"),
        ('[rn]: # "a/1"\n', 10, "definitions that begin with [rn belong to the numbering"),
        ("[rn-1-1]: x.md\n", 10, "definitions that begin with [rn belong to the numbering"),
        ("Text\n\n<div>\nText\n</div>\n", 12, "Hint: nobody can comment on a block of HTML"),
        ("Am ==[Ausfüllen: Tag]==.\n", 10, "Hint: a place waits to be filled in: Tag"),
    ],
)
def test_a_trap_is_named_with_its_line(body: str, line: int, what: str):
    (found,) = traps(body)
    assert found.startswith(f"guidelines/text.md:{line}: {what}; ")


@pytest.mark.parametrize(
    "body",
    [
        "(1) Erstens\n\n(2) Zweitens\n",
        "(1) Erstens\n\n[^1] [^2]\n(2) Zweitens\n",
        "Am\n1. Januar 2024 ist Neujahr.\n",
        "1\\. Januar 2024\n",
        "1. Punkt im Januar\n",
        "Es gilt:\n\n- erstens\n- zweitens\n",
        "# Titel\n- erstens\n",
        "> - erstens\n> - zweitens\n",
        "- a\n    - b\n        - c\n    - d\n- e\n",
        "- a\n  weiter\n- b\n",
        "  - a\n  - b\n",
        "1. a\n\n    Absatz\n\n2. b\n",
        "[^1]: Fußnote\n\nText[^1]\n",
        "Begriff\n:   Erklärung\n",
        "| a | b |\n|---|---|\n| - | 1. |\n",
        "```\nEs gilt:\n- a\n(1) x\n<div>\n{#a}{#a}\n```\n",
        "`{#a}` und `{#a}`\n",
        "Text <span>mitten</span> drin\n",
        '<div class="timeline" markdown>\n\nText\n\n</div>\n',
        "Wort {#a}\n\nWort {#b}\n",
    ],
)
def test_plain_markdown_is_no_trap(body: str):
    assert traps(body) == []
