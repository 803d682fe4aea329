# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What changed on a board, from the log of ``models/change.py``."""

from dataclasses import dataclass

from odoo.tools import SQL

from ..models.change_sources import BOARD
from . import board_scope, cards
from .change_cursor import Cursor, Seen, unknown


@dataclass(frozen=True)
class Changes:
    """``tasks`` to show, numbers of those that were ``removed``, and how to go on."""

    tasks: object
    removed: list
    board_changed: bool
    cursor: str
    more: bool


def cursor(project):
    """The cursor for what comes after all that this transaction sees."""
    _newest, seen, _rows = _read(project, SQL("SELECT 0, FALSE, FALSE"))
    return Cursor(seen).text(project)


def none(project):
    """``Changes`` without any, to begin with."""
    return Changes(project.env["project.task"], [], False, cursor(project), False)


def since(project, text, limit):
    """``Changes`` after a cursor, of ``limit`` cards at most; 400 for a bad one."""
    asked = Cursor.parse(project, text)
    newest, seen, rows = _read(project, _changed(project, asked, limit))
    if asked.newest > newest or any(floor for _card, _sight, floor in rows):
        raise unknown()
    changed = {card: sight for card, sight, _floor in rows}
    board_changed = changed.pop(BOARD, None) is not None
    more = len(changed) > limit
    numbers = list(changed)[:limit]
    tasks = _visible(project, numbers)
    shown = set(tasks.ids)
    return Changes(
        tasks,
        # Who could not see a card before does not lose it.
        [one for one in numbers if changed[one] and one not in shown],
        board_changed,
        _next(asked, seen, numbers, more).text(project),
        more,
    )


def _next(asked, seen, numbers, more):
    until = asked.until or seen
    return Cursor(asked.seen, until, numbers[-1]) if more else Cursor(until)


def _visible(project, numbers):
    tasks = project.env["project.task"]
    if not numbers:
        return tasks
    domain = [("id", "in", numbers), *cards.board_domain(project.env)]
    query = board_scope.search(project, domain, order="id")
    return tasks.browse(query.get_result_ids())


def _changed(project, asked, limit):
    """SELECT of (card, sight, floor), in the order of the cards.

    The board comes first, and one card more than ``limit``, if there are more.
    """
    until, after = SQL(""), SQL("")
    if asked.until:
        until = SQL(
            " AND txid_visible_in_snapshot(txid, %s::txid_snapshot)",
            asked.until.snapshot(),
        )
        after = SQL(" AND (task_id > %s OR floor)", asked.after)
    return SQL(
        "SELECT task_id, bool_or(sight), bool_or(floor) FROM ipai_taskboard_change"
        " WHERE project_id = %s AND txid >= %s"
        " AND NOT txid_visible_in_snapshot(txid, %s::txid_snapshot)%s%s"
        " GROUP BY task_id ORDER BY task_id LIMIT %s",
        project.id,
        asked.seen.lowest,
        asked.seen.snapshot(),
        until,
        after,
        limit + 2,
    )


def _read(project, changed):
    """(number of the next transaction, ``Seen`` of the board, rows of ``changed``).

    In one statement, and so of one moment.
    """
    found = project.env.execute_query(
        SQL(
            "SELECT txid_current_snapshot()::text, pg_is_in_recovery(),"
            " COALESCE((SELECT max(txid) FROM ipai_taskboard_change"
            " WHERE project_id = %s), 0), changed.*"
            " FROM (SELECT) AS now LEFT JOIN (%s) AS changed ON TRUE",
            project.id,
            changed,
        )
    )
    snapshot, in_recovery, last = found[0][:3]
    newest = int(snapshot.split(":")[1])
    seen = Seen.of_board(snapshot, in_recovery, last)
    return newest, seen, [row[3:] for row in found if row[3] is not None]
