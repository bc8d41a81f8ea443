"""Whatever an editor writes, the checks name it and never break."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from site_src.building import check_content
from site_src.messages import translator
from tests.site_src.conftest import TINY, copy_tiny, order_for

PIECES = [
    "---\n", "\n\n", ": ", "- ", "    ", "\t", "# ", "[a](", "](x.md)", "[^1]", "[rn]: # ", "<div>",
    "`", "```\n", "|", "\\", '"', "'", "{#a}", "&x ", "*x", "null", "true", "2024-02-30", "18:60",
    "9999-12-31", "0000-00-00T25:00:00+99:99", "0x1F", "9" * 30, "leitlinien/1/9-1", "http://[",
    "%ZZ", "../", "\x00", "\x07", "\u2028", "\ufeff", "==[Ausfüllen: x]==", "(1) a\n(2) b\n",
    "1. Januar\n", "<!--", "[", "]", "!!int x", "!!python/object:os.system x", "<<: *x", "...\n",
]  # fmt: skip
FILES = ["guidelines/leitlinien.md", "minutes/2023-09-06.md", "schedule.yml"]


@settings(max_examples=60, deadline=None)
@given(
    path=st.sampled_from(FILES),
    text=st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=4).map("".join),
    place=st.floats(0, 1),
    left_out=st.integers(0, 40),
)
def test_every_text_can_be_checked(path: str, text: str, place: float, left_out: int):
    written = (TINY / "content" / path).read_text("utf-8")
    start = int(place * len(written))
    broken = f"{written[:start]}{text}{written[start + left_out :]}"
    with TemporaryDirectory() as folder:
        tiny = copy_tiny(Path(folder))
        (tiny.content / path).write_bytes(broken.encode("utf-8", "replace"))
        for problem in check_content(order_for(tiny)).problems:
            assert problem.in_words(translator("de"))
