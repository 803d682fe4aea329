# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .. import errors
from ..services import card_changes
from .common import TaskboardCase

_LOGGERS = ("odoo.http", "odoo.addons.ipai_taskboard_api.errors")


@tagged("post_install", "-at_install", "taskboard")
class TestErrors(TaskboardCase):
    def _fail_with(self, exception):
        """The answer of a PATCH that wrote its card before it failed."""
        task = self._task("Before")
        written = card_changes.apply

        def write_and_fail(task, planned):
            written(task, planned)
            raise exception

        with mute_logger(*_LOGGERS), patch.object(
            card_changes, "apply", write_and_fail
        ):
            answer = self.api(
                "PATCH", f"/cards/task:{task.id}", {"title": "After"}, user=self.manager
            )
        self.assertEqual(task.name, "Before", "a failed request was committed")
        return answer

    def test_unexpected_error_shows_a_reference_only(self):
        answer = self._fail_with(RuntimeError("secret inside"))
        error = self.assertRefused(answer, 500, "INTERNAL_ERROR")
        self.assertEqual(list(error["details"]), ["reference"])
        self.assertNotIn("secret", answer.text)

    def test_odoo_refusal_is_told(self):
        answer = self._fail_with(UserError("Not on a Sunday"))
        error = self.assertRefused(answer, 400, "VALIDATION_ERROR", "body")
        self.assertEqual(error["message"], "Not on a Sunday")

    def test_database_away_asks_to_come_back(self):
        answer = self._fail_with(psycopg2.OperationalError("connection lost"))
        self.assertRefused(answer, 503, "SERVICE_UNAVAILABLE")
        self.assertTrue(int(answer.headers["Retry-After"]))

    def test_violated_constraint_is_a_conflict(self):
        try:
            raise UserError("duplicate key (id)=(7)") from psycopg2.IntegrityError()
        except UserError as exception:
            error = errors.from_exception(exception)
        self.assertEqual((error.code, error.error), (409, "CONFLICT"))
        self.assertNotIn("duplicate", error.text("en_US"))

    def test_route_errors_need_no_sign_in(self):
        for path in ("", "/", "/nonsense", "/cards/task:1/nonsense", "/stages"):
            for method in ("GET", "POST", "OPTIONS"):
                answer = self.api(method, path)
                self.assertRefused(answer, 404, "NOT_FOUND")
        answer = self.api("PUT", "/boards")
        self.assertRefused(answer, 405, "METHOD_NOT_ALLOWED")
        self.assertEqual(answer.headers["Allow"], "GET, HEAD, POST")

    def test_body_over_the_limit(self):
        body = b" " * (1024 * 1024 + 1)
        answer = self.api("POST", "/boards", body, user=self.manager)
        self.assertRefused(answer, 413, "PAYLOAD_TOO_LARGE")
