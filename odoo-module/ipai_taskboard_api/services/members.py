# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who belongs to boards: manager, followers and collaborators."""

from collections import defaultdict

from . import cards


class Members:
    """Members of boards by partner id, loaded in three queries."""

    def __init__(self, projects):
        self._followers = cards.followers(projects)
        # sudo: whom a manager stands for, on a board that the viewer may read.
        projects.user_id.sudo().fetch(["partner_id"])
        # sudo: a portal user may read only their own collaboration; of whom else
        # they are told is for ``People.seen``.
        collaborators = projects.env["project.collaborator"].sudo()
        self._collaborators = defaultdict(dict)
        found = collaborators.search_fetch(
            [("project_id", "in", projects.ids)],
            ["project_id", "partner_id", "limited_access"],
        )
        for one in found:
            full = not one.limited_access
            self._collaborators[one.project_id.id][one.partner_id.id] = full

    def manager_id(self, project):
        # sudo: see ``__init__``; already fetched.
        return project.user_id.sudo().partner_id.id

    def ids(self, project):
        """Partner ids, the manager first."""
        manager = self.manager_id(project)
        first = [manager] if manager else []
        others = {*self._followers[project.id], *self._collaborators[project.id]}
        return [*first, *sorted(others.difference(first))]

    def collaborates_fully(self, project, partner_id):
        """Whether a portal user may edit the whole board."""
        return self._collaborators[project.id].get(partner_id, False)
