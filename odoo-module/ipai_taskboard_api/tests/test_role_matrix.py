# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every role on every route, for every record that the route can name.

Odoo's own records as each user sees them are what the answers are compared with.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from odoo import Command
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .. import dispatcher
from ..contract import ENDPOINTS
from .common import TaskboardCase

_MISSING = 2147483647
_KINDS = {"board": "project", "card": "task", "stage": "stage"}
_NOT_FOUND = {
    "board": "BOARD_NOT_FOUND",
    "card": "CARD_NOT_FOUND",
    "stage": "NOT_FOUND",
}
# A body that nobody may send: who gets so far as to be told has passed the checks
# of sign-in, visibility and right, and has changed nothing.
_SPOILT = {"nonsense": True}
_STALE = {"If-Match": '"stale"'}


def _may_see(_record):
    return True


def _may_write(record):
    return record.has_access("write")


def _may_work(task):
    """Portal users write only where a board is shared with them for it."""
    shared = not task.env.user._is_portal() or (
        task.project_id._check_project_sharing_access()
    )
    return task.has_access("write") and shared


def _may_post(task):
    return task.has_access(task._mail_post_access)


def _may_create_card(project):
    tasks = project.env["project.task"]
    shared = not tasks.env.user._is_portal() or project._check_project_sharing_access()
    return tasks.has_access("create") and shared


def _may_create_stage(project):
    stages = project.env["project.task.type"]
    return stages.has_access("create") and project.has_access("write")


def _may_change_stage(operation):
    def may(stage):
        boards = stage.env["project.project"].search([("type_ids", "in", stage.ids)])
        return stage.has_access(operation) and boards.has_access("write")

    return may


def _may_create(model):
    def may(env):
        return env[model].has_access("create")

    return may


@dataclass
class Row:
    """A route: what its path (or body) names, who may use it, what they get."""

    record: str | None = None
    may: Callable = _may_see
    # Of who may, when nothing is to be changed by it.
    reached: int = 200
    query: str = ""
    body: dict | None = None
    headers: dict = field(default_factory=dict)
    signed_in: bool = True


# A route that is not in here fails the first test.
MATRIX = {
    "getHealth": Row(signed_in=False),
    "createToken": Row(body=_SPOILT, reached=400, signed_in=False),
    "revokeToken": Row(reached=204),
    "getMe": Row(),
    "listBoards": Row(),
    "createBoard": Row(None, _may_create("project.project"), 400, body=_SPOILT),
    "getBoard": Row("board"),
    "updateBoard": Row("board", _may_write, 400, body=_SPOILT),
    "addMember": Row("board", _may_write, 400, body=_SPOILT),
    # The board's manager, who cannot be removed.
    "removeMember": Row("board", _may_write, 409),
    "listCards": Row("board"),
    "listGroups": Row("board", query="by=owner"),
    "getSnapshot": Row("board"),
    "listChanges": Row("board"),
    "listPeople": Row("board"),
    "getFlow": Row("board", query="from=2026-01-01&to=2026-01-02"),
    "createStage": Row("board", _may_create_stage, 400, body=_SPOILT),
    "updateStage": Row("stage", _may_change_stage("write"), 400, body=_SPOILT),
    # All of them hold cards.
    "deleteStage": Row("stage", _may_change_stage("unlink"), 409),
    "listTags": Row(),
    "createTag": Row(None, _may_create("project.tags"), 400, body=_SPOILT),
    "listMyCards": Row(query="owner=me"),
    # The board is named in the body.
    "createCard": Row("board", _may_create_card, 400, body=_SPOILT),
    "getCard": Row("card"),
    "updateCard": Row("card", _may_work, 400, body=_SPOILT),
    "archiveCard": Row("card", _may_work, 412, headers=_STALE),
    "listActivity": Row("card"),
    "addComment": Row("card", _may_post, 400, body=_SPOILT),
}


