# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bytes of a request: bounded in size and in time.

A worker reads one request at a time, so whoever sends slowly holds it. Odoo's own
limit (two seconds without any byte) is no bound for one who sends a byte a second.
"""

import time

from werkzeug.exceptions import ClientDisconnected

from .. import compat

# In bytes and seconds. A proxy in front sends a whole body at once.
READ_SECONDS = 20
# What is still read (and thrown away) of a refused body: closing a socket with
# unread bytes resets it, and the client would never see the answer.
_DRAIN_LIMIT = 8 * 1024 * 1024
_DRAIN_SECONDS = 5
_CHUNK = 64 * 1024
# How much one read of a body of unknown length may wait for.
_SMALL_CHUNK = 1024


class TooSlow(Exception):
    """The body did not come in time."""


class Broken(Exception):
    """The body ended before it was whole, or is not framed as it says."""


def read(httprequest, limit):
    """Return the body as bytes, or None when it is longer than ``limit``.

    Raises TooSlow or Broken.
    """
    length = httprequest.content_length
    if length is not None and length > limit:
        return None
    chunks, size = [], 0
    for chunk in _chunks(httprequest, limit + 1, READ_SECONDS):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            return None
    return b"".join(chunks)


def drain(httprequest):
    """Read away what is left of a refused body, within bounds. Never raises."""
    if not httprequest.content_length:
        return
    try:
        for _chunk in _chunks(httprequest, _DRAIN_LIMIT, _DRAIN_SECONDS):
            pass
    except (TooSlow, Broken):
        # Whoever broke off waits for no answer.
        return


def _chunks(httprequest, most, seconds):
    """The body's parts as they come, at most ``most`` bytes in all."""
    ends = time.monotonic() + seconds
    _limit_waiting(httprequest, seconds)
    read_some, left = _reader(httprequest, most)
    whole = left <= most
    left = min(left, most)
    while left > 0:
        try:
            chunk = read_some(left)
        except TimeoutError as error:
            raise TooSlow from error
        except (ClientDisconnected, OSError, ValueError) as error:
            # The server raises ValueError for a chunk's length that is no number.
            raise Broken from error
        if not chunk:
            if whole and httprequest.content_length is not None:
                raise Broken
            return
        left -= len(chunk)
        yield chunk
        if time.monotonic() > ends:
            raise TooSlow


def _reader(httprequest, most):
    """(function that reads up to n bytes and soon returns, bytes to expect)."""
    length = httprequest.content_length
    source = compat.wsgi_environ(httprequest).get("wsgi.input")
    if length is not None and hasattr(source, "read1"):
        # As much as there is. The stream around it waits until all has come.
        return (lambda left: source.read1(min(_CHUNK, left))), length
    stream = compat.wsgi_stream(httprequest)
    size = _CHUNK if length is not None else _SMALL_CHUNK
    return (lambda left: stream.read(min(size, left))), length or most


def _limit_waiting(httprequest, seconds):
    """Let a read that gets nothing end. With workers Odoo itself sees to that."""
    connection = compat.wsgi_environ(httprequest).get("werkzeug.socket")
    if connection and connection.gettimeout() is None:
        connection.settimeout(seconds)
