# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cards that were found, with all that their answers show, in few queries.

Read as rows and not as records: the caller found the cards through the record
rules, and a page of eighty records costs Odoo several times what its rows cost.
"""

from collections import defaultdict
from typing import NamedTuple

from odoo.tools import SQL

from . import activity_page, board_scope, cards, days, tags
from .card_filters import CLOSED_STATES
from .found import int_array
from .people import People, site


class Card(NamedTuple):
    """A task's own values; references are numbers, moments are naive UTC.

    ``description`` is Odoo's HTML, and None where a summary leaves it out.
    """

    id: int
    project_id: int
    stage_id: int
    name: str
    priority: str
    sequence: int
    state: str
    date_deadline: object
    parent_id: int | None
    create_date: object
    write_date: object
    stage_since: object
    milestone: str | None
    description: str | None
    active: bool

    @property
    def closed(self):
        return self.state in CLOSED_STATES


class ChecklistItem(NamedTuple):
    item_id: str
    name: str
    done: bool
    sequence: int
    numbered: bool


class LoadedCards:
    """Tasks that the viewer may see, with all that ``mapping.card`` shows.

    Iterates over a ``Card`` for each, in the order of the tasks. The number of
    queries does not depend on theirs. A ``summary`` has no descriptions, and
    counts of the checklists instead of their lines. ``board`` is the project that
    all of them are on, where there is one.
    """

    def __init__(self, tasks, summary=False, board=None):
        self.env = env = tasks.env
        self.summary = summary
        # What this request has written is read back by SQL.
        env.flush_all()
        self.root = site(env)
        self._zone = days.user_zone(env)
        # Deadlines are mostly noons, and many cards have the same.
        self._days = {}
        self._cards = _cards(tasks, summary)
        self._links = _links(tasks, summary)
        self._visible = self._relatives(board)
        self._checklists = {} if summary else _checklists(tasks)
        self._extra = tasks._taskboard_extra()
        people = {*self._numbers("owner"), *self._numbers("watcher")}
        self.people = People(env)
        if people:
            self.people.load(people)
        self._managers = {} if env.user._is_internal() else _managers(tasks)

    def __iter__(self):
        return iter(self._cards)

    def one(self):
        """The only card."""
        (card,) = self._cards
        return card

    def _numbers(self, kind):
        return (number for linked in self._links[kind].values() for number in linked)

    def _relatives(self, board):
        """{number: state} of the cards' relatives that the viewer may see."""
        wanted = {card.parent_id for card in self._cards if card.parent_id}
        for kind in ("subtask", "blocked_by", "blocks"):
            wanted.update(self._numbers(kind))
        visible = {}
        if wanted and board:
            # Nearly all are on the same board, where that is cheap to tell.
            query = board_scope.search(board, self._among(wanted))
            visible.update(self._states(query))
            wanted.difference_update(visible)
        if wanted:
            query = self.env["project.task"]._search(self._among(wanted))
            visible.update(self._states(query))
        return visible

    def _among(self, numbers):
        return [("id", "in", list(numbers)), *cards.card_domain(self.env)]

    def _states(self, query):
        table = SQL.identifier("project_task")
        columns = SQL("%(table)s.id, %(table)s.state", table=table)
        return self.env.execute_query(query.select(columns))

    def owner_ids(self, card):
        """Partner ids of the assignees, by name."""
        return self._links["owner"].get(card.id, ())

    def watcher_ids(self, card):
        """Partner ids of the followers of whom the viewer is told."""
        followers = self._links["watcher"].get(card.id, ())
        return self.people.seen(followers, self._managers.get(card.project_id, ()))

    def tag_ids(self, card):
        return self._links["tag"].get(card.id, ())

    def due_date(self, card):
        deadline = card.date_deadline
        if deadline not in self._days:
            day = days.local_day(deadline, self._zone)
            self._days[deadline] = day.isoformat() if day else None
        return self._days[deadline]

    def parent_id(self, card):
        """Number of the parent, None when there is none to be seen."""
        return card.parent_id if card.parent_id in self._visible else None

    def subtask_ids(self, card):
        return [
            one
            for one in self._links["subtask"].get(card.id, ())
            if one in self._visible
        ]

    def subtasks_done(self, card):
        return sum(
            self._visible[one] in CLOSED_STATES for one in self.subtask_ids(card)
        )

    def checklist(self, card):
        return self._checklists[card.id]

    def checklist_counts(self, card):
        """(lines that are done, all lines), for a summary."""
        done = sum(self._links["line_done"].get(card.id, ()))
        return done, done + sum(self._links["line_open"].get(card.id, ()))

    def extra(self, card):
        """Keys that other modules add."""
        return self._extra.get(card.id, {})

    def comment_count(self, card):
        return sum(self._links["comments"].get(card.id, ()))

    def dependencies(self, card):
        """[(type, card number)], what blocks the card first."""
        return [
            (kind, number)
            for kind in ("blocked_by", "blocks")
            for number in self._links[kind].get(card.id, ())
            if number in self._visible
        ]


