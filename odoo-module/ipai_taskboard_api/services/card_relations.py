# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a PATCH changes in a card's parent, dependencies and watchers.

Of relations to cards only what the user sees is replaced. What they cannot see
stays, as it stays unseen.
"""

from odoo import Command
from odoo.tools import SQL, LazyTranslate

from .. import errors
from . import cards

_lt = LazyTranslate(__name__)


def parent_value(task, shown, number):
    """{"parent_id": …}, or {} when ``number`` (None for none) changes nothing.

    ``shown``: the parent that the user sees now.
    """
    if number == shown:
        return {}
    if number is None:
        return {"parent_id": False}
    parent = find_parent(task.env, number)
    if task.recurring_task:
        raise errors.refused(
            "parent_id", _lt("A recurring card cannot be a subtask of another.")
        )
    if task.id in _ancestors(parent):
        raise errors.refused("parent_id", _lt("A card cannot be below itself."))
    return {"parent_id": parent.id}


def find_parent(env, number):
    """The visible card that is to be a parent; 400 otherwise."""
    try:
        return cards.find(env, number)
    except errors.ApiError as error:
        raise errors.refused("parent_id", "parent_id is not a card you see.") from error


def board_after(task, values):
    """The board on which Odoo will have the card when ``values`` are written.

    A subtask that its board hides goes where its parent is.
    """
    parent = task.browse(values.get("parent_id") or ())
    moves = parent and not task.display_in_project
    return parent.project_id if moves else task.project_id


def _ancestors(task):
    """Numbers of a card and of all above it, seen or not."""
    task.flush_model(["parent_id"])
    rows = task.env.execute_query(
        SQL(
            "WITH RECURSIVE above(id, parent_id) AS ("
            "SELECT id, parent_id FROM project_task WHERE id = %s"
            " UNION SELECT task.id, task.parent_id FROM project_task task"
            " JOIN above ON task.id = above.parent_id) SELECT id FROM above",
            task.id,
        )
    )
    return {number for (number,) in rows}


class Dependencies:
    """The dependencies that a card has and those that a PATCH wants."""

    def __init__(self, task, shown, wanted):
        """``shown`` and ``wanted`` are [(type, card number)]."""
        self._task = task
        self._check_seen({number for _kind, number in wanted})
        new, old = set(wanted) - set(shown), set(shown) - set(wanted)
        self._added = {kind: _of_kind(kind, new) for kind in ("blocked_by", "blocks")}
        self._removed = {kind: _of_kind(kind, old) for kind in ("blocked_by", "blocks")}
        if new:
            self._check_no_circle()

    def values(self):
        """What has to be written on the card; {} for no change."""
        fields = {"blocked_by": "depend_on_ids", "blocks": "dependent_ids"}
        return {
            field: [
                *(Command.unlink(number) for number in self._removed[kind]),
                *(Command.link(number) for number in self._added[kind]),
            ]
            for kind, field in fields.items()
            if self._removed[kind] or self._added[kind]
        }

    def blockers(self):
        """Numbers of all cards that will block this one, seen or not."""
        present = set(_all_blockers(self._task).ids)
        removed, added = self._removed["blocked_by"], self._added["blocked_by"]
        return present.difference(removed).union(added)

    def _check_seen(self, numbers):
        visible = self._task.search(
            [("id", "in", list(numbers)), *cards.card_domain(self._task.env)]
        )
        if numbers - set(visible.ids):
            raise errors.refused(
                "dependencies", "dependencies holds a card that you do not see."
            )

    def _check_no_circle(self):
        """Odoo's own check looks at one direction only, and names no field.

        A circle leads through the card: from one that will block it, along
        blockers, to one that it will block. What the PATCH removes is gone.
        """
        task = self._task
        task.flush_model(["depend_on_ids"])
        field = task._fields["depend_on_ids"]
        circle = task.env.execute_query(
            SQL(
                "WITH RECURSIVE above(id) AS (SELECT id FROM ("
                "SELECT unnest(%(blockers)s::int[]) AS id UNION"
                " SELECT %(blocker)s FROM %(relation)s WHERE %(blocked)s = %(card)s"
                " AND %(blocker)s != ALL(%(no_blockers)s::int[])) AS own"
                " UNION SELECT other.%(blocker)s FROM %(relation)s AS other"
                " JOIN above ON other.%(blocked)s = above.id"
                " WHERE %(card)s NOT IN (other.%(blocked)s, other.%(blocker)s))"
                " SELECT 1 FROM above WHERE id = %(card)s"
                " OR id = ANY(%(blocks)s::int[]) OR id IN ("
                "SELECT %(blocked)s FROM %(relation)s WHERE %(blocker)s = %(card)s"
                " AND %(blocked)s != ALL(%(no_blocks)s::int[])) LIMIT 1",
                card=task.id,
                relation=SQL.identifier(field.relation),
                blocked=SQL.identifier(field.column1),
                blocker=SQL.identifier(field.column2),
                blockers=self._added["blocked_by"],
                no_blockers=self._removed["blocked_by"],
                blocks=self._added["blocks"],
                no_blocks=self._removed["blocks"],
            )
        )
        if circle or task.id in self._added["blocks"]:
            raise errors.refused(
                "dependencies", _lt("Cards cannot wait for each other in a circle.")
            )


def is_blocked(task, dependencies=None):
    """Whether an open card will block this one, as Odoo reckons.

    ``dependencies``: those that the same PATCH changes.
    """
    # sudo: only whether Odoo lets the card wait. Odoo does not ask, either, who sees
    # what the card waits for.
    task = task.sudo()
    if not task.allow_task_dependencies:
        return False
    blockers = _all_blockers(task)
    if dependencies:
        blockers = task.browse(dependencies.blockers())
    # Archived ones block nobody.
    return any(one.active and not one.is_closed for one in blockers)


def _all_blockers(task):
    # sudo: see ``is_blocked``.
    return task.sudo().with_context(active_test=False).depend_on_ids


def _of_kind(kind, dependencies):
    return sorted(number for each, number in dependencies if each == kind)


def watchers(task, shown, partner_ids):
    """The partners who are to watch the card, checked; 400 for unknown ones.

    ``shown``: those whom the user sees watching it now. The others stay.
    """
    present = set(cards.followers(task)[task.id])
    known = {*shown, *task.env["res.partner"].search([("id", "in", partner_ids)]).ids}
    unknown = [one for one in partner_ids if one not in known]
    if unknown:
        raise errors.refused(
            "watchers", "watchers holds somebody who is not there.", unknown=unknown
        )
    user = task.env.user
    changed = set(shown).symmetric_difference(partner_ids)
    if user._is_portal() and changed - {user.partner_id.id}:
        # As in Odoo's own project sharing.
        raise errors.denied(_lt("You may follow the card or not, but not for others."))
    return present.difference(shown).union(partner_ids)


def set_watchers(task, partner_ids):
    """Make these partners the card's followers. Odoo adds who was assigned before."""
    present = set(cards.followers(task)[task.id])
    if missing := sorted(partner_ids - present):
        task.message_subscribe(partner_ids=missing)
    if surplus := sorted(present - partner_ids):
        task.message_unsubscribe(partner_ids=surplus)
