# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Versions of a board's answers: the same one only for the same bytes.

Made of the board's place in the log of changes, which tells of all that the answers
show (``mapping_sources``) and of who sees it, and of what no table says: the user and
their rights, the day, the address, the code. That takes a few queries, whatever
is on the board.
"""

import functools
import hashlib
import json

from odoo.modules.module import get_manifest

from .. import compat
from . import days, extra, sight
from .people import site

_ADDON = __package__.split(".")[2]


def of_board(project, cursor, exact):
    """Of a BoardDetail; None where nothing but the answer itself can tell.

    ``cursor`` and ``exact`` are ``changes.place``'s.
    """
    if not exact or not sight.is_logged(project.env):
        return None
    return _version("board", cursor, _beside(project.env))


def of_snapshot(project, cursor, exact, query):
    """Of a Snapshot, likewise, as ``query`` asks for it."""
    if not extra.is_followed(project.env["project.task"]):
        return None
    board = of_board(project, cursor, exact)
    return board and _version("snapshot", board, query)


def _beside(env):
    """What the answers show, or are made by, beside the records."""
    user = env.user
    today = days.now().date()
    return [
        # A user's rights reach further than the record rules that the cursor knows.
        sorted(user._get_group_ids()),
        # Which cards are overdue, and how long a picture's address lasts.
        [days.today(days.user_zone(env)).isoformat(), today.isoformat()],
        compat.avatar_token(env["res.partner"].browse(1)),
        site(env),
        _code(),
        # Another one as soon as any module is installed or updated.
        env.registry.registry_sequence,
    ]


@functools.cache
def _code():
    return [compat.ODOO_VERSION, get_manifest(_ADDON)["version"]]


def _version(*facts):
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
