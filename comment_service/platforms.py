"""Platforms on which a machine comes and goes, and what it kept with it."""

from collections.abc import Mapping

from comment_service.settings import BrokenSetting

PASSING = ("embedded", "memory")  # stores that last as long as the machine
# What the platforms tell every process: by their documentation, nobody else sets these.
SIGNS = {
    "AWS_LAMBDA_FUNCTION_NAME": "AWS Lambda",
    "CONTAINER_APP_NAME": "Azure Container Apps",
    "DYNO": "Heroku",
    "FUNCTION_TARGET": "Google Cloud Functions",
    "K_SERVICE": "Google Cloud Run or Knative",
    "WEBSITE_INSTANCE_ID": "Azure App Service",
}


def platform(environ: Mapping[str, str]) -> str | None:
    """Return the name of the platform whose machines come and go, None on any other machine."""
    return next((name for sign, name in SIGNS.items() if environ.get(sign)), None)


def refuse_passing_store(store: str, place: str | None) -> None:
    """Return if a store outlives the machine, or if the machine stays: ``place`` is None.

    Raises:
        BrokenSetting: If contributions would be lost with the machine.
    """
    scheme = store.partition(":")[0]
    if place is not None and scheme in PASSING:
        raise BrokenSetting(
            "RANDNOTIZ_STORE",
            f"{scheme}: keeps contributions on one machine, and on {place} machines come and go "
            "with all that they keep",
            "write postgresql://USER@HOST/DATABASE",
        )
