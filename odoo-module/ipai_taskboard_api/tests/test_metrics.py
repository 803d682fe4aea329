# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import tempfile
from pathlib import Path
from unittest.mock import patch

from prometheus_client.parser import text_string_to_metric_families

from odoo.exceptions import ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..services import metrics_store, parameters
from .common import TaskboardCase

_SECRET = "a-secret-of-the-tests"


@tagged("post_install", "-at_install", "taskboard")
class TestMetrics(TaskboardCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "new"
        self.enterContext(patch.object(metrics_store, "_folder", lambda: self.folder))
        self.enterContext(patch.object(metrics_store, "_stores", {}))

    def _turn_on(self, secret=_SECRET):
        system_parameters = self.env["ir.config_parameter"].sudo()
        system_parameters.set_param(parameters.METRICS_TOKEN, secret)

    def _samples(self, name):
        """The values of one metric, by its labels in the order of their names."""
        answer = self.api("GET", "/metrics", token=_SECRET)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertTrue(answer.headers["Content-Type"].startswith("text/plain"))
        return {
            tuple(sample.labels[label] for label in sorted(sample.labels)): sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
            if sample.name == name
        }

    def test_off_looks_like_no_route(self):
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            answer = self.api(method, "/metrics", token=_SECRET)
            nothing = self.api(method, "/nonsense", token=_SECRET)
            self.assertEqual(answer.status_code, 404)
            self.assertEqual(answer.content, nothing.content)
        self.assertFalse(self.folder.exists(), "counted although nobody asked")

    def test_needs_its_secret(self):
        self._turn_on()
        key = self._token(self.env.ref("base.user_admin"), scope=None)
        for headers in (
            {},
            {"Authorization": "Bearer wrong"},
            {"Authorization": "Bearer é".encode()},
            {"Authorization": f"Bearer {key}"},
            {"X-API-Key": _SECRET},
        ):
            answer = self.api("GET", "/metrics", headers=headers)
            self.assertRefused(answer, 401, "UNAUTHORIZED")
        answer = self.api("GET", "/metrics", token=_SECRET)
        self.assertEqual(answer.status_code, 200)

    def test_secret_that_could_be_guessed_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "20"):
            self._turn_on("short")

    @mute_logger("odoo.http")
    def test_requests_are_counted_by_method_route_and_status(self):
        self._turn_on()
        for _ in range(3):
            self.api("GET", "/me", user=self.member)
        self.api("GET", "/boards", user=self.portal)
        self.api("GET", "/boards", token="wrong")
        self.api("BREW", "/nonsense")
        expected = {
            ("GET", "/api/v1/me", "200"): 3,
            ("GET", "/api/v1/boards", "200"): 1,
            ("GET", "/api/v1/boards", "401"): 1,
            ("OTHER", "none", "404"): 1,
        }
        self.assertEqual(self._samples("taskboard_requests_total"), expected)
        expected["GET", "/api/v1/metrics", "200"] = 1
        durations = self._samples("taskboard_request_duration_seconds_count")
        self.assertEqual(durations, expected)
        seconds = self._samples("taskboard_request_duration_seconds_sum")
        self.assertTrue(all(0 < value < 60 for value in seconds.values()), seconds)
        queries = self._samples("taskboard_sql_queries_total")
        self.assertGreater(queries["GET", "/api/v1/me", "200"], 3 * 3)
        self.assertGreater(
            self._samples("taskboard_sql_seconds_total")["GET", "/api/v1/me", "200"], 0
        )
        self.assertEqual(self._samples("taskboard_active_users"), {(): 2})

    def test_user_is_active_for_five_minutes(self):
        self._turn_on()
        self.api("GET", "/me", user=self.member)
        with patch.object(metrics_store, "ACTIVE_SECONDS", 0):
            self.assertEqual(self._samples("taskboard_active_users"), {(): 0})
        self.assertEqual(self._samples("taskboard_active_users"), {(): 1})

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_sign_ins_that_failed_are_counted(self):
        self._turn_on()
        system_parameters = self.env["ir.config_parameter"].sudo()
        system_parameters.set_param("base.login_cooldown_after", "2")
        wrong = {"username": self.member.login, "password": "wrong"}
        for _ in range(3):
            self.api("POST", "/auth/token", wrong)
        self.api("GET", "/me", token="wrong")
        refused = self._samples("taskboard_sign_ins_refused_total")
        self.assertEqual(refused, {(): 3})
        limited = self._samples("taskboard_sign_ins_limited_total")
        self.assertEqual(limited, {(): 1})

    def test_boards_and_their_cards(self):
        self._turn_on()
        boards = self._samples("taskboard_boards")[()]
        small = self._samples("taskboard_board_cards_bucket")[("10",)]
        large = self._samples("taskboard_board_cards_bucket")[("25",)]
        cards = self._samples("taskboard_board_cards_sum")[()]
        board = self._board("Twelve", "followers")
        self.env["project.task"].create(
            [
                {"name": "x", "project_id": board.id, "stage_id": board.type_ids[0].id}
                for _ in range(12)
            ]
        )
        self.assertEqual(self._samples("taskboard_boards"), {(): boards + 1})
        buckets = self._samples("taskboard_board_cards_bucket")
        self.assertEqual((buckets[("10",)], buckets[("25",)]), (small, large + 1))
        self.assertEqual(buckets[("+Inf",)], boards + 1)
        self.assertEqual(self._samples("taskboard_board_cards_sum"), {(): cards + 12})

    def test_file_that_cannot_be_written_breaks_no_request(self):
        self._turn_on()
        self.folder.write_text("in the way")
        with self.assertLogs(metrics_store.__name__, "WARNING"):
            answer = self.api("GET", "/me", user=self.member)
        self.assertEqual(answer.status_code, 200)

    def test_counters_are_for_odoo_alone_and_go_with_the_addon(self):
        self._turn_on()
        self.api("GET", "/me", user=self.member)
        self.assertEqual(self.folder.stat().st_mode & 0o777, 0o700)
        files = {path.name for path in self.folder.iterdir()} - {"lock"}
        self.assertTrue(files)
        self.assertTrue(all(name.startswith(self.env.cr.dbname) for name in files))
        metrics_store.forget(self.env.cr.dbname)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["lock"])
