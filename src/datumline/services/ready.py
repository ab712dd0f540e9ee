"""What was worked out from the ledger and is kept ready in memory, under all that it depends on.

Never more than a copy: a result is found only under the very heads, day and reader that it was made for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Ready(Generic[Result]):
    """At most `most` results, for all threads; those that were asked for longest ago make room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Result] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Result | None:
        """The result for `key`, if one is kept."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, result: Result) -> None:
        """Keep a result."""
        with self._lock:
            self._kept[key] = result
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
