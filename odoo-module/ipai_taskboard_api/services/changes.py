# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What changed on a board, from the log of ``models/change.py``."""

from dataclasses import dataclass

from odoo.tools import SQL

from ..models.change_sources import BOARD
from . import board_scope, cards, sight
from .change_cursor import Cursor, Seen, mark, unknown


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
    return place(project)[0]


def place(project):
    """(cursor, whether it is another one as soon as anything happens on the board).

    Mostly so. Not on a standby, nor while too many transactions run, nor for what this
    transaction itself writes.
    """
    log = _read(project, SQL("SELECT 0, FALSE, FALSE"))
    return str(Cursor(mark(project, log.history), log.seen)), log.exact


def none(project):
    """``Changes`` without any, to begin with."""
    return Changes(project.env["project.task"], [], False, cursor(project), False)


def since(project, text, limit):
    """``Changes`` after a cursor, of ``limit`` cards at most; 400 for a bad one."""
    asked = Cursor.parse(text)
    log = _read(project, _changed(project, asked, limit))
    if asked.mark != mark(project, log.history) or asked.newest > log.newest:
        raise unknown()
    rows = log.rows
    if any(floor for _card, _sight, floor in rows):
        raise unknown()
    changed = {card: sight for card, sight, _floor in rows}
    board_changed = changed.pop(BOARD, None) is not None
    more = len(changed) > limit
    numbers = list(changed)[:limit]
    tasks = _visible(project, numbers)
    shown = set(tasks.ids)
    # Who could not see a card before does not lose it.
    loses = sight.depends_on_columns(project.env)
    return Changes(
        tasks,
        [one for one in numbers if one not in shown and (changed[one] or loses)],
        board_changed,
        str(_next(asked, log.seen, numbers, more)),
        more,
    )


def _next(asked, seen, numbers, more):
    until = asked.until or seen
    if more:
        return Cursor(asked.mark, asked.seen, until, numbers[-1])
    return Cursor(asked.mark, until)


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
        " WHERE project_id = %s AND txid >= %s AND cluster = now.cluster"
        " AND NOT txid_visible_in_snapshot(txid, %s::txid_snapshot)%s%s"
        " GROUP BY task_id ORDER BY task_id LIMIT %s",
        project.id,
        asked.seen.lowest,
        asked.seen.snapshot(),
        until,
        after,
        limit + 2,
    )


@dataclass(frozen=True)
class _Log:
    """The log of a board at one moment: ``newest`` is the number of the next
    transaction, ``rows`` what was asked for, and ``exact`` says whether ``seen`` is
    another one as soon as there is more."""

    history: str
    newest: int
    seen: Seen
    rows: list
    exact: bool


def _read(project, changed):
    """The ``_Log``, with the rows of a SELECT that may ask for ``now.cluster``.

    In one statement, and so of one moment. What another cluster wrote, before its
    database was restored here, is none of it.
    """
    found = project.env.execute_query(
        SQL(
            "SELECT now.cluster || '/' || ipai_taskboard_timeline(),"
            " txid_current_snapshot()::text, pg_is_in_recovery(),"
            " txid_current_if_assigned() IS NOT NULL,"
            " COALESCE((SELECT max(txid) FROM ipai_taskboard_change"
            " WHERE project_id = %s AND cluster = now.cluster), 0), changed.*"
            " FROM (SELECT ipai_taskboard_cluster() AS cluster OFFSET 0) AS now"
            " LEFT JOIN LATERAL (%s) AS changed ON TRUE",
            project.id,
            changed,
        )
    )
    history, snapshot, in_recovery, writes, last = found[0][:5]
    seen, exact = Seen.of_board(snapshot, in_recovery, last)
    return _Log(
        history,
        int(snapshot.split(":")[1]),
        seen,
        [row[5:] for row in found if row[5] is not None],
        exact and not writes,
    )
