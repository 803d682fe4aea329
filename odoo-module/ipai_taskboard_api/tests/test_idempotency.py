# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import uuid
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..services import card_changes
from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestIdempotency(TaskboardCase):
    def setUp(self):
        super().setUp()
        self.key = str(uuid.uuid4())
        self.body = {
            "board_id": f"project:{self.board.id}",
            "stage_id": f"stage:{self.todo.id}",
            "title": f"Card {self.key}",
        }

    def _create(self, user=None, key=None, **changes):
        return self.api(
            "POST",
            "/cards",
            {**self.body, **changes},
            user=user or self.manager,
            headers={"Idempotency-Key": key or self.key},
        )

    def _rows(self):
        return self.env["ipai.taskboard.idempotency"].search([("key", "=", self.key)])

    def _cards(self):
        return self.env["project.task"].search_count(
            [("name", "=", self.body["title"])]
        )

    def test_answer_is_kept_and_replayed(self):
        first = self._create()
        self.assertEqual(first.status_code, 201, first.text)
        self.assertEqual(self._rows().user_id, self.manager)
        again = self._create(key=f'"{self.key.upper()}"')
        self.assertEqual(again.content, first.content)
        self.assertEqual(again.headers["ETag"], first.headers["ETag"])
        self.assertEqual(self._cards(), 1)

    def test_refusal_keeps_nothing(self):
        self.assertRefused(self._create(title=" "), 400, "VALIDATION_ERROR", "title")
        self.assertFalse(self._rows())
        self.assertEqual(self._create().status_code, 201)

    def test_failure_keeps_nothing(self):
        created = card_changes.create

        def create_and_fail(project, body):
            created(project, body)
            raise RuntimeError("after the effect")

        loggers = ("odoo.http", "odoo.addons.ipai_taskboard_api.errors")
        with mute_logger(*loggers), patch.object(
            card_changes, "create", create_and_fail
        ):
            self.assertEqual(self._create().status_code, 500)
        self.assertFalse(self._rows())
        self.assertEqual(self._cards(), 0)

    def test_other_request_under_the_same_key(self):
        self._create()
        self.assertRefused(self._create(title="Other"), 422, "IDEMPOTENCY_MISMATCH")
        self.assertEqual(len(self._rows()), 1)

    def test_key_belongs_to_its_user(self):
        self._create()
        other = self._create(user=self.member)
        self.assertEqual(other.status_code, 201, other.text)
        self.assertEqual(self._cards(), 2)
        self.assertEqual(self._rows().user_id, self.manager | self.member)

    def test_keys_are_forgotten_after_seven_days(self):
        rows = self.env["ipai.taskboard.idempotency"]
        now = fields.Datetime.now()
        for age in (6, 8):
            rows.create(
                {
                    "user_id": self.manager.id,
                    "key": f"{age} days",
                    "fingerprint": "x",
                    "create_date": now - timedelta(days=age),
                }
            )
        rows.flush_model()
        rows._gc_keys()
        rows.invalidate_model()
        kept = rows.search([("key", "like", "days")])
        self.assertEqual(kept.mapped("key"), ["6 days"])
