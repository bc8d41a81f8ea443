"""The ways back from footnotes to their marks: where there is no mark, there is no way back."""

from xml.etree.ElementTree import Element


def remove_dead_ways_back(root: Element) -> None:
    """Take the links out of the footnotes of a page that no mark in it leads to.

    Python-Markdown writes them nevertheless, and a strict generator refuses dead links.
    """
    marks = {mark.get("id") for mark in root.iter("sup")}
    for notes in root.iter("div"):
        if notes.get("class") == "footnote":
            _remove(notes, marks)


def _remove(notes: Element, marks: set[str | None]) -> None:
    for parent in list(notes.iter()):
        for link in parent.findall("a[@class='footnote-backref']"):
            if link.get("href", "").removeprefix("#") not in marks:
                parent.remove(link)
