"""What stands in RANDNOTIZ_STORE for a database, and what is said when it cannot be right."""

from typing import Any

import pytest

from comment_service.settings import BrokenSetting
from comment_service.storage.opening import open_store
from comment_service.storage.postgres.connecting import connection_parts, place_of


def parts(url: str) -> dict[str, Any]:
    return connection_parts(url)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://user:geheim@db.example/randnotiz", "db.example/randnotiz"),
        ("postgres://user@[::1]:5433/randnotiz", "::1/randnotiz"),
        ("postgresql:///randnotiz?host=/run/postgresql", "/run/postgresql/randnotiz"),
        ("postgresql:///randnotiz", "the local socket/randnotiz"),
        ("postgresql://user@a:1,b:2/randnotiz?target_session_attrs=read-write", "a,b/randnotiz"),
        ("postgresql://user:p%40ss%2Fword@db.example/randnotiz", "db.example/randnotiz"),
        ("postgresql://user:a:b?c#d@db.example/randnotiz", "db.example/randnotiz"),
        ("postgresql:///?service=randnotiz", "the service randnotiz"),
    ],
)
def test_the_place_of_a_database_is_named_without_user_and_password(url: str, place: str):
    assert place_of(parts(url)) == place


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:ge@heim@db.example/randnotiz",
        "postgresql://user:ge/heim@db.example/randnotiz",
        "postgresql://user:12/heim@db.example/randnotiz",
        "postgresql://user:ge%heim@db.example/randnotiz",
        "postgresql://user:geheim@db.example/randnotiz?heim=x",
        "postgresql://user:geheim@db.example:heim/randnotiz",
        "postgresql://user:geheim@db.example",
        "postgresql://user:geheim@db.example/",
        "postgresql:geheim",
        "postgres:",
    ],
)
def test_an_address_that_cannot_be_right_is_refused_in_one_line_that_quotes_nothing(url: str):
    with pytest.raises(BrokenSetting) as broken:
        open_store(url)
    message = str(broken.value)
    assert message.startswith("RANDNOTIZ_STORE: ")
    assert "; write " in message
    assert "heim" not in message
    assert "\n" not in message


def test_what_the_address_says_itself_is_left_alone():
    assert parts("postgresql://a/b?connect_timeout=1")["connect_timeout"] == "1"
    assert parts("postgresql://a/b")["connect_timeout"] == "5"
