"""A house for a tiny site that looks like the real one."""

import shutil
from pathlib import Path

from ruamel.yaml import YAML

from site_src.places import Places

HOUSE = Path(__file__).parents[2]


def give_real_look(places: Places) -> None:
    """Let a tiny site be built with the real settings, theme and assets, and its own pages."""
    yaml = YAML()
    tiny = yaml.load(places.settings.read_text("utf-8"))
    settings = yaml.load((HOUSE / "mkdocs.yml").read_text("utf-8"))
    settings["nav"] = tiny["nav"]
    del settings["extra"]["languages"]  # what has to do with them is tested in test_languages.py
    with places.settings.open("w", encoding="utf-8") as file:
        yaml.dump(settings, file)
    for part in ("theme", "assets"):
        shutil.copytree(HOUSE / "site_src" / part, places.house / "site_src" / part)