@tagged("post_install", "-at_install", "taskboard")
class TestRoleMatrix(TaskboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_users()
        cls._make_records()
        cls.tokens = {name: cls._token(user) for name, user in cls.roles.items()}
        cls.env.flush_all()

    @classmethod
    def _make_users(cls):
        other = cls.env["res.company"].create({"name": "Another"})
        stranger = cls._user("stranger", "project.group_project_user")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        cls.roles = {
            "manager": cls.manager,
            "member": cls.member,
            "follower of one card": cls._user("follower", "project.group_project_user"),
            "employee": cls.employee,
            "collaborator": cls._user("collaborator", "base.group_portal"),
            "limited collaborator": cls._user("limited", "base.group_portal"),
            "portal": cls.portal,
            "other company": stranger,
        }
        cls.other = other

    @classmethod
    def _make_records(cls):
        """Boards of every kind; cards seen, unseen, archived and of nobody's board."""
        role = {name: user.partner_id for name, user in cls.roles.items()}
        private = cls._board("Private", "followers")
        shared = cls._board("Shared", "portal")
        theirs = cls._board("Theirs", "employees")
        archived = cls._board("Archived", "employees")
        outside = role["collaborator"] | role["limited collaborator"] | role["portal"]
        shared.message_subscribe(partner_ids=outside.ids)
        shared.sudo().collaborator_ids = [
            Command.create({"partner_id": role["collaborator"].id}),
            Command.create(
                {"partner_id": role["limited collaborator"].id, "limited_access": True}
            ),
        ]
        cls.cards = {}
        for board in (cls.board, private, shared, theirs, archived):
            for stage in board.type_ids:
                name = f"{board.name}, {stage.name}"
                cls.cards[name] = cls._task(name, board, stage_id=stage.id)
        cls.cards["put away"] = cls._task("put away")
        cls.cards["put away"].active = False
        cls.cards["to-do"] = (
            cls.env["project.task"]
            .with_user(cls.manager)
            .create({"name": "to-do", "user_ids": [(6, 0, cls.manager.ids)]})
        )
        cls.cards["Private, To Do"].message_subscribe(
            partner_ids=role["follower of one card"].ids
        )
        cls.cards["Shared, To Do"].message_subscribe(partner_ids=outside.ids)
        cls.cards["Shared, Done"].message_unsubscribe(partner_ids=outside.ids)
        # What belongs together is partly hidden from everybody but the manager.
        cls.cards["Shared, To Do"].depend_on_ids = (
            cls.cards["Private, Done"] | cls.cards["Shared, Done"]
        )
        cls.cards["Shared, To Do"].message_post(
            body="Internal", subtype_xmlid="mail.mt_note"
        )
        # Tracking is written with the rights of who changed something: before they
        # lose them.
        cls.env.flush_all()
        cls.cr.flush()
        theirs.sudo().company_id = cls.other
        archived.active = False
        cls.secret_partner = cls.env["res.partner"].create(
            {
                "name": "Secret",
                "email": "secret@taskboard.example",
                "company_id": cls.other.id,
            }
        )
        personal = cls.env["project.task.type"].create(
            {"name": "Personal", "user_id": cls.manager.id}
        )
        boards = (cls.board | private | shared | theirs | archived).sudo()
        cls.records = {
            "board": boards.ids,
            "card": [task.id for task in cls.cards.values()],
            "stage": [*boards.type_ids.ids, personal.id],
        }

    # What a user sees in Odoo itself ------------------------------------------

    def _seen(self, kind, number, user):
        """The record as ``user`` sees it in Odoo's own client; empty when they don't."""
        env = self.env(user=user.id, context={})
        if kind == "board":
            return env["project.project"].search([("id", "=", number)])
        if kind == "card":
            # A card on no board, or on an archived one, is no card.
            task = env["project.task"].search([("id", "=", number)])
            return task.filtered(lambda one: one.sudo().project_id.active)
        stage = env["project.task.type"].search([("id", "=", number)])
        boards = env["project.project"].search([("type_ids", "in", stage.ids)])
        return stage if boards else stage.browse()

    def _ask(self, name, number=None, role=None, token=None):
        """Send the request of a row of the matrix about the record ``number``."""
        row, endpoint = MATRIX[name], ENDPOINTS[name]
        path, body = endpoint.path, row.body
        if row.record:
            identifier = f"{_KINDS[row.record]}:{number}"
            path = path.replace(f"{{{row.record}_id}}", identifier)
            if name == "createCard":
                body = {**row.body, "board_id": identifier}
        path = path.replace("{partner_id}", str(self.manager.partner_id.id))
        return self.api(
            endpoint.method,
            f"{path}?{row.query}" if row.query else path,
            body,
            token=token or self.tokens.get(role),
            headers=row.headers,
        )

    def _state(self):
        """All that the requests could change, as Odoo's administrator reads it."""
        self.env.invalidate_all()
        env = self.env(su=True, context={"active_test": False})
        return {
            model: env[model].search([], order="id").read(load=None)
            for model in (
                "project.project",
                "project.task",
                "project.task.type",
                "project.tags",
                "mail.followers",
                "mail.message",
                "ipai.taskboard.checklist.item",
            )
        }

    # The matrix ---------------------------------------------------------------

    def test_every_route_is_in_the_matrix(self):
        named = {
            (re.sub(r"\{\w+\}", "[^/]+", ENDPOINTS[name].path), ENDPOINTS[name].method)
            for name in MATRIX
        }
        served = {
            (pattern.pattern.removeprefix(dispatcher.BASE), method)
            for pattern, method in dispatcher._ROUTES
        }
        self.assertEqual(served - named, set(), "not in the matrix")

    def _served(self):
        routes = {
            (pattern.pattern.removeprefix(dispatcher.BASE), method)
            for pattern, method in dispatcher._ROUTES
        }
        for name, row in MATRIX.items():
            endpoint = ENDPOINTS[name]
            path = re.sub(r"\{\w+\}", "[^/]+", endpoint.path)
            if (path, endpoint.method) in routes:
                yield name, row

    @mute_logger("odoo.http")
    def test_everybody_gets_what_odoo_shows_them_and_no_more(self):
        before, met = self._state(), defaultdict(set)
        for name, row in self._served():
            if name in ("revokeToken", "createToken"):
                continue
            for role, user in self.roles.items():
                for number in self.records.get(row.record, [None]):
                    with self.subTest(route=name, role=role, record=number):
                        met[role].add(self._check(name, row, role, user, number))
        self.assertEqual(self._state(), before)
        # Or the records would tell nobody from anybody.
        for role in self.roles:
            denied = set() if role == "manager" else {403}
            self.assertLessEqual({200, 404, *denied}, met[role], role)

    def _check(self, name, row, role, user, number):
        """Check one answer and give its status."""
        answer = self._ask(name, number, role)
        record = self.env(user=user.id)
        if row.record:
            record = self._seen(row.record, number, user)
            if not record:
                self.assertRefused(answer, 404, _NOT_FOUND[row.record])
                missing = self._ask(name, _MISSING, role)
                self.assertEqual(answer.content, missing.content)
                self.assertEqual(answer.headers.keys(), missing.headers.keys())
                return 404
        if not row.may(record):
            self.assertRefused(answer, 403, "PERMISSION_DENIED")
            return 403
        self.assertEqual(answer.status_code, row.reached, answer.text)
        if row.reached == 200:
            self._check_rows(answer.json(), user)
        return row.reached

    def _check_rows(self, answer, user):
        """Nothing in an answer that Odoo would not show the user."""
        text = json.dumps(answer)
        env = self.env(user=user.id, context={})
        for kind in ("board", "card", "stage"):
            for number in map(int, re.findall(rf'"{_KINDS[kind]}:(\d+)"', text)):
                if kind == "board" and '"card_id"' in text:
                    # A card tells where it is, to an assignee of a board unseen too.
                    continue
                shown = self._seen(kind, number, user)
                if kind == "stage" and not shown:
                    # … and where it stands.
                    shown = env["project.task"].search([("stage_id", "=", number)])
                self.assertTrue(shown, f"{kind} {number}")
        for number in map(int, re.findall(r'"msg:(\d+)"', text)):
            self.assertTrue(env["mail.message"].search([("id", "=", number)]))
        for person in _present(answer) if user.share else ():
            told = {user.partner_id.id, self.manager.partner_id.id}
            partner = env["res.partner"].search([("id", "=", person["partner_id"])])
            self.assertTrue(partner or person["partner_id"] in told, person)
        for person in _people(answer):
            if person["email"]:
                # Of those who left, too: Odoo's list can be asked for them.
                partners = env["res.partner"].with_context(active_test=False)
                found = partners.search([("id", "=", person["partner_id"])])
                self.assertTrue(found, f"the address of {person}")

    def test_nobody_gets_anything(self):
        before = self._state()
        for name, row in self._served():
            if not row.signed_in:
                continue
            answers = set()
            for number in self.records.get(row.record, [None]) + [_MISSING]:
                for token in (None, "no-such-token"):
                    answer = self._ask(name, number, token=token)
                    self.assertRefused(answer, 401, "UNAUTHORIZED")
                    answers.add(answer.content)
            self.assertLessEqual(len(answers), 2, name)
        self.assertEqual(self._state(), before)

    # References in bodies and queries -----------------------------------------

    def _references(self, name):
        """[(field, body with an unseen record, the same with a missing one)]."""
        unseen = self.cards["Private, Done"]
        card, stage = f"task:{unseen.id}", f"stage:{unseen.stage_id.id}"
        nobody, partner = f"task:{_MISSING}", self.secret_partner
        named = {
            "parent_id": (card, nobody),
            "position": ({"after": card}, {"after": nobody}),
            "stage_id": (stage, f"stage:{_MISSING}"),
            "owners": ([partner.id], [_MISSING]),
        }
        if name == "updateCard":
            named["watchers"] = ([partner.id], [_MISSING])
            named["dependencies"] = tuple(
                [{"type": "blocks", "task_id": one}] for one in (card, nobody)
            )
        if name == "addComment":
            named = {"mentions": ([partner.email], ["none@taskboard.example"])}
        if name == "addMember":
            named = {"partner_id": (partner.id, _MISSING)}
        return named

    @mute_logger("odoo.http")
    def test_references_do_not_tell_what_is_hidden(self):
        shown = self.cards["Board, To Do"]
        board, stage = f"project:{self.board.id}", f"stage:{self.todo.id}"
        rest = {
            "createCard": {"board_id": board, "stage_id": stage, "title": "x"},
            "updateCard": {},
            "addComment": {"body_md": "x"},
            "addMember": {"role": "viewer"},
        }
        # The manager sees every card, but not every partner.
        member_fields = {"parent_id", "position", "stage_id", "dependencies"}
        before = self._state()
        for name, body in rest.items():
            for key, (unseen, missing) in self._references(name).items():
                role = "member" if key in member_fields else "manager"
                role = "member" if name == "addComment" else role
                path = (
                    ENDPOINTS[name]
                    .path.replace("{card_id}", f"task:{shown.id}")
                    .replace("{board_id}", board)
                )
                told = []
                for value in (unseen, missing):
                    sent = {**body, key: value}
                    answer = self.api(
                        ENDPOINTS[name].method, path, sent, token=self.tokens[role]
                    )
                    self.assertRefused(answer, 400, "VALIDATION_ERROR", key)
                    for one in _leaves(value):
                        answer_text = answer.text.replace(str(one), "…")
                    told.append(answer_text)
                self.assertEqual(told[0], told[1], (name, key))
        self.assertEqual(self._state(), before)

    def test_filters_do_not_tell_what_is_hidden(self):
        unseen = self.cards["Private, Done"]
        path = f"/boards/project:{self.board.id}"
        for known, missing in (
            (f"stage=stage:{unseen.stage_id.id}", f"stage=stage:{_MISSING}"),
            (f"owner={self.secret_partner.id}", f"owner={_MISSING}"),
            (f"owner={self.secret_partner.email}", "owner=none@taskboard.example"),
            (f"q={unseen.name}", "q=nothing"),
        ):
            for what in ("cards?", "groups?by=priority&"):
                told = {
                    self.api("GET", f"{path}/{what}{query}", user=self.member).text
                    for query in (known, missing)
                }
                self.assertEqual(len(told), 1, known)

    # Mass assignment ----------------------------------------------------------

    def test_no_field_of_odoo_can_be_written_by_its_own_name(self):
        before = self._state()
        names = [
            *(
                "id",
                "create_uid",
                "create_date",
                "write_date",
                "company_id",
                "access_token",
            ),
            *("user_id", "user_ids", "partner_id", "project_id", "privacy_visibility"),
            *("message_follower_ids", "message_partner_ids", "collaborator_ids"),
            *(
                "is_template",
                "sequence",
                "display_name",
                "taskboard_checklist_ids",
                "uid",
            ),
        ]
        for name, row in self._served():
            endpoint = ENDPOINTS[name]
            if endpoint.body is None or name == "createToken":
                continue
            known = endpoint.body.schema["properties"]
            record = {"board": self.board.id, "stage": self.todo.id}
            number = record.get(row.record, self.cards["Board, To Do"].id)
            for key in set(names) - known.keys():
                path = endpoint.path.replace("{board_id}", f"project:{number}")
                path = path.replace("{card_id}", f"task:{number}")
                path = path.replace("{stage_id}", f"stage:{number}")
                token = self.tokens["manager"]
                answer = self.api(endpoint.method, path, {key: 1}, token=token)
                error = self.assertRefused(answer, 400, "VALIDATION_ERROR")
                # What is required and missing may be named first.
                self.assertIn(error["details"]["field"], {key, *known}, name)
        self.assertEqual(self._state(), before)


def _people(answer):
    if isinstance(answer, dict):
        if "partner_id" in answer and "email" in answer:
            yield answer
        answer = list(answer.values())
    if isinstance(answer, list):
        for one in answer:
            yield from _people(one)


def _leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [leaf for one in value for leaf in _leaves(one)]
    return [value]


def _present(answer):
    """The people of whom an answer says merely that they are there."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield from value if key in ("members", "watchers", "people") else ()
            yield from _present(value)
    if isinstance(answer, list):
        for one in answer:
            yield from _present(one)