def _cards(tasks, summary):
    if not tasks:
        return []
    rows = tasks.env.execute_query(
        SQL(
            "SELECT task.id, task.project_id, task.stage_id, task.name,"
            " COALESCE(task.priority, '0'), COALESCE(task.sequence, 0), task.state,"
            " task.date_deadline, task.parent_id, task.create_date, task.write_date,"
            " COALESCE(task.taskboard_stage_since, task.create_date), milestone.name,"
            " %s, task.active FROM project_task task"
            " JOIN project_project project ON project.id = task.project_id"
            " LEFT JOIN project_milestone milestone"
            " ON milestone.id = task.milestone_id AND project.allow_milestones"
            " WHERE task.id = ANY(%s)",
            SQL("NULL") if summary else SQL("task.description"),
            int_array(tasks.ids),
        )
    )
    found = {row[0]: Card._make(row) for row in rows}
    return [found[number] for number in tasks.ids]


def _links(tasks, summary):
    """{kind: {card: [number]}} of what the cards are linked with: one query."""
    links = defaultdict(lambda: defaultdict(list))
    if not tasks:
        return links
    parts = [
        _owners(tasks),
        _watchers(tasks),
        _tags(tasks),
        _related("blocked_by", tasks, "depend_on_ids"),
        _related("blocks", tasks, "dependent_ids"),
        SQL(
            "(SELECT 'subtask', parent_id, id FROM project_task"
            " WHERE parent_id = ANY(%s) AND active"
            " ORDER BY priority DESC, sequence, date_deadline, id DESC)",
            int_array(tasks.ids),
        ),
        activity_page.comment_counts(tasks),
    ]
    if summary:
        parts.append(
            SQL(
                "(SELECT CASE WHEN done THEN 'line_done' ELSE 'line_open' END,"
                " task_id, count(*) FROM ipai_taskboard_checklist_item"
                " WHERE task_id = ANY(%s) GROUP BY 1, 2)",
                int_array(tasks.ids),
            )
        )
    for kind, card, number in tasks.env.execute_query(SQL(" UNION ALL ").join(parts)):
        links[kind][card].append(number)
    return links


def _owners(tasks):
    # Whom an assignee stands for, in the order of Odoo's users. The cards come first:
    # PostgreSQL never counts the users of a small company, and from one user, as it
    # believes, it would read everything that is assigned to each.
    field = tasks._fields["user_ids"]
    return SQL(
        "(WITH link AS MATERIALIZED (SELECT %(task)s AS task, %(user)s AS usr"
        " FROM %(relation)s WHERE %(task)s = ANY(%(ids)s))"
        " SELECT 'owner', link.task, partner.id FROM link"
        " JOIN res_users usr ON usr.id = link.usr"
        " JOIN res_partner partner ON partner.id = usr.partner_id"
        " ORDER BY partner.name, usr.id)",
        relation=SQL.identifier(field.relation),
        task=SQL.identifier(field.column1),
        user=SQL.identifier(field.column2),
        ids=int_array(tasks.ids),
    )


def _watchers(tasks):
    # The cards come first, as for the owners.
    return SQL(
        "(WITH follower AS MATERIALIZED (SELECT id, res_id, partner_id"
        " FROM mail_followers WHERE res_model = %s AND res_id = ANY(%s))"
        " SELECT 'watcher', follower.res_id, partner.id FROM follower"
        " JOIN res_partner partner ON partner.id = follower.partner_id"
        " WHERE partner.active ORDER BY follower.id)",
        tasks._name,
        int_array(tasks.ids),
    )


def _managers(tasks):
    """{board: [partner id of its manager]} for the boards of the cards."""
    rows = tasks.env.execute_query(
        SQL(
            "SELECT DISTINCT task.project_id, usr.partner_id FROM project_task task"
            " JOIN project_project project ON project.id = task.project_id"
            " JOIN res_users usr ON usr.id = project.user_id"
            " WHERE task.id = ANY(%s)",
            int_array(tasks.ids),
        )
    )
    return {board: [partner] for board, partner in rows}


def _tags(tasks):
    column = SQL.identifier(tasks._fields["tag_ids"].column2)
    return _related("tag", tasks, "tag_ids", tags.is_readable(tasks.env, column))


def _related(kind, tasks, name, condition=SQL("TRUE")):
    field = tasks._fields[name]
    return SQL(
        "(SELECT %(kind)s, %(task)s, %(other)s FROM %(relation)s"
        " WHERE %(task)s = ANY(%(ids)s) AND %(condition)s ORDER BY 3)",
        kind=kind,
        condition=condition,
        relation=SQL.identifier(field.relation),
        task=SQL.identifier(field.column1),
        other=SQL.identifier(field.column2),
        ids=int_array(tasks.ids),
    )


def _checklists(tasks):
    """{card: [ChecklistItem]}, in order."""
    lists = defaultdict(list)
    if not tasks:
        return lists
    for card, *item in tasks.env.execute_query(
        SQL(
            "SELECT task_id, item_id, COALESCE(name, ''), COALESCE(done, FALSE),"
            " COALESCE(sequence, 0), COALESCE(numbered, FALSE)"
            " FROM ipai_taskboard_checklist_item WHERE task_id = ANY(%s)"
            " ORDER BY task_id, sequence, id",
            int_array(tasks.ids),
        )
    ):
        lists[card].append(ChecklistItem._make(item))
    return lists
