# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import fields
from odoo.tests.common import HttpCase, new_test_user

from ..services.api_keys import SCOPE
from ..services.mapping import CONTRACT_VERSION


class TaskboardCase(HttpCase):
    """A board with two stages and three kinds of users, over real HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={
                **cls.env.context,
                "no_reset_password": True,
                "tracking_disable": False,
            }
        )
        cls.manager = cls._user("manager", "project.group_project_manager")
        cls.member = cls._user("member", "project.group_project_user")
        cls.employee = cls._user("employee", "base.group_user")
        cls.portal = cls._user("portal", "base.group_portal")
        cls.board = cls._board("Board", "employees")
        cls.todo, cls.done = cls.board.type_ids

    def setUp(self):
        super().setUp()
        # Odoo counts failed sign-ins in memory, beyond the end of a test.
        getattr(self.registry, "_login_failures", {}).clear()

    @classmethod
    def _user(cls, name, group):
        return new_test_user(
            cls.env,
            login=f"taskboard_{name}",
            groups=group,
            name=f"The {name}",
            email=f"{name}@taskboard.example",
            password=f"taskboard_{name}",
            tz="Europe/Brussels",
        )

    @classmethod
    def _board(cls, name, privacy):
        return (
            cls.env["project.project"]
            .with_user(cls.manager)
            .create(
                {
                    "name": name,
                    "privacy_visibility": privacy,
                    "type_ids": [
                        fields.Command.create(
                            {"name": stage, "sequence": place, "user_id": False}
                        )
                        for place, stage in enumerate(("To Do", "Done"))
                    ],
                }
            )
        )

    @classmethod
    def _task(cls, name="Card", board=None, **values):
        board = board or cls.board
        tasks = cls.env["project.task"].with_user(cls.manager)
        return tasks.with_context(default_project_id=board.id).create(
            {"name": name, "stage_id": board.type_ids[0].id, **values}
        )

    @classmethod
    def _token(cls, user, expires_in=3600, scope=SCOPE):
        expires = fields.Datetime.add(fields.Datetime.now(), seconds=expires_in)
        keys = cls.env["res.users.apikeys"].with_user(user).sudo()
        return keys._generate(scope, "test", expires)

    def flush_tracking(self):
        """Let Odoo write what it keeps of changes until the transaction ends."""
        self.env.flush_all()
        self.cr.flush()

    def api(self, method, path, body=None, user=None, token=None, headers=None):
        """Send a request as ``user`` (or with ``token``); the version is checked."""
        headers = dict(headers or {})
        if user:
            token = self._token(user)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = None
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.env.flush_all()
        response = self.opener.request(
            method,
            f"{self.base_url()}/api/v1{path}",
            data=data,
            headers=headers,
            timeout=60,
            allow_redirects=False,
        )
        self.env.invalidate_all()
        self.assertEqual(response.headers.get("x-contract-version"), CONTRACT_VERSION)
        return response

    def assertRefused(self, response, status, code, field=None):
        self.assertEqual(response.status_code, status, response.text)
        error = response.json()["error"]
        self.assertEqual(error["code"], code)
        if field:
            self.assertEqual(error["details"]["field"], field)
        return error
