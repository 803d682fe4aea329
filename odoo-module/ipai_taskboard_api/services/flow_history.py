# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a board's cards are now, and what Odoo's tracking says of their past."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from odoo.tools import SQL

from . import cards
from .card_filters import CLOSED_STATES

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


class Event(NamedTuple):
    """A change seen backwards: at ``at``, ``name`` of Card ceased to be ``old``."""

    at: datetime
    name: str
    old: object


def load_cards(project, start):
    """The board's cards that the viewer may see, and those that left since start."""
    tasks = project.env["project.task"]
    domain = [
        *cards.card_domain(project.env),
        ("active", "in", (True, False)),
        "|",
        ("project_id", "=", project.id),
        ("id", "in", _moved_away(project, start)),
    ]
    # The viewer's own rules decide here; all that follows is about these cards.
    query = tasks._search(domain)
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
    table = tasks._table
    rows = project.env.execute_query(
        query.select(*(SQL.identifier(table, column) for column in columns))
    )
    return [_card(dict(zip(columns, row, strict=True))) for row in rows]


def _card(row):
    created = row["create_date"]
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
