# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many cards each owner, priority, tag or due day holds."""

from datetime import timedelta

from odoo.tools import SQL

from . import cards, days, mapping, tags, texts
from .card_filters import CLOSED_STATES
from .people import People


def count(project, by, query):
    """[(key, label, count)] of the groups that hold cards, in the order to show.

    A card with two owners counts for both. A key is what the filter of that name
    takes, where there is one; "none" is nobody or nothing.
    """
    tasks = project.env["project.task"]
    # The viewer's own rules are in here: the counts below are of these only.
    found = cards.filtered(project, query).subselect()
    counter = {
        "owner": _by_owner,
        "priority": _by_priority,
        "tag": _by_tag,
        "due": _by_due,
    }[by]
    return counter(tasks, found)


def _by_owner(tasks, found):
    relation, task, user = _relation(tasks, "user_ids")
    counts = _counts(
        tasks.env,
        SQL(
            "SELECT res_users.partner_id, count(DISTINCT task.id)"
            " FROM project_task task"
            " LEFT JOIN %s owner ON owner.%s = task.id"
            " LEFT JOIN res_users ON res_users.id = owner.%s"
            " WHERE task.id IN %s GROUP BY res_users.partner_id",
            relation,
            task,
            user,
            found,
        ),
    )
    nobody = counts.pop(None, 0)
    people = People(tasks.env).load(counts)
    named = [
        (str(one), people.partner(one)["name"], count) for one, count in counts.items()
    ]
    return [*_by_name(named), *_rest(tasks.env._("Nobody"), nobody)]


def _by_tag(tasks, found):
    relation, task, tag = _relation(tasks, "tag_ids")
    counts = _counts(
        tasks.env,
        SQL(
            "SELECT tagged.%(tag)s, count(*) FROM project_task task"
            " LEFT JOIN %(relation)s tagged ON tagged.%(task)s = task.id AND %(seen)s"
            " WHERE task.id IN %(found)s GROUP BY tagged.%(tag)s",
            seen=tags.is_readable(tasks.env, SQL("tagged.%s", tag)),
            relation=relation,
            task=task,
            tag=tag,
            found=found,
        ),
    )
    without = counts.pop(None, 0)
    found = tasks.env["project.tags"].search_fetch([("id", "in", [*counts])], ["name"])
    named = [(mapping.tag_id(tag.id), tag.name, counts[tag.id]) for tag in found]
    return [*_by_name(named), *_rest(tasks.env._("No tag"), without)]


def _by_priority(tasks, found):
    counts = _counts(
        tasks.env,
        SQL(
            "SELECT coalesce(priority, '0') AS key, count(*) FROM project_task"
            " WHERE id IN %s GROUP BY key",
            found,
        ),
    )
    labels = dict(tasks._fields["priority"]._description_selection(tasks.env))
    return [(key, labels[key], counts[key]) for key in sorted(counts, reverse=True)]


def _by_due(tasks, found):
    env = tasks.env
    zone = days.user_zone(env)
    today = days.today(zone)
    counts = _counts(
        env,
        SQL(
            "SELECT CASE WHEN date_deadline IS NULL THEN 'none'"
            " WHEN date_deadline < %(today)s AND state IN %(closed)s THEN 'past'"
            " WHEN date_deadline < %(today)s THEN 'overdue'"
            " WHEN date_deadline < %(tomorrow)s THEN 'today'"
            " WHEN date_deadline < %(week)s THEN 'week'"
            " ELSE 'later' END AS key, count(*)"
            " FROM project_task WHERE id IN %(found)s GROUP BY key",
            today=days.day_start(today, zone),
            tomorrow=days.day_end(today, zone),
            week=days.day_end(today + timedelta(days=7), zone),
            closed=CLOSED_STATES,
            found=found,
        ),
    )
    labels = {
        "overdue": env._("Overdue"),
        "today": env._("Today"),
        "week": env._("Next 7 days"),
        "later": env._("Later"),
        "past": env._("Past, closed"),
        "none": env._("No due date"),
    }
    return [(key, label, counts[key]) for key, label in labels.items() if key in counts]


def _relation(tasks, field_name):
    """Table of a many2many field, its columns of the task and of the other."""
    field = tasks._fields[field_name]
    names = (field.relation, field.column1, field.column2)
    return tuple(SQL.identifier(name) for name in names)


def _counts(env, query):
    return dict(env.execute_query(query))


def _by_name(groups):
    return sorted(groups, key=lambda group: (texts.sort_key(group[1]), group[0]))


def _rest(label, count):
    return [("none", label, count)] if count else []
