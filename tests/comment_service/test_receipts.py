import re

from comment_service.receipts import receipt_code, receipt_digest

SECRET = bytes(32)


def test_a_code_is_five_groups_of_four_without_letters_that_are_misread():
    code = receipt_code(SECRET, "c1")
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", code)


def test_a_contribution_always_has_the_same_code():
    assert receipt_code(SECRET, "c1") == receipt_code(SECRET, "c1")


def test_the_code_hangs_on_the_contribution_and_on_the_secret():
    codes = {receipt_code(SECRET, "c1"), receipt_code(SECRET, "c2"), receipt_code(b"1" * 32, "c1")}
    assert len(codes) == 3


def test_a_code_is_recognised_however_it_was_typed():
    assert receipt_digest("0123-4567-89AB-CDEF-1GHJ") == receipt_digest(
        " o1234567 89ab cdef IGHJ".replace("i", "l")
    )


def test_the_digest_is_a_sha_256_and_not_the_code():
    code = receipt_code(SECRET, "c1")
    assert re.fullmatch(r"[0-9a-f]{64}", receipt_digest(code))
