# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Boards: which ones, and all that a page of them shows, in a fixed number of
queries."""

from collections import defaultdict

from .. import compat, errors
from . import board_scope, cards, columns
from .board_cards import BoardCards, StageFacts
from .members import Members
from .people import People, robot_id

# The order of Odoo's own project list.
_ORDER = "is_favorite desc, sequence, name, id"
FIELDS = [
    "name",
    "description",
    "privacy_visibility",
    "user_id",
    "create_uid",
    "type_ids",
    "tag_ids",
    "create_date",
    "write_date",
]
_STAGE_FIELDS = [
    "name",
    "sequence",
    "fold",
    "taskboard_wip_limit",
    "mail_template_id",
    "rating_template_id",
]


def domain(env):
    """Boards that Odoo lists: not archived (by Odoo itself), no templates."""
    if "is_template" in env["project.project"]._fields:
        return [("is_template", "=", False)]
    return []


def find(env, number, fields=()):
    """The visible board ``number``, with these fields read; 404 otherwise."""
    wanted = [("id", "=", number), *domain(env)]
    project = env["project.project"].search_fetch(wanted, fields)
    if not project:
        raise errors.not_found("board")
    return project


def page(env, number, limit):
    """One page of boards and their total number."""
    projects = env["project.project"]
    wanted = domain(env)
    total = projects.search_count(wanted)
    offset = number * limit
    if offset < total:
        projects = projects.search_fetch(
            wanted, FIELDS, offset=offset, limit=limit, order=_ORDER
        )
    return projects, total


class LoadedBoards:
    """Boards with all that ``mapping.board`` shows.

    The number of queries does not depend on the number of boards, whose own
    ``FIELDS`` were read when they were found.
    """

    def __init__(self, projects):
        self.env = env = projects.env
        self._load_cards(projects)
        self._members = Members(projects)
        # sudo: whom a user stands for, on a board that the viewer may read.
        projects.create_uid.sudo().fetch(["partner_id"])
        owners = {self.owner_id(project) for project in projects}
        everybody = owners.union(*map(self._members.ids, projects))
        self._load_roles(everybody)
        self.people = People(env).load(everybody)

    def _load_cards(self, projects):
        self.cards = BoardCards(projects)
        self._facts = defaultdict(dict)
        for project, stage, state, count, overdue in self.cards.counts():
            facts = self._facts[project].setdefault(stage, StageFacts())
            facts.add(state, count, overdue)
        # Archived stages too, or Odoo reads each of them to leave them out.
        unfiltered = projects.with_context(active_test=False)
        self._own_stages = {one.id: set(one.type_ids.ids) for one in unfiltered}
        used = set().union(*self._facts.values())
        own = set().union(*self._own_stages.values())
        # An archived stage is shown as long as it holds cards. Personal stages of
        # others stay out by Odoo's own record rule.
        self._stages = unfiltered.type_ids.search_fetch(
            [
                ("id", "in", list(own | used)),
                "|",
                ("active", "=", True),
                ("id", "in", list(used)),
            ],
            _STAGE_FIELDS,
            order=columns.STAGE_ORDER,
        )
        self._boards_of_stages = counts_of_stages(self._stages)
        self._used_tags = self.cards.used_tags(self._stages)
        tag_ids = set(projects.tag_ids.ids).union(*self._used_tags.values())
        self._tags = self.env["project.tags"].search_fetch(
            [("id", "in", list(tag_ids))], ["name", "color"]
        )

    def _load_roles(self, partner_ids):
        references = self.env["ir.model.data"]
        group = references._xmlid_to_res_id("project.group_project_manager")
        # sudo: only to tell the role of people that the board shows anyway.
        users = self.env["res.users"].sudo()
        mine = [("partner_id", "in", list(partner_ids)), ("share", "=", False)]
        internal = users.search_fetch(mine, ["partner_id"])
        managers = users.search([*mine, *compat.group_members_domain(group)])
        self._internal = set(internal.partner_id.ids)
        self._admins = set(managers.partner_id.ids)

    def owner_id(self, project):
        """Partner id of the manager, else of whoever created the board, else Odoo's
        own, when that user was deleted."""
        manager = self._members.manager_id(project)
        # sudo: see ``__init__``; already fetched.
        creator = project.create_uid.sudo().partner_id.id
        return manager or creator or robot_id(self.env)

    def members(self, project):
        """[(partner id, role)] of whom the viewer is told, the manager first."""
        manager = self._members.manager_id(project)
        numbers = self.people.seen(self._members.ids(project), [manager])
        return [(one, self._role(project, one)) for one in numbers]

    def _role(self, project, partner_id):
        if partner_id == self._members.manager_id(project):
            return "manager"
        if partner_id in self._admins:
            return "admin"
        full = self._members.collaborates_fully(project, partner_id)
        if partner_id in self._internal or full:
            return "contributor"
        return "viewer"

    def stages(self, project):
        """The board's stages in order: its own, and any that hold its cards."""
        wanted = self._own_stages[project.id] | self._facts[project.id].keys()
        return self._stages.filtered(lambda stage: stage.id in wanted)

    def shared_with(self, project, stage):
        """How many other boards the stage belongs to."""
        count = self._boards_of_stages.get(stage.id, 0)
        return count - (stage.id in self._own_stages[project.id])

    def tags(self, project):
        wanted = {*project.tag_ids.ids, *self._used_tags[project.id]}
        return self._tags.filtered(lambda tag: tag.id in wanted)

    def facts(self, project, stage):
        """``StageFacts`` of one of the board's stages."""
        return self._facts[project.id].get(stage.id) or StageFacts()

    def without_stage(self, project):
        """How many cards the viewer would see if they stood in a stage."""
        unstaged = cards.unstaged_domain(self.env)
        return len(board_scope.search(project, unstaged))

    def mails_on_entry(self, project, stage):
        """Whether Odoo mails to a customer when a card comes into the stage."""
        if stage.mail_template_id:
            return True
        if not stage.rating_template_id:
            return False
        # Ratings are switched on for a project in Odoo 18, for a stage in Odoo 19.
        rated = stage if "rating_active" in stage._fields else project
        # sudo: a setting of a board that the viewer sees.
        rated = rated.sudo()
        return rated.rating_active and rated.rating_status == "stage"


def has_stage(project, number):
    """Whether a stage is one of the board's, as its Board entity lists them."""
    if number in project.type_ids.ids:
        return True
    domain = [("stage_id", "=", number), *cards.board_domain(project.env)]
    return bool(board_scope.search(project, domain, limit=1).get_result_ids())


def stage_ids(project):
    """Numbers of the board's stages, as its Board entity lists them."""
    domain = [("project_id", "=", project.id), *cards.board_domain(project.env)]
    used = project.env["project.task"]._read_group(domain, ["stage_id"])
    return {*project.type_ids.ids, *(stage.id for (stage,) in used)}


def counts_of_stages(stages):
    """{stage number: how many boards have it}; those without any are absent."""
    # sudo: numbers only. A change meets the boards that the viewer may not see, too.
    projects = stages.env["project.project"].sudo()
    live = [("active", "=", True), ("type_ids", "in", stages.ids)]
    counts = projects.with_context(active_test=False)._read_group(
        [*live, *domain(stages.env)], ["type_ids"], ["__count"]
    )
    return {stage.id: count for stage, count in counts}
