# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests.common import new_test_user

from ..errors import ApiError
from ..services import board_scope, boards, cards, changes, mapping, versions
from ..services.loaded_cards import LoadedCards
from .committed import CommittedCase

# Whoever may be signed in: Odoo's administrator, a manager of projects, somebody of the
# project, somebody with rights to projects that is not of this one, somebody without
# any, a customer that the board is shared with, and one that only follows.
ROLES = (
    *("admin", "manager", "member", "outsider", "employee"),
    *("collaborator", "portal"),
)

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
        for name, groups in (
            ("admin", "base.group_system,project.group_project_manager"),
            ("outsider", "project.group_project_user"),
            ("employee", "base.group_user"),
            ("collaborator", "base.group_portal"),
        ):
            self.users[name] = new_test_user(
                env, f"changes_{name}", groups, name=name.title()
            ).id
        self.roles = ROLES
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
        board.message_subscribe(
            [
                *people.ids,
                self.partner(env, "portal").id,
                self.partner(env, "member").id,
                self.partner(env, "collaborator").id,
            ]
        )
        board.collaborator_ids = [
            Command.create(
                {
                    "partner_id": self.partner(env, "collaborator").id,
                    "limited_access": False,
                }
            )
        ]
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
            boards_made = [self.board, self.other_board]
            env["project.collaborator"].search(
                [("project_id", "in", boards_made)]
            ).unlink()
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
        to start again. Answers that became others have other versions then.
        """
        clients = {role: self._start(role) for role in self.roles}
        answers = {role: client[3] for role, client in clients.items()}
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
                    self.compare_versions(answers[role], fresh[3], f"{name}, as {role}")
                    answers[role] = fresh[3]
                self.assertTrue(shows, f"{name} shows to nobody")

    def _start(self, role):
        """[board, {card: Card}, cursor, answers]; no board where it cannot be seen.

        The answers are [(version, what is answered)] of the board and of a snapshot.
        """
        with self._as(role) as env:
            try:
                return self._seen(boards.find(env, self.board, boards.FIELDS))
            except (ApiError, AccessError):
                return [None, {}, None, []]

    def _seen(self, project):
        env = project.env
        cursor, exact = changes.place(project)
        query = board_scope.search(project, cards.board_domain(env))
        tasks = env["project.task"].browse(query.get_result_ids())
        shown = _shown(tasks, project)
        detail = self._detail(project)
        versioned = [
            (versions.of_board(project, cursor, exact), detail),
            (
                versions.of_snapshot(project, cursor, exact, {"view": None}),
                [detail, shown],
            ),
        ]
        return [_without_counts(detail), shown, cursor, versioned]

    def _keep_up(self, role, client):
        """(the same, kept up, whether the client had to start again)."""
        board, shown, cursor = client[0], dict(client[1]), client[2]
        more = True
        while more:
            with self._as(role) as env:
                try:
                    project = boards.find(env, self.board, boards.FIELDS)
                    found = changes.since(project, cursor or "", 2)
                except (ApiError, AccessError):
                    # Who saw nothing, and still does not, has not lost anything.
                    fresh = self._start(role)
                    return fresh, client[0] is not None or fresh[0] is not None
                shown.update(_shown(found.tasks, project))
                for number in found.removed:
                    shown.pop(mapping.card_id(number), None)
                if found.board_changed:
                    board = _without_counts(self._detail(project))
                cursor, more = found.cursor, found.more
        return [board, shown, cursor, []], False

    def compare_versions(self, before, after, about):
        """An answer that became another one has another version, or none."""
        for (version, answer), (now_version, now) in zip(before, after, strict=False):
            if answer != now and now_version:
                self.assertNotEqual(version, now_version, about)

    def _as(self, role):
        return self.transaction(self.users[role])

    def _detail(self, project):
        return mapping.board_detail(project, boards.LoadedBoards(project))


NOTE = "mail.mt_note"


def _shown(tasks, project):
    loaded = LoadedCards(tasks, board=project)
    return {one["card_id"]: one for one in mapping.cards(loaded)}


def _without_counts(detail):
    stages = [
        {key: value for key, value in stage.items() if key not in _COUNTS}
        for stage in detail["stages"]
    ]
    rest = {key: value for key, value in detail.items() if key != "card_counts"}
    return {**rest, "stages": stages}
