from pathlib import Path

import pytest

from comment_service.mail_settings import Encryption, MailServer, Sender
from comment_service.settings import BrokenSetting, Settings, declared

MANUAL = Path(__file__).parents[2] / "docs" / "manual.md"
LONG_SECRET = "0123456789abcdef0123456789abcdef"


def test_the_defaults_are_those_that_are_declared():
    settings = Settings.read({})
    assert settings.store == "embedded:data"
    assert settings.store_connections == 8
    assert settings.catalogue == Path("site/catalogue.json").absolute()
    assert settings.site is None
    assert settings.site_url == "/"
    assert settings.service_url == ""
    assert settings.allowed_origins == ()
    assert settings.secret is None
    assert settings.language == "de"
    assert settings.log_level == "info"
    assert settings.metrics_token is None
    assert settings.publish_dir is None


def test_every_setting_has_a_meaning_and_stands_in_the_manual():
    manual = MANUAL.read_text("utf-8")
    for variable, setting in declared().items():
        assert setting.meaning.endswith(".")
        assert f"`{variable}`" in manual


def test_each_setting_is_read_from_its_variable():
    settings = Settings.read(
        {
            "RANDNOTIZ_STORE": "memory:",
            "RANDNOTIZ_STORE_CONNECTIONS": "2",
            "RANDNOTIZ_CATALOGUE": "/srv/site/catalogue.json",
            "RANDNOTIZ_SITE": "/srv/site",
            "RANDNOTIZ_SITE_URL": "https://texte.example.org/mitwirkung",
            "RANDNOTIZ_SERVICE_URL": "https://texte.example.org",
            "RANDNOTIZ_ALLOWED_ORIGINS": "https://texte.example.org, http://localhost:8000",
            "RANDNOTIZ_SECRET": LONG_SECRET,
            "RANDNOTIZ_LANGUAGE": "EN",
            "RANDNOTIZ_LOG_LEVEL": "Warning",
            "RANDNOTIZ_METRICS_TOKEN": LONG_SECRET,
            "RANDNOTIZ_PUBLISH_DIR": "/srv/public",
        }
    )
    assert settings.store == "memory:"
    assert settings.store_connections == 2
    assert settings.catalogue == Path("/srv/site/catalogue.json")
    assert settings.site == Path("/srv/site")
    assert settings.site_url == "https://texte.example.org/mitwirkung/"
    assert settings.service_url == "https://texte.example.org/"
    assert settings.allowed_origins == ("https://texte.example.org", "http://localhost:8000")
    assert settings.secret == LONG_SECRET.encode()
    assert settings.language == "en"
    assert settings.log_level == "warning"
    assert settings.metrics_token == LONG_SECRET.encode()
    assert settings.publish_dir == Path("/srv/public")


@pytest.mark.parametrize(
    "address",
    [
        "https://texte.example.org/catalogue.json",
        "https://texte.example.org:8443/a/catalogue.json?v=1",
        "http://127.0.0.1:8000/catalogue.json",
        "http://[::1]/catalogue.json",
    ],
)
def test_a_catalogue_may_lie_behind_an_address(address: str):
    assert Settings.read({"RANDNOTIZ_CATALOGUE": address}).catalogue == address


def test_an_empty_variable_counts_as_unset():
    assert Settings.read({"RANDNOTIZ_LANGUAGE": " "}) == Settings.read({})


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("RANDNOTIZ_CATALOGUE", "http://example.org/catalogue.json", "write https://"),
        ("RANDNOTIZ_CATALOGUE", "https://ada:geheim@example.org/catalogue.json", "write https://"),
        ("RANDNOTIZ_CATALOGUE", "https://example.org/ catalogue.json", "write https://"),
        ("RANDNOTIZ_CATALOGUE", "ftp://example.org/catalogue.json", "write https://"),
        ("RANDNOTIZ_STORE_CONNECTIONS", "0", "write one from 1"),
        ("RANDNOTIZ_STORE_CONNECTIONS", "1001", "write one from 1"),
        ("RANDNOTIZ_STORE_CONNECTIONS", "-1", "write one from 1"),
        ("RANDNOTIZ_STORE_CONNECTIONS", "²", "write one from 1"),
        ("RANDNOTIZ_SITE", "https://example.org/", "name a file"),
        ("RANDNOTIZ_SERVICE_URL", "texte.example.org", "without a path"),
        ("RANDNOTIZ_SERVICE_URL", "https://example.org/api", "without a path"),
        ("RANDNOTIZ_SITE_URL", "javascript:alert(1)", "write /"),
        ("RANDNOTIZ_SITE_URL", "//example.org", "write /"),
        ("RANDNOTIZ_SITE_URL", "/texte?x=", "write /"),
        ("RANDNOTIZ_ALLOWED_ORIGINS", "*", "write https://"),
        ("RANDNOTIZ_ALLOWED_ORIGINS", "https://a.example, https://b.example/", "write https://"),
        ("RANDNOTIZ_SECRET", "geheim", "openssl rand -hex 32"),
        ("RANDNOTIZ_METRICS_TOKEN", "geheim", "openssl rand -hex 32"),
        ("RANDNOTIZ_PUBLISH_DIR", "s3://bucket", "name a file"),
        ("RANDNOTIZ_LANGUAGE", "fr", "write one of de, en"),
        ("RANDNOTIZ_SECOND_FACTOR", "all", "write one of administrators, everybody, nobody"),
        ("RANDNOTIZ_OIDC_ISSUER", "login.example.org", "write https://"),
        ("RANDNOTIZ_OIDC_ISSUER", "http://login.example.org", "write https://"),
        ("RANDNOTIZ_OIDC_ISSUER", "https://ada:geheim@login.example.org/", "write https://"),
        ("RANDNOTIZ_OIDC_ISSUER", "https://login.example.org/?a=b", "write https://"),
        ("RANDNOTIZ_SMTP_URL", "mail.example.org", "write smtp://"),
        ("RANDNOTIZ_SMTP_URL", "https://ada:geheim@mail.example.org", "write smtp://"),
        ("RANDNOTIZ_SMTP_URL", "smtp://ada:geheim@mail.example.org:viele", "write smtp://"),
        ("RANDNOTIZ_SMTP_URL", "smtp://ada:geheim/x@mail.example.org", "%2F (/)"),
        ("RANDNOTIZ_SMTP_URL", "smtp://:geheim@mail.example.org", "write smtp://"),
        ("RANDNOTIZ_SMTP_URL", "smtp://", "write smtp://"),
        ("RANDNOTIZ_MAIL_FROM", "Stadt", "write NAME <name@example.org>"),
        ("RANDNOTIZ_MAIL_FROM", "Stadt <stadt@example.org>\nBcc: a@example.org", "write NAME"),
        ("RANDNOTIZ_MAIL_FROM", "Sta\rdt <stadt@example.org>", "write NAME"),
        ("RANDNOTIZ_MAIL_KEEP_DAYS", "0", "write one from 1"),
        ("RANDNOTIZ_MAIL_KEEP_DAYS", "ever", "write one from 1"),
        ("RANDNOTIZ_PROXIES", "10", "write one from 0"),
        ("RANDNOTIZ_PROXIES", "one", "write one from 0"),
        ("RANDNOTIZ_LOG_LEVEL", "loud", "write one of debug"),
    ],
)
def test_a_broken_setting_is_named_with_its_cure_in_one_line(name: str, value: str, cure: str):
    with pytest.raises(BrokenSetting) as broken:
        Settings.read({name: value})
    message = str(broken.value)
    assert message.startswith(f"{name}: ")
    assert cure in message
    assert "\n" not in message
    assert "geheim" not in message


