# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The way of every request: routing type, sign-in, order of checks, envelope.

Controllers stay thin because all of this stands here once. Errors are mapped
only in ``handle_error``: an exception caught earlier would let Odoo commit a
half-done transaction, and would never reach its retry loop.
"""

import functools
import hashlib
import json
import re
from dataclasses import dataclass, field, replace

from odoo import http

from . import errors
from .contract import ENDPOINTS
from .services import (
    cors,
    headers,
    idempotency,
    parameters,
    query_log,
    request_body,
    rows,
    sign_in,
    validation,
)
from .services.exchange import Exchange, ObservedResponse
from .services.mapping import CONTRACT_VERSION, parse_id
from .services.metrics_store import store as metrics_store
from .wsgi import BASE

BODY_LIMIT = 1024 * 1024
_WITH_BODY = ("POST", "PATCH")
_WRITES = ("POST", "PATCH", "DELETE")
_ROUTES = []


@dataclass(frozen=True)
class Answer:
    """What an endpoint gives back; ``data`` None is an empty body.

    Bytes go as they are, with the Content-Type that ``headers`` names; anything
    else as JSON.
    """

    data: object = None
    status: int = 200
    headers: dict = field(default_factory=dict)


class TaskboardDispatcher(http.HttpDispatcher):
    """Dispatcher of the ``taskboard`` routes (same pattern as Odoo's json2)."""

    routing_type = "taskboard"

    def __init__(self, request):
        super().__init__(request)
        self._body = None
        # Whether there may be a body that nobody has looked at.
        self._unread = True
        self.endpoint = None
        self.exchange = Exchange(request.httprequest)
        # What the browser asks for, or the cookie's user; a token's user later.
        self.exchange.lang = request.session.context.get("lang") or "en_US"

    def dispatch(self, endpoint, args):
        """Answer a request, anew when another one was quicker to change the same."""
        answer = functools.partial(self._answer, endpoint, args)
        return rows.run_again(self.request, answer)

    def _answer(self, endpoint, args):
        """Check in the contract's order, call the endpoint, wrap its answer."""
        request, routing = self.request, endpoint.routing
        httprequest = request.httprequest
        request.params = {}
        if has_addon(request):
            self._follow_parameters()
        if routing.get("fallback"):
            raise method_or_route_error(httprequest.path)
        self.endpoint = routing["contract"]
        self.exchange.route = routing["routes"][0]
        if cors.is_preflight(httprequest, self.exchange.origins):
            return self._respond(_preflight_answer(httprequest.path))
        self._check_method(httprequest)
        if not has_addon(request):
            return self._respond(self._without_database(endpoint, routing))
        user = None
        if self.endpoint.sign_in:
            user = self.exchange.user_id = sign_in.sign_in(request)
            self.exchange.lang = request.env.context.get("lang") or "en_US"
        self._check_body(httprequest)
        request.params = self._parse_ids(args)
        if self.endpoint.conditional:
            headers.check_none_match(httprequest)
        stored = None
        if user and self.endpoint.idempotent:
            headers.check(httprequest)
            stored = idempotency.claim(request.env, httprequest, self.raw_body())
        if stored and stored.replay:
            return self._response(*stored.replay)
        answer = request.registry["ir.http"]._dispatch(endpoint)
        self.check_query()
        if self.endpoint.conditional:
            return self._respond_if_changed(answer)
        response = self._respond(answer)
        if stored:
            stored.keep(response)
        return response

    def handle_error(self, exc):
        """Turn whatever was raised into the contract's error answer."""
        error = errors.from_exception(
            exc, self.exchange.request_id, self._registry(), self.exchange.lang
        )
        message = error.text(self.exchange.lang)
        body = {"error": {"code": error.error, "message": message}}
        if error.details is not None:
            body["error"]["details"] = error.details
            self.exchange.reference = error.details.get("reference")
        if self._unread:
            request_body.drain(self.request.httprequest)
        return self._respond(Answer(body, error.code, error.headers))

    def _registry(self):
        return self.request.registry if has_addon(self.request) else None

    def raw_body(self):
        """The request's bytes; kept, because Odoo may run a request again."""
        if self._body is None:
            self._body = self._read_body()
        return self._body

    def _read_body(self):
        try:
            body = request_body.read(self.request.httprequest, BODY_LIMIT)
        except request_body.TooSlow as error:
            self._unread = False
            raise errors.unavailable("The request did not arrive in time.") from error
        except request_body.Broken as error:
            self._unread = False
            raise errors.refused("body", "The request broke off.") from error
        if body is None:
            raise errors.ApiError(
                413, "PAYLOAD_TOO_LARGE", "A request may hold 1 MiB at most."
            )
        self._unread = False
        return body

    @functools.cached_property
    def query(self):
        """Values of the query, checked; 400 otherwise.

        Read by the endpoint when it has found its board or card: what is not
        there comes before what is wrong.
        """
        return validation.query(self.endpoint, self.request.httprequest.args)

    def unless_known(self, version, make):
        """What ``make`` answers; 304 at once for a client that has this ``version``.

        Without a version the answer's own bytes decide, when they are there.
        """
        self.check_query()
        if version is None:
            return make()
        tag = {"ETag": f'"{version}"'}
        if not headers.none_match(self.request.httprequest, tag["ETag"]):
            return Answer(status=304, headers=tag)
        answer = make()
        return replace(answer, headers={**answer.headers, **tag})

    def check_query(self):
        """400 for a wrong query: a parameter that nobody reads must be known, too."""
        return self.query

    def body(self):
        """Values of the request's JSON object, checked; 400 otherwise."""
        self.check_query()
        return validation.body(self.endpoint, self._object())

    def key(self, name):
        """The valid value of one key of the body; None when it is not valid.

        For what has to be looked up before the body as a whole is judged.
        """
        try:
            value = self._object().get(name)
        except errors.ApiError:
            return None
        return validation.key(self.endpoint, name, value)

    def _object(self):
        return validation.parse_object(self.raw_body())

    def _follow_parameters(self):
        env = self.request.env
        self.exchange.origins = parameters.cors_origins(env)
        if parameters.metrics_token(env):
            self.exchange.store = metrics_store(env.cr.dbname)

    def _check_method(self, httprequest):
        method = self.endpoint.method
        if httprequest.method not in (method, "HEAD" if method == "GET" else method):
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

        Where the endpoint has given none (see ``unless_known``), it is made of the very
        bytes: nothing that they show can change behind it.
        """
        response = self._respond(answer)
        if "ETag" in answer.headers:
            return response
        etag = f'"{hashlib.sha256(response.get_data()).hexdigest()[:32]}"'
        if not headers.none_match(self.request.httprequest, etag):
            return self._respond(Answer(status=304, headers={"ETag": etag}))
        response.headers["ETag"] = etag
        return response

    def _respond(self, answer):
        kept = {"Cache-Control": "no-store", **answer.headers}
        if answer.data is None:
            return self._response(b"", answer.status, kept)
        if isinstance(answer.data, bytes):
            return self._response(answer.data, answer.status, kept)
        kept["Content-Type"] = "application/json; charset=utf-8"
        return self._response(to_json(answer.data), answer.status, kept)

    def _response(self, data, status, kept):
        """The answer with what every answer carries."""
        response = ObservedResponse(self.exchange, data, status=status, headers=kept)
        if "Content-Type" not in kept:
            # Odoo's default; an empty answer has no type.
            response.headers.pop("Content-Type")
        response.headers["X-Contract-Version"] = CONTRACT_VERSION
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Request-Id"] = self.exchange.request_id
        httprequest = self.request.httprequest
        response.headers.update(cors.headers(httprequest, self.exchange.origins))
        return response


query_log.install(TaskboardDispatcher.routing_type)


def has_addon(request):
    """Whether the request has a database, and one with the addon installed.

    Loaded server-wide, the routes exist in every database of the server.
    """
    return bool(request.db) and "ipai.taskboard.checklist.item" in request.registry


def to_json(data):
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def route(name, **options):
    """Declare the controller of the endpoint ``name`` of the contract's table.

    Beside Odoo's own options, ``without_database`` lets it answer when there is
    none.
    """
    endpoint = ENDPOINTS[name]
    url = _url(endpoint)
    _ROUTES.append((re.compile(re.sub(r"<\w+>", "[^/]+", url)), endpoint.method))
    return unlisted_route(endpoint, **options)


def unlisted_route(endpoint, **options):
    """Declare the controller of an endpoint of our own, outside the contract.

    To other methods it looks like no endpoint. Sign-in is ours
    (``auth="none"``): Odoo's wrapper turns a database error during
    authentication into a 401, and a client would throw its token away.
    """
    options.setdefault("readonly", endpoint.method == "GET")
    return http.route(
        _url(endpoint),
        type=TaskboardDispatcher.routing_type,
        auth="none",
        methods=[endpoint.method],
        csrf=False,
        save_session=False,
        contract=endpoint,
        **options,
    )


def _url(endpoint):
    return BASE + endpoint.path.replace("{", "<").replace("}", ">")


def _preflight_answer(path):
    methods = _methods(path)
    if not methods:
        raise errors.not_found("route")
    return Answer(status=204, headers=cors.preflight_headers(methods))


def method_or_route_error(path):
    """405 with Allow when ``path`` has other methods, else 404."""
    methods = _methods(path)
    if not methods:
        return errors.not_found("route")
    allow = ", ".join(methods)
    return errors.ApiError(
        405,
        "METHOD_NOT_ALLOWED",
        f"This address takes {allow}.",
        headers={"Allow": allow},
    )


def is_endpoint(path):
    """Whether some method of ``path`` is one of the contract's endpoints."""
    return bool(_methods(path))


def _methods(path):
    """The methods that ``path`` takes, sorted; none when it is no endpoint."""
    path = path.removesuffix("/")
    methods = {method for pattern, method in _ROUTES if pattern.fullmatch(path)}
    if "GET" in methods:
        methods.add("HEAD")
    return sorted(methods)
