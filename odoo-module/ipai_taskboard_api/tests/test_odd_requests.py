# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests that no client of ours sends: what comes back is the contract's, still."""

import json
import socket
import time
from contextlib import nullcontext
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..services import request_body
from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestOddRequests(TaskboardCase):
    def _raw(self, lines, body=b"", then=None):
        """(status, headers, body) of a request written by hand."""
        site = urlsplit(self.base_url())
        self.env.flush_all()
        address = (site.hostname, site.port)
        # Odoo 19 lets no request in that the test has not announced.
        announced = getattr(self, "allow_requests", nullcontext)
        with announced(), socket.create_connection(address, timeout=60) as wire:
            head = "\r\n".join([*lines, *self._cookie(), "Connection: close", "", ""])
            wire.sendall(head.encode() + body)
            if then:
                then(wire)
            answer = b""
            while part := wire.recv(65536):
                answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *others = head.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in others)
        self.assertEqual(headers.get("x-contract-version"), "1.0.0", first)
        return int(first.split()[1]), headers, json.loads(body or b"null")

    def _cookie(self):
        """What Odoo's test server knows this test's requests by."""
        return [
            f"Cookie: {name}={value}" for name, value in self.opener.cookies.items()
        ]

    def _patch(self, *lines):
        task = self._task()
        return [
            f"PATCH /api/v1/cards/task:{task.id} HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {self._token(self.manager)}",
            "Content-Type: application/json",
            *lines,
        ]

    def test_addresses_that_odoo_has_no_route_for(self):
        for path in ("/api/v1//boards", "/api//v1/boards", "/api/v1/boards%0a"):
            lines = [f"GET {path} HTTP/1.1", "Host: localhost"]
            status, _headers, body = self._raw(lines)
            self.assertEqual((status, body["error"]["code"]), (404, "NOT_FOUND"), path)

    def test_no_host(self):
        for version in ("1.0", "1.1"):
            status, _headers, body = self._raw([f"GET /api/v1/boards HTTP/{version}"])
            self.assertEqual((status, body["error"]["code"]), (401, "UNAUTHORIZED"))

    def test_a_body_that_stops_half_way(self):
        lines = self._patch("Content-Length: 500")
        status, _headers, body = self._raw(
            lines, b'{"tit', lambda wire: wire.shutdown(socket.SHUT_WR)
        )
        self.assertEqual((status, body["error"]["code"]), (400, "VALIDATION_ERROR"))
        self.assertEqual(body["error"]["details"]["field"], "body")

    def test_a_chunk_without_a_length(self):
        lines = self._patch("Transfer-Encoding: chunked")
        status, _headers, body = self._raw(lines, b"zz\r\n")
        self.assertEqual((status, body["error"]["code"]), (400, "VALIDATION_ERROR"))

    def test_a_body_that_comes_byte_by_byte_is_not_waited_for(self):
        def drip(wire):
            wire.settimeout(0.1)
            for _each in range(600):
                try:
                    wire.send(b" ")
                    if wire.recv(1, socket.MSG_PEEK):
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
            wire.settimeout(60)

        lines = self._patch("Content-Length: 500000")
        begun = time.monotonic()
        with patch.object(request_body, "READ_SECONDS", 1):
            status, headers, body = self._raw(lines, b"{", drip)
        self.assertEqual((status, body["error"]["code"]), (503, "SERVICE_UNAVAILABLE"))
        self.assertTrue(int(headers["retry-after"]))
        # It would take a minute until all of it had been dripped.
        self.assertLess(time.monotonic() - begun, 45)

    @mute_logger("odoo.http")
    def test_lists_are_bounded(self):
        task = self._task()
        lines = [{"id": str(one), "text": "x", "done": False} for one in range(1001)]
        for key, value in (
            ("owners", [1] * 200_000),
            ("tags", ["tag:1"] * 1001),
            ("watchers", [self.manager.partner_id.id] * 1001),
            ("dependencies", [{"type": "blocks", "task_id": "task:1"}] * 1001),
            ("checklist", lines),
        ):
            answer = self.api(
                "PATCH", f"/cards/task:{task.id}", {key: value}, user=self.manager
            )
            error = self.assertRefused(answer, 400, "VALIDATION_ERROR", key)
            self.assertIn("1000", error["message"])
        whole = {"checklist": lines[:1000]}
        answer = self.api("PATCH", f"/cards/task:{task.id}", whole, user=self.manager)
        self.assertEqual(answer.status_code, 200, answer.text)