def test_the_secret_and_the_password_of_the_store_are_not_shown():
    store = f"postgresql://user:{LONG_SECRET}@localhost/randnotiz"
    settings = Settings.read({"RANDNOTIZ_SECRET": LONG_SECRET, "RANDNOTIZ_STORE": store})
    assert LONG_SECRET not in repr(settings)


def test_an_issuer_needs_to_know_the_service_by_a_name():
    issuer = {"RANDNOTIZ_OIDC_ISSUER": "https://login.example.org/realms/stadt"}
    with pytest.raises(BrokenSetting, match="RANDNOTIZ_OIDC_CLIENT_ID: is empty") as broken:
        Settings.read(issuer)
    assert "\n" not in str(broken.value)
    given = {"RANDNOTIZ_OIDC_CLIENT_ID": "redaktion", "RANDNOTIZ_OIDC_CLIENT_SECRET": LONG_SECRET}
    settings = Settings.read({**issuer, **given})
    assert settings.oidc_issuer == issuer["RANDNOTIZ_OIDC_ISSUER"]
    assert LONG_SECRET not in repr(settings)


MAIL = {
    "RANDNOTIZ_SMTP_URL": "smtp://stadt:geheim%2F%40@mail.example.org",
    "RANDNOTIZ_MAIL_FROM": "Stadt Musterstadt <stadt@example.org>",
    "RANDNOTIZ_SERVICE_URL": "https://texte.example.org",
}


def test_a_mail_server_is_read_with_its_user_and_shown_without_its_password():
    settings = Settings.read(MAIL)
    assert settings.smtp_url == MailServer(
        "mail.example.org", 587, Encryption.STARTTLS, "stadt", "geheim/@"
    )
    assert settings.mail_from == Sender("Stadt Musterstadt", "stadt@example.org")
    assert "geheim" not in repr(settings) + repr(settings.smtp_url)


@pytest.mark.parametrize(
    ("url", "port", "encryption"),
    [
        ("smtps://mail.example.org", 465, Encryption.AT_ONCE),
        ("smtps://mail.example.org:4650", 4650, Encryption.AT_ONCE),
        ("smtp://mail.example.org:25", 25, Encryption.STARTTLS),
        ("smtp://localhost", 25, Encryption.IF_OFFERED),
        ("smtp://[::1]:2525/", 2525, Encryption.IF_OFFERED),
    ],
)
def test_port_and_encryption_follow_from_the_address(url: str, port: int, encryption: Encryption):
    read = Settings.read({**MAIL, "RANDNOTIZ_SMTP_URL": url}).smtp_url
    assert read is not None
    assert (read.port, read.encryption, read.user) == (port, encryption, "")


@pytest.mark.parametrize("missing", ["RANDNOTIZ_MAIL_FROM", "RANDNOTIZ_SERVICE_URL"])
def test_mail_needs_a_sender_and_to_know_where_its_links_lead(missing: str):
    with pytest.raises(BrokenSetting, match=f"{missing}: is empty, but there is a mail server"):
        Settings.read({**MAIL, missing: ""})


def test_without_a_mail_server_nothing_of_mail_is_needed():
    settings = Settings.read({})
    assert (settings.smtp_url, settings.mail_from, settings.mail_keep_days) == (None, None, 365)
