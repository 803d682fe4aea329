# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..services import boards, parameters
from .common import TaskboardCase

_ORIGIN = "https://board.example.com"
_LOGGERS = ("odoo.http", "odoo.addons.ipai_taskboard_api.errors")


@tagged("post_install", "-at_install", "taskboard")
class TestCors(TaskboardCase):
    def _allow(self, text=f"http://localhost:8000,\n {_ORIGIN}"):
        system_parameters = self.env["ir.config_parameter"].sudo()
        system_parameters.set_param(parameters.CORS_ORIGINS, text)

    def _preflight(self, path="/boards", origin=_ORIGIN, method="POST"):
        headers = {"Origin": origin, "Access-Control-Request-Method": method}
        return self.api("OPTIONS", path, headers=headers)

    def _cors_headers(self, answer):
        return {
            name.lower(): value
            for name, value in answer.headers.items()
            if name.lower().startswith("access-control-") or name.lower() == "vary"
        }

    def test_none_by_default(self):
        answer = self._preflight()
        self.assertRefused(answer, 405, "METHOD_NOT_ALLOWED")
        self.assertEqual(answer.headers["Allow"], "GET, HEAD, POST")
        self.assertEqual(self._cors_headers(answer), {})
        answer = self.api("GET", "/me", user=self.member, headers={"Origin": _ORIGIN})
        self.assertEqual(self._cors_headers(answer), {})

    def test_preflight_of_a_listed_origin(self):
        self._allow()
        answer = self._preflight()
        self.assertEqual((answer.status_code, answer.content), (204, b""))
        headers = self._cors_headers(answer)
        wanted = headers.pop("access-control-allow-headers").lower().split(", ")
        self.assertEqual(
            set(wanted),
            {
                "authorization",
                "content-type",
                "idempotency-key",
                "if-match",
                "if-none-match",
                "x-api-key",
                "x-odoo-database",
                "x-request-id",
            },
        )
        self.assertEqual(
            headers,
            {
                "access-control-allow-origin": _ORIGIN,
                "access-control-allow-methods": "GET, HEAD, POST",
                "access-control-expose-headers": (
                    "ETag, Retry-After, X-Contract-Version, X-Request-Id"
                ),
                "access-control-max-age": "600",
                "vary": "Origin",
            },
        )

    def test_preflight_of_anybody_else(self):
        self._allow()
        for origin in (
            "https://evil.example",
            "https://board.example.com.evil.example",
            "https://board.example.com:444",
            "http://board.example.com",
            "HTTPS://board.example.com",
            "null",
            "*",
        ):
            answer = self._preflight(origin=origin)
            self.assertRefused(answer, 405, "METHOD_NOT_ALLOWED")
            self.assertEqual(self._cors_headers(answer), {"vary": "Origin"})

    def test_options_that_is_no_preflight(self):
        self._allow()
        answer = self.api("OPTIONS", "/boards", headers={"Origin": _ORIGIN})
        self.assertRefused(answer, 405, "METHOD_NOT_ALLOWED")

    def test_preflight_of_an_unknown_route(self):
        self._allow()
        for path in ("/nonsense", "/metrics"):
            self.assertRefused(self._preflight(path), 404, "NOT_FOUND")

    @mute_logger(*_LOGGERS)
    def test_answers_and_refusals_are_shown_to_the_page(self):
        self._allow()
        headers = {"Origin": _ORIGIN}
        task = self._task()
        stale = {**headers, "If-Match": '"old"'}
        with patch.object(boards, "page", side_effect=RuntimeError):
            broken = self.api("GET", "/boards", user=self.member, headers=headers)
        card = f"/cards/task:{task.id}"
        for status, answer in (
            (200, self.api("GET", "/health", headers=headers)),
            (400, self.api("GET", "/me?x=1", user=self.member, headers=headers)),
            (401, self.api("GET", "/me", headers=headers)),
            (404, self.api("GET", "/nonsense", headers=headers)),
            (405, self.api("PUT", "/me", headers=headers)),
            (412, self.api("DELETE", card, user=self.manager, headers=stale)),
            (204, self.api("DELETE", card, user=self.manager, headers=headers)),
            (500, broken),
        ):
            with self.subTest(status=status):
                self.assertEqual(answer.status_code, status)
                shown = self._cors_headers(answer)
                self.assertEqual(shown["access-control-allow-origin"], _ORIGIN)
                self.assertIn("X-Request-Id", shown["access-control-expose-headers"])
                self.assertEqual(shown["vary"], "Origin")
                self.assertNotIn("access-control-allow-credentials", shown)

    def test_list_of_origins_is_checked(self):
        for wrong in (
            "*",
            "null",
            "board.example.com",
            f"{_ORIGIN}/",
            f"{_ORIGIN}/path",
            "https://*.example.com",
            "https://Board.example.com",
            f"{_ORIGIN}, nonsense",
        ):
            with self.subTest(wrong=wrong), self.assertRaises(ValidationError):
                self._allow(wrong)
        self._allow(f"{_ORIGIN} http://[::1]:3000,vscode-webview://abc")
        self._allow("")
        self.assertEqual(self._preflight().status_code, 405)
