# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

import psycopg2
from psycopg2 import errors as pg

from odoo.exceptions import RedirectWarning, UserError, ValidationError
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

    def test_a_way_out_that_odoo_offers_is_told_as_a_refusal(self):
        warning = RedirectWarning("Choose a company first", 7, "Go there")
        answer = self._fail_with(warning)
        error = self.assertRefused(answer, 400, "VALIDATION_ERROR", "body")
        self.assertEqual(error["message"], "Choose a company first")

    def test_what_somebody_else_deleted_is_a_conflict(self):
        error = self._of_violation(pg.ForeignKeyViolation)
        self.assertEqual((error.code, error.error), (409, "CONFLICT"))

    def test_a_modules_rule_is_told_in_its_own_words(self):
        for violation in (pg.UniqueViolation, pg.CheckViolation):
            error = self._of_violation(violation)
            self.assertEqual((error.code, error.error), (400, "VALIDATION_ERROR"))
            self.assertEqual(error.text("en_US"), "The number is taken.")

    def _of_violation(self, violation):
        try:
            raise ValidationError("The number is taken.") from violation()
        except ValidationError as exception:
            return errors.from_exception(exception)

    def _title_refused(self, title="After"):
        task = self._task("Before")
        with mute_logger(*_LOGGERS, "odoo.sql_db"):
            answer = self.api(
                "PATCH", f"/cards/task:{task.id}", {"title": title}, user=self.manager
            )
        error = self.assertRefused(answer, 400, "VALIDATION_ERROR", "body")
        self.assertEqual(task.name, "Before")
        return error["message"]

    def test_a_check_of_the_database_does_not_show_the_row(self):
        self.env.cr.execute(
            "ALTER TABLE project_task ADD CONSTRAINT x_no_secret"
            " CHECK (name NOT LIKE 'secret%') NOT VALID"
        )
        told = self._title_refused("secret plan")
        self.assertIn("x_no_secret", told)
        self.assertNotIn("secret plan", told)

    def test_a_required_field_is_named_as_people_know_it(self):
        self.env.cr.execute(
            "UPDATE project_task SET email_cc = '';"
            "ALTER TABLE project_task ALTER COLUMN email_cc SET NOT NULL"
        )
        with mute_logger(*_LOGGERS, "odoo.sql_db"):
            answer = self.api(
                "POST",
                "/cards",
                {
                    "board_id": f"project:{self.board.id}",
                    "stage_id": f"stage:{self.todo.id}",
                    "title": "New",
                },
                user=self.manager,
            )
        error = self.assertRefused(answer, 400, "VALIDATION_ERROR", "body")
        field = self.env["ir.model.fields"]._get("project.task", "email_cc")
        self.assertIn(field.field_description, error["message"])

    def test_a_value_that_the_database_cannot_hold(self):
        self.env.cr.execute(
            "ALTER TABLE ipai_taskboard_checklist_item ALTER name TYPE varchar(10)"
        )
        task = self._task()
        line = {"id": "a", "text": "x" * 11, "done": False}
        with mute_logger(*_LOGGERS, "odoo.sql_db"):
            answer = self.api(
                "PATCH",
                f"/cards/task:{task.id}",
                {"checklist": [line]},
                user=self.manager,
            )
        error = self.assertRefused(answer, 400, "VALIDATION_ERROR", "body")
        self.assertIn("longer", error["message"])

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
