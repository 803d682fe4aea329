# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests.common import new_test_user

from ..errors import ApiError
from ..services import board_scope, boards, cards, changes, mapping
from ..services.loaded_cards import LoadedCards
from .committed import CommittedCase

# Counts of cards: a client that knows the cards counts them itself.
_COUNTS = ("by_state", "overdue")


class FeedCase(CommittedCase):
    """Clients of several roles, who keep up with a board by its changes alone.

    The first board is open; the other one is closed to whoever does not follow it, and
    has relatives of the first one's cards: a part of the first, a blocker of the
    second, and what the third is a part of.
    """

    def _make_world(self, env):
        super()._make_world(env)
        self.users["outsider"] = new_test_user(
            env, "changes_outsider", "project.group_project_user", name="Outsider"
        ).id
        self.roles = ("manager", "member", "outsider", "portal")
        first, second, third = env["project.task"].browse(self.cards)
        closed = env["project.project"].browse(self.other_board)
        closed.privacy_visibility = "followers"
        board = env["project.project"].browse(self.board)
        (board | closed).write({"allow_task_dependencies": True})
        (board | closed).write({"allow_milestones": True})
        tasks = env["project.task"].with_context(default_project_id=closed.id)
        part, blocker, whole = tasks.create(
            [
                {"name": name, "project_id": closed.id, "stage_id": self.stages[0]}
                for name in ("Part", "Blocker", "Whole")
            ]
        )
        part.parent_id = first
        # Where Odoo makes a part follow its whole.
        part.write({"project_id": closed.id, "display_in_project": True})
        second.depend_on_ids = [Command.link(blocker.id)]
        third.parent_id = whole
        third.display_in_project = True
        self.relatives = [part.id, blocker.id, whole.id]
        people = env["res.partner"].create(
            [{"name": name, "email": f"{name}@x.test"} for name in ("one", "two")]
        )
        self.contacts = people.ids
        first.message_subscribe(people.ids[:1])
        second.message_subscribe(people.ids[1:])
        board.message_subscribe([*people.ids, self.partner(env, "portal").id])
        for task in (first, second):
            task.message_subscribe(self.partner(env, "portal").ids)
        first.user_ids = [Command.set([self.users["member"]])]
        first.milestone_id = env["project.milestone"].create(
            {"name": "Launch", "project_id": board.id}
        )
        first.tag_ids = [Command.create({"name": "Feed tag"})]
        first.taskboard_checklist_ids = [
            Command.create({"name": name}) for name in ("line", "other line")
        ]
        first.message_post(body="A word", message_type="comment", subtype_xmlid=NOTE)
        first.message_post(
            body="To all", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def _remove_world(self):
        with self.transaction() as env:
            env["project.milestone"].search([("name", "=", "Launch")]).unlink()
            env["project.tags"].search([("name", "ilike", "Feed tag")]).unlink()
            archived = env["project.project"].with_context(active_test=False)
            more = archived.search([("name", "=", "Third board")])
            more.with_context(active_test=False).tasks.unlink()
            more.unlink()
            groups = env["res.groups"].search([("name", "=", "Feed group")])
            groups.unlink()
        super()._remove_world()
        with self.transaction() as env:
            people = env["res.partner"].browse(self.contacts).exists()
            people.unlink()

    def partner(self, env, name):
        return env["res.users"].browse(self.users[name]).partner_id

    def card(self, env, place=0):
        return env["project.task"].browse(self.cards[place])

    def relative(self, env, place):
        return env["project.task"].browse(self.relatives[place])

    def project(self, env):
        return env["project.project"].browse(self.board)

    def closed(self, env):
        return env["project.project"].browse(self.other_board)

    def stage(self, env, place=0):
        return env["project.task.type"].browse(self.stages[place])

    def check(self, cases, anew=()):
        """Make each change, one after the other; whoever follows the board by its
        changes has then what a fresh answer says.

        Every change shows to somebody. ``anew``: changes after which a client may have
        to start again.
        """
        clients = {role: self._start(role) for role in self.roles}
        for name, change in cases.items():
            with self.subTest(name):
                shows = False
                with self.transaction() as env:
                    change(env)
                for role, client in clients.items():
                    fresh = self._start(role)
                    shows |= fresh[:2] != client[:2]
                    known, again = self._keep_up(role, client)
                    self.assertEqual(known[:2], fresh[:2], f"{name}, as {role}")
                    if name not in anew:
                        self.assertFalse(again, f"{name}: {role} starts again")
                    clients[role] = known
                self.assertTrue(shows, f"{name} shows to nobody")

    def _start(self, role):
        """[board, {card: Card}, cursor]; no board where it cannot be seen."""
        with self._as(role) as env:
            try:
                project = boards.find(env, self.board, boards.FIELDS)
            except ApiError:
                return [None, {}, None]
            cursor = changes.cursor(project)
            query = board_scope.search(project, cards.board_domain(env))
            tasks = env["project.task"].browse(query.get_result_ids())
            return [self._board(project), _shown(tasks, project), cursor]

    def _keep_up(self, role, client):
        """(the same, kept up, whether the client had to start again)."""
        board, shown, cursor = client[0], dict(client[1]), client[2]
        more = True
        while more:
            with self._as(role) as env:
                try:
                    project = boards.find(env, self.board, boards.FIELDS)
                    found = changes.since(project, cursor or "", 2)
                except ApiError:
                    return self._start(role), True
                shown.update(_shown(found.tasks, project))
                for number in found.removed:
                    shown.pop(mapping.card_id(number), None)
                if found.board_changed:
                    board = self._board(project)
                cursor, more = found.cursor, found.more
        return [board, shown, cursor], False

    def _as(self, role):
        return self.transaction(self.users[role])

    def _board(self, project):
        detail = mapping.board_detail(project, boards.LoadedBoards(project))
        for stage in detail["stages"]:
            for name in _COUNTS:
                del stage[name]
        del detail["card_counts"]
        return detail


NOTE = "mail.mt_note"


def _shown(tasks, project):
    loaded = LoadedCards(tasks, board=project)
    return {one["card_id"]: one for one in mapping.cards(loaded)}
