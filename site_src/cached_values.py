"""Values by keys of all that they depend on: looked up, or made and kept for later builds."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import msgspec

T = TypeVar("T")


class CachedValues(ABC):
    """Values as bytes, and as JSON that brings back what was kept. They are data, never run."""

    __slots__ = ()

    @abstractmethod
    def get(self, key: str) -> bytes | None:
        """Return the value, if there is a sound one."""

    @abstractmethod
    def put(self, key: str, value: bytes) -> None:
        """Keep a value, whole or not at all."""

    def kept(self, key: str, kind: type[T], make: Callable[[], T]) -> T:
        """Return the kept value, if it is of that kind, or make one and keep it as JSON."""
        found = self.get_json(key, kind)
        if found is None:
            found = make()
            self.put_json(key, found, kind)
        return found

    def get_json(self, key: str, kind: type[T]) -> T | None:
        """Return the value, if there is a sound one of that kind."""
        found = self.get(key)
        if found is not None:
            with suppress(msgspec.DecodeError):
                return msgspec.json.decode(found, type=kind)
        return None

    def put_json(self, key: str, value: object, kind: type[T]) -> None:
        """Keep a value as JSON, if that brings it back as it is."""
        plain = as_json(value, kind)
        if plain is not None:
            self.put(key, plain)


def as_json(value: object, kind: type[T]) -> bytes | None:
    """Return a value of that kind as JSON; none if another one would come back."""
    try:
        plain = msgspec.json.encode(value)
        same = repr(msgspec.json.decode(plain, type=kind)) == repr(value)
    except (TypeError, ValueError):  # a date, half a character
        return None
    return plain if same else None  # a set would be a list
