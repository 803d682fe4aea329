# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was made of texts, the least used ones forgotten first."""

import threading
from collections import OrderedDict
from dataclasses import astuple, is_dataclass
from sys import getsizeof

# Of the entry itself, and of the objects that hold its texts.
_OVERHEAD = 400


class TextCache:
    """Results of ``convert`` for as many texts as fit in ``most`` bytes."""

    def __init__(self, most, convert):
        self._most = most
        self._convert = convert
        self._kept = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    @property
    def size(self):
        """Bytes that are kept, about."""
        return self._size

    def get(self, text):
        """What ``convert`` makes of ``text``."""
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text][0]
        result = self._convert(text)
        size = _OVERHEAD + getsizeof(text) + _size(result)
        with self._lock:
            if text not in self._kept and size <= self._most // 4:
                self._kept[text] = result, size
                self._size += size
            while self._size > self._most:
                _text, (_result, freed) = self._kept.popitem(last=False)
                self._size -= freed
        return result


def _size(result):
    parts = astuple(result) if is_dataclass(result) else result
    return sum(map(getsizeof, parts)) if isinstance(parts, tuple) else getsizeof(parts)
