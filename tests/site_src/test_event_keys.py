from site_src.event_keys import key_of_meeting, keys_of_dates


def test_a_meeting_that_is_put_off_keeps_its_key():
    assert key_of_meeting(7) == "sitzung-7"


def test_a_date_keeps_its_key_when_the_day_is_changed():
    before, after = (
        keys_of_dates([("Straßenfest", "2024-05-01")]),
        keys_of_dates([("Straßenfest", "2024-05-08")]),
    )
    assert before == after == ["termin-strassenfest"]


def test_dates_of_the_same_title_are_told_apart_by_their_days():
    assert keys_of_dates([("Fest", "2024"), ("Fest", "2025-06"), ("Rat", "2024")]) == [
        "termin-fest-2024", "termin-fest-2025-06", "termin-rat",
    ]  # fmt: skip


def test_any_title_makes_a_key_that_an_address_can_hold():
    names = ["x" * 200, "x" * 201, "🎉", "会議", "../../etc"]
    keys = keys_of_dates([(name, "2024") for name in names])
    assert len(set(keys)) == len(names)
    assert all(key.isascii() and key.replace("-", "").isalnum() for key in keys)
    assert max(map(len, keys)) < 80
