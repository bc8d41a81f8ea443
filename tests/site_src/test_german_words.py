import pytest

from site_src.german_words import folded, stem, words_of
from site_src.word_parts import compounds_by_part


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Bürger", "burger"),
        ("BUERGER", "burger"),
        ("Bu\u0308rger", "burger"),
        ("Begrüßung", "begrussung"),
        ("Ver\u00adwaltung", "verwaltung"),
        ("Neue Steuern, Quellen, Bauern", "neue steuern, quellen, bauern"),
        ("Café", "cafe"),
    ],
)
def test_umlauts_accents_and_their_spellings_are_one(written: str, plain: str):
    assert folded(written) == plain


@pytest.mark.parametrize(
    "forms",
    [
        "Gemeinderat Gemeinderates Gemeinderäte Gemeinderäten",
        "Einwohner Einwohnerin Einwohnerinnen",
        "Museum Museums Museen",
        "Raum Räume",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str):
    assert len({stem(word) for word in words_of(forms)}) == 1


def compounds(text: str) -> dict[str, list[str]]:
    return compounds_by_part({word: stem(word) for word in words_of(text)})


@pytest.mark.parametrize(
    ("part", "compound"),
    [
        ("Aufsicht", "Kommunalaufsicht"),
        ("Räte", "Gemeinderat"),
        ("Rats", "Stadtrat Stadt"),
        ("Bürgern", "Bürgermeister"),
        ("Haus", "Rathäuser Rat"),
        ("Sitzungen", "Ratssitzung"),
        ("Amt", "Amtsblatt Blatt"),
    ],
)
def test_a_word_of_the_site_is_found_in_its_compounds(part: str, compound: str):
    whole, *_ = words_of(compound)
    (term,) = {stem(word) for word in words_of(part)}
    assert stem(whole) in compounds(f"{part} {compound}")[term]


@pytest.mark.parametrize(
    "text", ["Rat Apparat Referat", "Bürger Augsburg", "Ort Wort", "der Leder"]
)
def test_what_only_looks_like_a_part_is_none(text: str):
    assert compounds(text) == {}
