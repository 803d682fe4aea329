# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The way of every request: routing type, sign-in, order of checks, envelope.

Controllers stay thin because all of this stands here once. Errors are mapped
only in ``handle_error``: an exception caught earlier would let Odoo commit a
half-done transaction, and would never reach its retry loop.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field

from odoo import http

from . import compat, errors
from .services import headers, idempotency, sign_in, validation
from .services.mapping import CONTRACT_VERSION, parse_id

BASE = "/api/v1"
BODY_LIMIT = 1024 * 1024
_WITH_BODY = ("POST", "PATCH")
_WRITES = ("POST", "PATCH", "DELETE")
_ROUTES = []


@dataclass(frozen=True)
class Answer:
    """What an endpoint gives back; ``data`` None is an empty body."""

    data: object = None
    status: int = 200
    headers: dict = field(default_factory=dict)


class TaskboardDispatcher(http.HttpDispatcher):
    """Dispatcher of the ``taskboard`` routes (same pattern as Odoo's json2)."""

    routing_type = "taskboard"

    def __init__(self, request):
        super().__init__(request)
        self._body = None

    def dispatch(self, endpoint, args):
        """Check in the contract's order, call the endpoint, wrap its answer."""
        request, routing = self.request, endpoint.routing
        httprequest = request.httprequest
        request.params = {}
        if routing.get("fallback"):
            raise method_or_route_error(httprequest.path)
        self._check_method(routing, httprequest)
        if not has_addon(request):
            return self._respond(self._without_database(endpoint, routing))
        user = None
        if routing.get("sign_in", True):
            user = sign_in.sign_in(request)
        self._check_body(httprequest)
        request.params = self._parse_ids(args)
        if routing.get("conditional"):
            headers.check_none_match(httprequest)
        stored = None
        repeatable = routing.get("idempotency", True)
        if user and repeatable and httprequest.method in _WRITES:
            headers.check(httprequest)
            stored = idempotency.claim(request.env, httprequest, self.raw_body())
        if stored and stored.replay:
            return _response(*stored.replay)
        self.query = validation.query(httprequest.args, routing.get("query") or {})
        answer = request.registry["ir.http"]._dispatch(endpoint)
        if routing.get("conditional"):
            return self._respond_if_changed(answer)
        response = self._respond(answer)
        if stored:
            stored.keep(response)
        return response

    def handle_error(self, exc):
        """Turn whatever was raised into the contract's error answer."""
        error = errors.from_exception(exc)
        body = {"error": {"code": error.error, "message": error.message}}
        if error.details is not None:
            body["error"]["details"] = error.details
        if self._body is None:
            compat.drain_body(self.request.httprequest)
        return self._respond(Answer(body, error.code, error.headers))

    def raw_body(self):
        """The request's bytes; kept, because Odoo may run a request again."""
        if self._body is None:
            body = compat.read_body(self.request.httprequest, BODY_LIMIT)
            if body is None:
                raise errors.ApiError(
                    413, "PAYLOAD_TOO_LARGE", "A request may hold 1 MiB at most."
                )
            self._body = body
        return self._body

    def body(self, table):
        """The request's JSON object, validated; 400 otherwise."""
        return validation.body(self._object(), table)

    def reference(self, key, table):
        """The valid id in one key of the body; None when it is not valid.

        For what has to be looked up before the body as a whole is judged.
        """
        try:
            value = self._object().get(key)
            return validation.body({key: value}, {key: table[key]})[key]
        except errors.ApiError:
            return None

    def _object(self):
        return validation.parse_object(self.raw_body())

    def _check_method(self, routing, httprequest):
        allowed = [*(routing["methods"] or ())]
        if "GET" in allowed:
            allowed.append("HEAD")
        if httprequest.method not in allowed:
            raise method_or_route_error(httprequest.path)

    def _without_database(self, endpoint, routing):
        if routing.get("without_database"):
            return endpoint()
        raise errors.unavailable(
            "No database with the Taskboard addon answers here. If the server has "
            "several, name one with X-Odoo-Database or use its own host name."
        )

    def _check_body(self, httprequest):
        if httprequest.method not in _WRITES:
            return
        self.raw_body()
        if httprequest.method in _WITH_BODY:
            validation.check_media_type(httprequest, self._body)

    def _parse_ids(self, args):
        ids = {}
        for name, text in args.items():
            ids[name] = parse_id(name.removesuffix("_id"), text)
        return ids

    def _respond_if_changed(self, answer):
        """The answer with a strong entity tag; 304 for a client that has it.

        The tag is made of the very bytes: nothing that they show, such as who
        may see what, or today's date, can change behind it.
        """
        response = self._respond(answer)
        etag = f'"{hashlib.sha256(response.get_data()).hexdigest()[:32]}"'
        if not headers.none_match(self.request.httprequest, etag):
            return self._respond(Answer(status=304, headers={"ETag": etag}))
        response.headers["ETag"] = etag
        return response

    def _respond(self, answer):
        kept = {"Cache-Control": "no-store", **answer.headers}
        if answer.data is None:
            return _response(b"", answer.status, kept)
        kept["Content-Type"] = "application/json; charset=utf-8"
        return _response(to_json(answer.data), answer.status, kept)


def _response(data, status, kept):
    response = http.Response(data, status=status, headers=kept)
    if "Content-Type" not in kept:
        # Odoo's default; an empty answer has no type.
        response.headers.pop("Content-Type")
    response.headers["X-Contract-Version"] = CONTRACT_VERSION
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def has_addon(request):
    """Whether the request has a database, and one with the addon installed.

    Loaded server-wide, the routes exist in every database of the server.
    """
    return bool(request.db) and "ipai.taskboard.checklist.item" in request.registry


def to_json(data):
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def route(path, method, **options):
    """Declare an endpoint below ``/api/v1``.

    Options beside Odoo's own: ``sign_in`` False opens it to everybody,
    ``query`` is its table of parameters, ``conditional`` gives its answer an entity
    tag and takes If-None-Match, ``idempotency`` False ignores Idempotency-Key and
    If-Match, ``without_database`` lets it answer when there is
    no database. Sign-in is ours (``auth="none"``): Odoo's wrapper turns
    a database error during authentication into a 401, and a client would
    throw its token away.
    """
    url = BASE + path
    _ROUTES.append((re.compile(re.sub(r"<\w+>", "[^/]+", url)), method))
    options.setdefault("readonly", method == "GET")
    return http.route(
        url,
        type=TaskboardDispatcher.routing_type,
        auth="none",
        methods=[method],
        csrf=False,
        save_session=False,
        **options,
    )


def method_or_route_error(path):
    """405 with Allow when ``path`` has other methods, else 404."""
    path = path.rstrip("/")
    methods = {method for pattern, method in _ROUTES if pattern.fullmatch(path)}
    if not methods:
        return errors.not_found("route")
    if "GET" in methods:
        methods.add("HEAD")
    allow = ", ".join(sorted(methods))
    return errors.ApiError(
        405,
        "METHOD_NOT_ALLOWED",
        f"This address takes {allow}.",
        headers={"Allow": allow},
    )
