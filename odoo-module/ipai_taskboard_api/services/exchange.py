# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One request and its answer, as whoever runs the server sees them.

Never a token, a body or a query string: what is kept here goes to the log.
"""

import json
import logging
import re
import threading
import time
import uuid

from odoo import http

from .mapping import CONTRACT_VERSION

# Its own logger, so that log_handler can route or silence it.
_requests = logging.getLogger("odoo.addons.ipai_taskboard_api.requests")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# Any word may come as a method, and each would become a series of its own.
_METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE", "PUT", "OPTIONS")


class Exchange:
    """What is noted of a request until its answer is sent.

    ``request_id``: the client's X-Request-Id when it is a harmless one, else
    our own; every answer carries it. ``route`` is the template of the endpoint
    (None when there is none), ``reference`` that of an internal error,
    ``store`` where the request is counted (None: nowhere), ``origins`` whose
    pages may see the answer, ``lang`` what a refusal is told in.
    """

    def __init__(self, httprequest):
        method = httprequest.method
        self.method = method if method in _METHODS else "OTHER"
        wanted = httprequest.headers.get("X-Request-Id", "")
        accepted = _REQUEST_ID.fullmatch(wanted)
        self.request_id = wanted if accepted else uuid.uuid4().hex
        self.route = None
        self.user_id = None
        self.reference = None
        self.store = None
        self.origins = frozenset()
        self.lang = "en_US"

    def sent(self, status):
        """Log and count the request; called once, as its answer goes."""
        # Odoo counts on the thread, over all cursors of the request.
        thread = threading.current_thread()
        seconds = max(0.0, time.time() - getattr(thread, "perf_t0", time.time()))
        queries = getattr(thread, "query_count", 0)
        if self.store:
            self.store.record(
                self.route or "none",
                self.method,
                status,
                seconds,
                queries,
                getattr(thread, "query_time", 0.0),
                self.user_id,
            )
        line = {
            "event": "request",
            "request_id": self.request_id,
            "method": self.method,
            "route": self.route,
            "status": status,
            "duration_ms": round(seconds * 1000, 1),
            "user_id": self.user_id,
            "queries": queries,
            "contract_version": CONTRACT_VERSION,
        }
        if self.reference:
            line["reference"] = self.reference
        _requests.info("%s", json.dumps(line))


class ObservedResponse(http.Response):
    """An answer that tells its exchange when it is sent.

    Not when it is made: Odoo commits after that, and where the commit meets a
    conflict it drops the answer and runs the request again.
    """

    def __init__(self, exchange, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.exchange = exchange

    def __call__(self, environ, start_response):
        self.exchange.sent(self.status_code)
        return super().__call__(environ, start_response)
