"""YAML, kept between builds: each text is read once."""

from dataclasses import dataclass, field
from typing import Any

from site_src.cache_keys import digest
from site_src.cache_shelf import CacheShelf
from site_src.yaml_text import Way, YamlText, read_yaml


@dataclass(frozen=True, slots=True)
class _Plain:
    """What JSON can say of a sound piece of YAML."""

    value: Any
    lines: list[tuple[Way, int]]


@dataclass(frozen=True, slots=True)
class KeptYaml:
    """Reads YAML as ``yaml_text`` does; nobody may change what is returned."""

    shelf: CacheShelf
    known: dict[str, YamlText] = field(default_factory=dict)

    def read(self, path: str, text: str, *, first_line: int = 1) -> YamlText:
        """Return what a text says, the lines of its values, and what is wrong with it.

        Raises:
            BrokenSource: If it is no YAML, or uses anchors and aliases.
        """
        key = digest("yaml", str(first_line), text)
        if key not in self.known:
            plain = self.shelf.get_json(key, _Plain)
            if plain is None:
                return self._read(key, read_yaml(path, text, first_line=first_line))
            self.known[key] = YamlText(plain.value, dict(plain.lines))
        return self.known[key]

    def _read(self, key: str, yaml: YamlText) -> YamlText:
        """Keep what was read, but no problems: they name the path, which the key does not."""
        if not yaml.problems:
            self.known[key] = yaml
            self.shelf.put_json(key, _Plain(yaml.value, list(yaml.lines.items())), _Plain)
        return yaml
