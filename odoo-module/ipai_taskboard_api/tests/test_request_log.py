# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import logging
from unittest.mock import patch

from odoo.tests.common import tagged

from ..services import boards
from ..services.mapping import CONTRACT_VERSION
from .common import TaskboardCase

_LOGGER = "odoo.addons.ipai_taskboard_api.requests"


@tagged("post_install", "-at_install", "taskboard")
class TestRequestLog(TaskboardCase):
    def _logged(self, *args, **kwargs):
        """The answer to a request, and the one line that it left in the log."""
        with self.assertLogs(_LOGGER, logging.INFO) as logs:
            answer = self.api(*args, **kwargs)
        [record] = logs.records
        return answer, json.loads(record.getMessage())

    def test_line_tells_all_and_no_more(self):
        path = f"/boards/project:{self.board.id}/cards?q=secret-words"
        answer, line = self._logged("GET", path, user=self.member)
        self.assertGreater(line.pop("duration_ms"), 0)
        self.assertGreater(line.pop("queries"), 3)
        self.assertEqual(
            line,
            {
                "event": "request",
                "request_id": answer.headers["X-Request-Id"],
                "method": "GET",
                "route": "/api/v1/boards/<board_id>/cards",
                "status": 200,
                "user_id": self.member.id,
                "contract_version": CONTRACT_VERSION,
            },
        )

    def test_neither_token_nor_body_nor_query_is_logged(self):
        token = self._token(self.member)
        body = {"username": self.member.login, "password": "body-secret"}
        with self.assertLogs("odoo.addons", logging.INFO) as logs:
            self.api("GET", "/boards?q=query-secret", token=token)
            self.api("GET", "/me", headers={"X-API-Key": "key-secret"})
            self.api("POST", "/auth/token", body)
        text = "\n".join(logs.output)
        self.assertEqual(text.count('"event": "request"'), 3)
        for secret in (token, "body-secret", "query-secret", "key-secret"):
            self.assertNotIn(secret, text)

    def test_clients_id_is_kept(self):
        headers = {"X-Request-Id": "editor-1.2_3"}
        answer, line = self._logged("GET", "/me", user=self.member, headers=headers)
        self.assertEqual(answer.headers["X-Request-Id"], "editor-1.2_3")
        self.assertEqual(line["request_id"], "editor-1.2_3")

    def test_strange_id_is_replaced(self):
        for strange in ("", "x" * 65, 'a"b', "a b", "<script>", "é"):
            headers = {"X-Request-Id": strange.encode()}
            answer, line = self._logged("GET", "/health", headers=headers)
            self.assertRegex(answer.headers["X-Request-Id"], "^[0-9a-f]{32}$")
            self.assertEqual(line["request_id"], answer.headers["X-Request-Id"])

    def test_every_refusal_has_an_id_and_a_line(self):
        card = "/cards/task:2147483647"
        for method, path, user, status, route in (
            ("GET", "/nonsense", None, 404, None),
            ("PUT", "/boards", None, 405, None),
            ("OPTIONS", "/boards", None, 405, "/api/v1/boards"),
            ("GET", "/boards", None, 401, "/api/v1/boards"),
            ("GET", "/cards/task:x", self.member, 400, "/api/v1/cards/<card_id>"),
            ("GET", card, self.member, 404, "/api/v1/cards/<card_id>"),
            ("DELETE", card, self.member, 404, "/api/v1/cards/<card_id>"),
            ("HEAD", "/me", self.member, 200, "/api/v1/me"),
        ):
            with self.subTest(method=method, path=path):
                headers = {"X-Request-Id": "mine"}
                answer, line = self._logged(method, path, user=user, headers=headers)
                self.assertEqual(answer.status_code, status)
                self.assertEqual(answer.headers["X-Request-Id"], "mine")
                self.assertEqual(
                    [line[key] for key in ("status", "method", "route", "user_id")],
                    [status, method, route, user and user.id],
                )

    def test_internal_error_is_found_by_reference_and_by_id(self):
        error = RuntimeError("the original")
        headers = {"X-Request-Id": "mine"}
        with patch.object(boards, "page", side_effect=error), self.assertLogs(
            "odoo", logging.INFO
        ) as logs:
            answer = self.api("GET", "/boards", user=self.member, headers=headers)
        reference = self.assertRefused(answer, 500, "INTERNAL_ERROR")["details"][
            "reference"
        ]
        [failure] = [record for record in logs.records if record.exc_info]
        self.assertEqual(failure.levelno, logging.ERROR)
        self.assertIn(reference, failure.getMessage())
        self.assertIn("mine", failure.getMessage())
        self.assertIs(failure.exc_info[1], error)
        [line] = [record for record in logs.records if record.name == _LOGGER]
        self.assertEqual(json.loads(line.getMessage())["reference"], reference)
