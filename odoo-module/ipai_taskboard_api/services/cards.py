# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cards: which ones, in which order, and all that a page of them shows."""

from collections import defaultdict
from itertools import chain

from .. import errors
from . import card_filters, card_order, days
from .people import People

FIELDS = [
    "name",
    "description",
    "priority",
    "date_deadline",
    "project_id",
    "stage_id",
    "parent_id",
    "sequence",
    "user_ids",
    "tag_ids",
    "depend_on_ids",
    "dependent_ids",
    "create_date",
    "write_date",
    "state",
    "active",
    "recurring_task",
    "display_in_project",
]


def card_domain(env):
    """What can be a card at all: on a board, in a stage, no template."""
    domain = [("project_id", "!=", False), ("stage_id", "!=", False)]
    if "has_template_ancestor" in env["project.task"]._fields:
        domain.append(("has_template_ancestor", "=", False))
    return domain


def board_domain(env):
    """Cards that Odoo's board shows: no subtasks that it hides."""
    return [*card_domain(env), ("display_in_project", "=", True)]


def find(env, number, archived=False):
    """The visible card ``number``; 404 otherwise, and mostly for an archived one."""
    domain = [("id", "=", number), *card_domain(env)]
    if archived:
        domain.append(("active", "in", (True, False)))
    task = env["project.task"].search_fetch(domain, FIELDS)
    # sudo: an assignee may see a card of a board that they may not see.
    project = task.sudo().project_id
    template = "is_template" in project._fields and project.is_template
    if not task or not project.active or template:
        raise errors.not_found("card")
    return task


def check_write(task):
    """403 unless the user may change the card."""
    task.check_access("write")
    _check_shared(task.project_id)


def check_create(project):
    """403 unless the user may make cards on the board (anywhere, for no board)."""
    project.env["project.task"].check_access("create")
    _check_shared(project)


def _check_shared(project):
    """Portal users change only what Odoo's own project sharing lets them edit.

    The record rules alone would let any follower write.
    """
    if project and project.env.user._is_portal():
        if not project._check_project_sharing_access():
            raise errors.denied()


def page(project, query):
    """One page of a board's cards and their total number, as query asks for."""
    tasks = project.env["project.task"]
    domain = filtered(project, query)
    total = tasks.search_count(domain)
    limit = query["limit"]
    offset = query["page"] * limit
    if offset < total:
        found = tasks._search(domain, offset=offset, limit=limit)
        found.order = card_order.to_sql(tasks, found, query["order"])
        tasks = tasks._fetch_query(found, tasks._determine_fields_to_fetch(FIELDS))
    return tasks, total


def filtered(project, query):
    """Domain of a board's cards that the filters of query let through."""
    domain = [("project_id", "=", project.id), *board_domain(project.env)]
    return card_filters.narrow(project.env["project.task"], domain, query)


def column(project, stage):
    """The cards of one stage of a board, in their order."""
    domain = [("project_id", "=", project.id), ("stage_id", "=", stage)]
    return project.env["project.task"].search_fetch(
        [*domain, *board_domain(project.env)],
        ["priority", "sequence", "date_deadline"],
    )


def followers(records):
    """{record id: [partner id]} of the active followers of records."""
    # sudo: who follows is shown to everybody who sees the record, but portal
    # users have no access to the model of followers.
    found = (
        records.env["mail.followers"]
        .sudo()
        .search_fetch(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("partner_id.active", "=", True),
            ],
            ["res_id", "partner_id"],
            order="id",
        )
    )
    result = defaultdict(list)
    for follower in found:
        result[follower.res_id].append(follower.partner_id.id)
    return result


class LoadedCards:
    """Cards, as ``page`` or ``find`` gave them, with all that ``mapping.card`` shows.

    The number of queries does not depend on the number of cards. (Fetching the
    cards' own fields once more would evaluate the record rules in Python.)
    """

    def __init__(self, tasks):
        self.env = env = tasks.env
        self._zone = days.user_zone(env)
        # sudo: whom an assignee stands for, on a card that the viewer may read.
        tasks.user_ids.sudo().fetch(["partner_id"])
        self._watchers = followers(tasks)
        self._load_family(tasks)
        self._load_checklists(tasks)
        people = {
            one
            for task in tasks
            for one in (*self.owner_ids(task), *self.watcher_ids(task))
        }
        self.people = People(env).load(people)

    def _load_family(self, tasks):
        # Archived ones too, or Odoo reads each of them to leave them out.
        tasks = tasks.with_context(active_test=False)
        self._blockers = {task.id: task.depend_on_ids.ids for task in tasks}
        self._blocked = {task.id: task.dependent_ids.ids for task in tasks}
        numbers = {
            *tasks.parent_id.ids,
            *chain(*self._blockers.values(), *self._blocked.values()),
        }
        # Who of them the viewer may see, through the viewer's own rules.
        visible = self.env["project.task"].search_fetch(
            [
                "|",
                ("id", "in", list(numbers)),
                ("parent_id", "in", tasks.ids),
                *card_domain(self.env),
            ],
            ["parent_id"],
        )
        self._visible = set(visible.ids)
        self._subtasks = defaultdict(list)
        for task in visible:
            self._subtasks[task.parent_id.id].append(task.id)

    def _load_checklists(self, tasks):
        # sudo: an item is as visible as its task, which the viewer may read;
        # without it the task's rules would be evaluated once more.
        items = self.env["ipai.taskboard.checklist.item"].sudo()
        found = items.search_fetch(
            [("task_id", "in", tasks.ids)],
            ["task_id", "item_id", "name", "done", "sequence", "numbered"],
        )
        self._checklists = defaultdict(list)
        for item in found:
            self._checklists[item.task_id.id].append(item)

    def owner_ids(self, task):
        """Partner ids of the assignees."""
        # sudo: see ``__init__``; already fetched.
        return task.user_ids.sudo().partner_id.ids

    def watcher_ids(self, task):
        return self._watchers[task.id]

    def due_date(self, task):
        day = days.local_day(task.date_deadline, self._zone)
        return day.isoformat() if day else None

    def parent_id(self, task):
        """Number of the parent, None when there is none to be seen."""
        parent = task.parent_id.id
        return parent if parent in self._visible else None

    def subtask_ids(self, task):
        return self._subtasks[task.id]

    def checklist(self, task):
        return self._checklists[task.id]

    def dependencies(self, task):
        """[(type, card number)], what blocks the card first."""
        kinds = (("blocked_by", self._blockers), ("blocks", self._blocked))
        return [
            (kind, number)
            for kind, numbers in kinds
            for number in numbers[task.id]
            if number in self._visible
        ]
