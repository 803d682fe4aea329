# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a board's cards are now, and what Odoo's tracking says of their past."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from odoo.tools import SQL

from . import board_scope, cards
from .card_filters import CLOSED_STATES
from .found import Found

_TABLE = "project_task"

# What decides where a card counts, and whether.
_TRACKED = ("project_id", "stage_id", "state", "parent_id")


class Card(NamedTuple):
    """A card as it is now. Moments are Odoo's, naive in UTC."""

    number: int
    created: datetime
    # When an archived card was put away, as far as one can tell.
    archived: datetime | None
    # When it was closed, for one that was closed without a trace.
    settled: datetime
    project_id: int
    stage_id: int
    closed: bool
    # Whether its board shows it, or a parent only.
    shown: bool

    def is_open_on(self, board):
        """Whether it counts there now."""
        return (
            self.project_id == board
            and self.archived is None
            and self.shown
            and not self.closed
        )


class Event(NamedTuple):
    """A change seen backwards: at ``at``, ``name`` of Card ceased to be ``old``."""

    at: datetime
    name: str
    old: object


def load_open(project, bounds):
    """[(stage number, index of the day that they were made on, open cards)] of the board
    now; stages are there as well where all cards are closed.

    ``bounds``: the first moments of days, in order; the index is -1 before the first.
    """
    found = board_scope.search(project, cards.board_domain(project.env))
    counted = SQL(
        "%(table)s.stage_id, width_bucket(COALESCE(%(table)s.create_date, '-infinity'),"
        " %(bounds)s::timestamp[]) - 1,"
        " count(*) FILTER (WHERE (%(table)s.state IN %(closed)s) IS NOT TRUE)",
        table=SQL.identifier(_TABLE),
        bounds=bounds,
        closed=CLOSED_STATES,
    )
    return project.env.execute_query(Found(found).select(counted, group=SQL("1, 2")))


def load_moved(project, start):
    """The cards that the viewer may see, of the board now or then, with which something
    happened since ``start`` but that they were made: no other one ever counted
    otherwise."""
    # The viewer's own rules decide here; all that follows is about these cards.
    domain = cards.card_domain(project.env)
    found = board_scope.search(project, domain, archived=True)
    found.add_where(_moved_since(project, start))
    rows = _columns(project.env, found)
    left = _moved_away(project, start)
    if left:
        archived = ("active", "in", (True, False))
        elsewhere = [("id", "in", left), ("project_id", "!=", project.id)]
        found = project.env["project.task"]._search([*domain, archived, *elsewhere])
        rows += _columns(project.env, found)
    return [_card(row) for row in rows]


def _moved_since(project, start):
    """Condition on tasks of the board: archived or closed since then, or with anything
    else to be told of the time."""
    tracked = SQL(
        "SELECT message.res_id FROM mail_message message"
        " JOIN mail_tracking_value value ON value.mail_message_id = message.id"
        " WHERE message.model = 'project.task' AND message.create_date >= %s"
        " AND value.field_id IN %s",
        start,
        tuple(_field_ids(project.env).values()),
    )
    return SQL(
        "(%(table)s.active IS NOT TRUE AND %(table)s.write_date >= %(start)s"
        " OR %(table)s.state IN %(closed)s AND GREATEST(%(table)s.create_date,"
        " COALESCE(%(table)s.date_end, %(table)s.date_last_stage_update)) >= %(start)s"
        " OR %(table)s.id IN (%(tracked)s))",
        table=SQL.identifier(_TABLE),
        start=start,
        closed=CLOSED_STATES,
        tracked=tracked,
    )


def _columns(env, query):
    columns = (
        "id",
        "create_date",
        "active",
        "write_date",
        "date_end",
        "date_last_stage_update",
        "project_id",
        "stage_id",
        "state",
        "display_in_project",
    )
    rows = env.execute_query(
        query.select(*(SQL.identifier(_TABLE, column) for column in columns))
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _card(row):
    # Records that came by SQL may have none.
    created = row["create_date"] or datetime.min
    settled = row["date_end"] or row["date_last_stage_update"] or created
    return Card(
        number=row["id"],
        created=created,
        # Archiving leaves no other trace, and is mostly the last that happens.
        archived=None if row["active"] else row["write_date"],
        settled=max(created, settled),
        project_id=row["project_id"],
        stage_id=row["stage_id"],
        closed=row["state"] in CLOSED_STATES,
        shown=bool(row["display_in_project"]),
    )


def _moved_away(project, start):
    """Numbers of cards that left the board since ``start``."""
    rows = project.env.execute_query(
        SQL(
            "SELECT DISTINCT message.res_id FROM mail_tracking_value value"
            " JOIN mail_message message ON message.id = value.mail_message_id"
            " WHERE value.field_id = %s AND value.old_value_integer = %s"
            " AND message.model = 'project.task' AND message.create_date >= %s",
            _field_ids(project.env)["project_id"],
            project.id,
            start,
        )
    )
    return [number for (number,) in rows]


def load_events(env, found, start):
    """{card number: [Event]}, newest first: since ``start``, of states all.

    Read past Odoo's rights, which leave tracking values to administrators: they
    are of ``found``, cards that the viewer sees, and only counts become of them.
    """
    fields = _field_ids(env)
    rows = env.execute_query(
        SQL(
            "SELECT message.res_id, message.create_date, value.field_id,"
            " value.old_value_integer, value.new_value_integer, value.old_value_char"
            " FROM mail_message message"
            " JOIN mail_tracking_value value ON value.mail_message_id = message.id"
            " WHERE message.model = 'project.task' AND message.res_id = ANY(%s)"
            " AND value.field_id IN %s"
            " AND (message.create_date >= %s OR value.field_id = %s)"
            " ORDER BY message.create_date DESC, value.id DESC",
            [card.number for card in found],
            tuple(fields.values()),
            start,
            fields["state"],
        )
    )
    names = {number: name for name, number in fields.items()}
    closed = _closed_labels(env, fields["state"])
    events = defaultdict(list)
    for number, at, field, old, new, label in rows:
        name = names[field]
        if name == "state":
            events[number].append(Event(at, "closed", label in closed))
        elif name != "parent_id":
            events[number].append(Event(at, name, old))
        elif bool(old) != bool(new):
            # A subtask stands on its parent, not on the board beside it.
            events[number].append(Event(at, "shown", not old))
    return events


def _field_ids(env):
    fields = env["ir.model.fields"]
    return {name: fields._get("project.task", name).id for name in _TRACKED}


def _closed_labels(env, field_id):
    """What the closed states are called: tracking keeps the writer's words only."""
    rows = env.execute_query(
        SQL(
            "SELECT value, name FROM ir_model_fields_selection WHERE field_id = %s",
            field_id,
        )
    )
    labels = {closed: set() for closed in (True, False)}
    for value, translations in rows:
        labels[value in CLOSED_STATES].update(translations.values())
    return labels[True] - labels[False]
