# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests that Odoo itself would answer before any addon is asked.

Below the API's base path every answer is the contract's, also to what is no
address at all. Odoo redirects doubled slashes, finds no route for a line break, and
fails without a Host header, each time with a page of HTML. None of that can be
overridden by a model: it happens before a database is chosen. So the requests are
made ones that reach our own routes, in which they are refused.
"""

import functools
import re

from odoo import http

BASE = "/api/v1"
# No endpoint, and never one: the fallback answers.
_NOWHERE = f"{BASE}/-"
_OURS = re.compile(f"/+{BASE[1:].replace('/', '/+')}(/|$)")


def normalise(environ, is_endpoint):
    """Change the environment of a request below ``BASE`` that Odoo cannot route.

    ``is_endpoint`` says whether a path is an endpoint's. (A line break inside an id
    is one that the endpoint refuses.)
    """
    path = environ.get("PATH_INFO", "")
    if not _OURS.match(path):
        return
    if "//" in path or ("\n" in path and not is_endpoint(path)):
        environ["PATH_INFO"] = _NOWHERE
    if not environ.get("HTTP_HOST"):
        name, port = environ.get("SERVER_NAME"), environ.get("SERVER_PORT")
        environ["HTTP_HOST"] = f"{name or 'localhost'}:{port or 80}"


def install(is_endpoint):
    """Put ``normalise`` before Odoo's own application, once."""
    application = http.Application
    if hasattr(application.__call__, "__taskboard__"):
        return
    serve = application.__call__

    @functools.wraps(serve)
    def call(self, environ, start_response):
        normalise(environ, is_endpoint)
        return serve(self, environ, start_response)

    call.__taskboard__ = True
    application.__call__ = call
