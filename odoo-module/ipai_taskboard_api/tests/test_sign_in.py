# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessDenied
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .. import compat
from ..services import api_keys, sign_in
from ..services.api_keys import SCOPE
from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestSignIn(TaskboardCase):
    def _ask(self, password="taskboard_member"):
        body = {"username": self.member.login, "password": password}
        return self.api("POST", "/auth/token", body)

    def test_password_becomes_a_token_of_our_scope(self):
        answer = self._ask()
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json()["expires_in"], 86400)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        token = answer.json()["token"]
        self.assertEqual(
            self.api("GET", "/me", token=token).json()["user_id"], self.member.id
        )
        keys = self.env["res.users.apikeys"]
        self.assertEqual(
            keys._check_credentials(scope="taskboard", key=token), self.member.id
        )
        self.assertFalse(keys._check_credentials(scope="rpc", key=token))

    def test_odoo_key_signs_in(self):
        token = self._token(self.member, scope=None)
        for headers in (
            {"Authorization": f"Bearer {token}"},
            {"Authorization": f"bearer {token}"},
            {"X-API-Key": token},
            {"X-API-Key": token, "Authorization": "Basic eDp5"},
        ):
            self.assertEqual(self.api("GET", "/me", headers=headers).status_code, 200)

    def test_key_that_is_no_longer_good(self):
        expired = self._token(self.member, expires_in=-60)
        self.assertRefused(self.api("GET", "/me", token=expired), 401, "UNAUTHORIZED")
        foreign = self._token(self.member, scope="another")
        self.assertRefused(self.api("GET", "/me", token=foreign), 401, "UNAUTHORIZED")
        token = self._token(self.member)
        self.assertEqual(self.api("GET", "/me", token=token).status_code, 200)
        self.member.active = False
        self.assertRefused(self.api("GET", "/me", token=token), 401, "UNAUTHORIZED")

    def test_key_is_hashed_once_and_looked_up_every_time(self):
        token = self._token(self.member)
        hashed = []
        keys = self.registry["res.users.apikeys"]
        check = keys._check_credentials

        def observed(records, **credentials):
            hashed.append(credentials)
            return check(records, **credentials)

        with patch.object(keys, "_check_credentials", observed):
            for _ in range(3):
                answer = self.api("GET", "/me", token=token)
                self.assertEqual(answer.json()["user_id"], self.member.id)
        self.assertEqual(len(hashed), 1)
        stored = self.member.sudo().api_key_ids
        self.env.cr.execute(
            "UPDATE res_users_apikeys SET expiration_date = %s WHERE id IN %s",
            (fields.Datetime.now() - timedelta(days=1), tuple(stored.ids)),
        )
        self.assertRefused(self.api("GET", "/me", token=token), 401, "UNAUTHORIZED")
        self.env.cr.execute("UPDATE res_users_apikeys SET expiration_date = NULL")
        self.assertEqual(self.api("GET", "/me", token=token).status_code, 200)
        stored._remove()
        self.assertRefused(self.api("GET", "/me", token=token), 401, "UNAUTHORIZED")

    def test_bad_bearer_is_not_saved_by_another_credential(self):
        headers = {"X-API-Key": self._token(self.member)}
        answer = self.api("GET", "/me", token="wrong", headers=headers)
        self.assertRefused(answer, 401, "UNAUTHORIZED")

    def test_refused_tokens_are_told_apart_by_nobody(self):
        other = self._token(self.employee)
        self.employee.active = False
        expired = self._token(self.member, expires_in=-60)
        good = self._token(self.member)
        answers = {
            self.api("GET", "/boards", token=token).content
            for token in (
                "0" * 40,
                good[:8] + "0" * 32,
                good + "0",
                expired,
                other,
                self._token(self.member, scope="another"),
                "no token at all",
            )
        }
        self.assertEqual(len(answers), 1, answers)

    def test_revoked_token_is_no_longer_good(self):
        tokens = [self._ask().json()["token"] for _ in range(2)]
        answer = self.api("DELETE", "/auth/token", token=tokens[0])
        self.assertEqual((answer.status_code, answer.content), (204, b""))
        for method, path in (("GET", "/me"), ("DELETE", "/auth/token")):
            answer = self.api(method, path, token=tokens[0])
            self.assertRefused(answer, 401, "UNAUTHORIZED")
        self.assertEqual(self.api("GET", "/me", token=tokens[1]).status_code, 200)
        headers = {"X-API-Key": tokens[1], "Idempotency-Key": "nonsense"}
        answer = self.api("DELETE", "/auth/token", headers=headers)
        self.assertEqual(answer.status_code, 204, "an Idempotency-Key is ignored here")

    @mute_logger("odoo.http")
    def test_only_our_own_tokens_are_revoked(self):
        key = self._token(self.member, scope=None)
        answer = self.api("DELETE", "/auth/token", token=key)
        self.assertRefused(answer, 403, "PERMISSION_DENIED")
        self.assertEqual(self.api("GET", "/me", token=key).status_code, 200)
        self.authenticate(self.member.login, self.member.login)
        headers = {"Content-Type": "application/json"}
        answer = self.api("DELETE", "/auth/token", headers=headers)
        self.assertRefused(answer, 403, "PERMISSION_DENIED")

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_failed_sign_ins_are_throttled(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("base.login_cooldown_after", "3")
        parameters.set_param("base.login_cooldown_duration", "42")
        for _ in range(3):
            self.assertRefused(self._ask("wrong"), 401, "UNAUTHORIZED")
        answer = self._ask()
        self.assertRefused(answer, 429, "RATE_LIMITED")
        self.assertIn(answer.headers["Retry-After"], ("41", "42"))
        [source] = self.registry._login_failures
        failures, _last = self.registry._login_failures[source]
        earlier = datetime.now() - timedelta(seconds=40)
        self.registry._login_failures[source] = (failures, earlier)
        self.assertIn(self._ask().headers["Retry-After"], ("1", "2"))
        earlier = datetime.now() - timedelta(seconds=42)
        self.registry._login_failures[source] = (failures, earlier)
        self.assertEqual(self._ask().status_code, 200)

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_unknown_user_is_refused_like_a_wrong_password(self):
        wrong = self._ask("wrong")
        self.assertRefused(wrong, 401, "UNAUTHORIZED")
        hashes = []
        users = self.registry["res.users"]
        context = users._crypt_context

        def observed(records):
            hashes.append(records)
            return context(records)

        with patch.object(users, "_crypt_context", observed):
            body = {"username": "nobody", "password": "wrong"}
            unknown = self.api("POST", "/auth/token", body)
        self.assertEqual(unknown.status_code, 401)
        self.assertEqual(unknown.content, wrong.content)
        self.assertTrue(hashes, "answered without the time that hashing takes")

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_two_factor_user_needs_an_api_key(self):
        if "totp_secret" not in self.env["res.users"]._fields:
            self.skipTest("two-factor sign-in is not installed")
        wrong = self._ask("wrong")
        self.member.sudo().totp_secret = "A" * 32
        error = self.assertRefused(self._ask(), 401, "UNAUTHORIZED")
        self.assertIn("API key", error["message"])
        self.assertEqual(self._ask("wrong").content, wrong.content)
        key = self._token(self.member, scope=None)
        answer = self.api("GET", "/me", token=key)
        self.assertEqual(answer.status_code, 200)
        answer = self._ask(key)
        self.assertEqual(answer.status_code, 200, answer.text)
        answer = self.api("GET", "/me", token=answer.json()["token"])
        self.assertEqual(answer.json()["user_id"], self.member.id)

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_two_factor_password_is_throttled_too(self):
        if "totp_secret" not in self.env["res.users"]._fields:
            self.skipTest("two-factor sign-in is not installed")
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("base.login_cooldown_after", "2")
        self.member.sudo().totp_secret = "A" * 32
        self.assertRefused(self._ask("wrong"), 401, "UNAUTHORIZED")
        self.assertRefused(self._ask(), 401, "UNAUTHORIZED")
        self.assertRefused(self._ask(), 429, "RATE_LIMITED")

    def _tokens(self, user=None):
        keys = self.env["res.users.apikeys"].sudo()
        ours = [("user_id", "=", (user or self.member).id), ("scope", "=", SCOPE)]
        return keys.search(ours, order="id")

    def _works(self, token):
        return self.api("GET", "/me", token=token).status_code == 200

    def test_token_ends_with_its_password(self):
        own_key = self._token(self.member, scope=None)
        other = self._token(self.manager)
        as_member = self.env["res.users"].with_user(self.member)
        for change in (
            lambda: self.member.write({"password": "another one"}),
            lambda: as_member.change_password(self.member.login, "a third one"),
            lambda: self.member.write({"active": False}),
        ):
            self._forget_the_change()
            self.member.password = self.member.login
            self._forget_the_change()
            token = self._ask().json()["token"]
            self.assertTrue(self._works(token))
            change()
            self.assertFalse(self._tokens())
            self.assertFalse(self._works(token))
            self.member.active = True
            self.assertFalse(self._works(token), "nor with the user's return")
        self.assertTrue(self._works(own_key), "their own keys are for them to remove")
        self.assertTrue(self._works(other))

    def _forget_the_change(self):
        # All of a test is one transaction, and at one moment: before any change in it.
        self.env.cr.execute("UPDATE res_users SET taskboard_tokens_since = now()")

    def test_token_given_out_at_the_moment_of_the_change(self):
        token = self._token(self.member)
        self.assertTrue(self._works(token))
        self.env.cr.execute(
            "UPDATE res_users SET taskboard_tokens_since ="
            " now() AT TIME ZONE 'UTC' + interval '1 ms' WHERE id = %s",
            [self.member.id],
        )
        self.assertFalse(self._works(token), "whether or not it was hashed before")
        api_keys._matching.clear()
        self.assertFalse(self._works(token))
        answer = self.api("DELETE", "/auth/token", token=token)
        self.assertRefused(answer, 401, "UNAUTHORIZED")

    def test_other_changes_of_a_user_end_nothing(self):
        token = self._ask().json()["token"]
        self.member.write({"name": "Renamed", "tz": "Asia/Tokyo", "active": True})
        self.assertTrue(self._works(token))

    def test_token_ends_with_the_key_it_was_got_with(self):
        key = self._token(self.member, expires_in=600, scope=None)
        answer = self._ask(key).json()
        self.assertTrue(590 <= answer["expires_in"] <= 600, answer["expires_in"])
        self.assertTrue(self._works(answer["token"]))
        stored = self.member.sudo().api_key_ids - self._tokens()
        stored.unlink()
        self.assertFalse(self._works(answer["token"]))

    def test_tokens_of_a_user_are_bounded(self):
        kept = self._token(self.member, scope=None)
        with patch.object(sign_in, "MAX_TOKENS", 3):
            tokens = [self._ask().json()["token"] for _ in range(5)]
        self.assertEqual(
            [self._works(token) for token in tokens], [False] * 2 + [True] * 3
        )
        self.assertTrue(self._works(kept))

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_no_odd_name_or_password_is_more_than_a_failed_sign_in(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("base.login_cooldown_after", "3")
        login, wrong = self.member.login, self._ask("wrong")
        for body in (
            {"username": login, "password": "x" * 4096},
            {"username": login, "password": "x" * 4097},
            {"username": login, "password": "\u00e9" * 100_000},
            {"username": "x" * 321, "password": "wrong"},
            {"username": "x" * 400_000, "password": "wrong"},
            {"username": f"{login}\nLogin successful for login:admin", "password": "x"},
            {"username": "\u202e%s\t", "password": "%s %(login)s"},
            {"username": " ", "password": " "},
        ):
            self.registry._login_failures.clear()
            for _ in range(3):
                answer = self.api("POST", "/auth/token", body)
                self.assertRefused(answer, 401, "UNAUTHORIZED")
                self.assertEqual(answer.content, wrong.content)
            answer = self.api("POST", "/auth/token", body)
            self.assertRefused(answer, 429, "RATE_LIMITED")
        # What no text can be is told apart, and tells nothing.
        for odd in ("\0", "a\0b", "\ud800"):
            for key in ("username", "password"):
                body = {"username": login, "password": login, key: odd}
                answer = self.api("POST", "/auth/token", body)
                self.assertRefused(answer, 400, "VALIDATION_ERROR", key)

    @mute_logger("odoo.http")
    def test_no_odd_name_reaches_odoo_which_would_log_it(self):
        asked = []

        def verify(_env, login, _password):
            asked.append(login)
            raise AccessDenied()

        names = ("no\nuser", "\x1b[2Jno user", "no user" * 100, "No user@x.example")
        with patch.object(compat, "verify_password", verify):
            for name in names:
                body = {"username": name, "password": "x"}
                answer = self.api("POST", "/auth/token", body)
                self.assertRefused(answer, 401, "UNAUTHORIZED")
        self.assertEqual(asked, ["No user@x.example"])

    def test_cookie_signs_in_but_not_for_foreign_pages(self):
        self.authenticate(self.member.login, self.member.login)
        self.assertEqual(self.api("GET", "/me").json()["user_id"], self.member.id)
        task = self._task("By cookie")
        path = f"/cards/task:{task.id}"
        plain = {"Content-Type": "text/plain"}
        answer = self.api("PATCH", path, b'{"title": "x"}', headers=plain)
        self.assertRefused(answer, 415, "UNSUPPORTED_MEDIA_TYPE")
        answer = self.api("DELETE", path)
        self.assertRefused(answer, 415, "UNSUPPORTED_MEDIA_TYPE")
        foreign = {"Sec-Fetch-Site": "cross-site"}
        answer = self.api("PATCH", path, {"title": "x"}, headers=foreign)
        self.assertRefused(answer, 401, "UNAUTHORIZED")
        self.assertEqual((task.name, task.active), ("By cookie", True))
        answer = self.api("PATCH", path, {"title": "Mine"})
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(task.name, "Mine")

    def test_no_session_is_made(self):
        answer = self.api("GET", "/boards", user=self.member)
        self.assertNotIn("Set-Cookie", answer.headers)
