"""The language in which the current request is answered."""

from flask import Flask, request

from comment_service.web.messages import Language, language
from comment_service.web.service import service

LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}


def chosen() -> str | None:
    """Return the language that was chosen on the page, by ``?lang=``; links keep it."""
    wanted = request.args.get("lang")
    return wanted if wanted in LANGUAGE_NAMES else None


def spoken() -> Language:
    """Return the chosen language, else the browser's, else the setting's."""
    return language(chosen() or _preferred() or service().settings.language)


def _preferred() -> str | None:
    # The framework's own choice takes an exact "de" before a much preferred "en-US".
    tags = (tag for tag, quality in request.accept_languages if quality > 0)
    codes = (tag.lower().replace("_", "-").partition("-")[0] for tag in tags)
    return next((code for code in codes if code in LANGUAGE_NAMES), None)


def speak(app: Flask) -> None:
    """Give the templates the sentences of the language that is spoken."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        lambda message: spoken().gettext(message),
        lambda one, many, count: spoken().ngettext(one, many, count),
        newstyle=True,
    )
