import gzip

import brotli
import pytest

from comment_service.web.content_coding import Coding, encode, preferred

BODY = b"Bitte mehr B\xc3\xa4nke. " * 100


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", Coding.IDENTITY),
        ("gzip", Coding.GZIP),
        ("GZIP", Coding.GZIP),
        ("gzip, deflate, br, zstd", Coding.BROTLI),
        ("br;q=0.5, gzip;q=0.8", Coding.GZIP),
        ("br;q=0, gzip;q=0", Coding.IDENTITY),
        ("*", Coding.BROTLI),
        ("*;q=0", Coding.IDENTITY),
        ("br;q=0, *", Coding.GZIP),
        ("identity", Coding.IDENTITY),
        ("identity, gzip;q=0.5", Coding.IDENTITY),
        ("identity, gzip", Coding.GZIP),
        ("identity;q=0, br;q=0.1", Coding.BROTLI),
        ("zstd, deflate", Coding.IDENTITY),
        (";;,q=,=", Coding.IDENTITY),
    ],
)
def test_the_preferred_coding_is_chosen_and_of_equals_the_smallest(accepted: str, coding: Coding):
    assert preferred(accepted) is coding


def test_a_coded_body_can_be_undone():
    assert encode(BODY, Coding.IDENTITY) == BODY
    assert gzip.decompress(encode(BODY, Coding.GZIP)) == BODY
    assert brotli.decompress(encode(BODY, Coding.BROTLI)) == BODY


def test_the_same_body_is_coded_to_the_same_bytes():
    for coding in Coding:
        assert encode(BODY, coding) == encode(BODY, coding)
