# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What ``GET /metrics`` shows, in Prometheus' text format."""

import hmac
from collections import defaultdict
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)

from odoo import SUPERUSER_ID

from .. import errors
from . import boards, cards, parameters, sign_in
from .metrics_store import DURATIONS, store

CONTENT_TYPE = CONTENT_TYPE_LATEST
_CARDS = (0, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 50000, 100000)


def check_access(env, headers):
    """404 while metrics are off, 401 without their secret."""
    secret = parameters.metrics_token(env)
    if secret is None:
        raise errors.not_found("route")
    presented = sign_in.bearer(headers) or ""
    if not hmac.compare_digest(presented.encode(), secret.encode()):
        raise errors.unauthorized(
            "Send the secret of the system parameter "
            f"{parameters.METRICS_TOKEN} as 'Authorization: Bearer …'."
        )


def exposition(env):
    """All metrics of the database and this machine, as bytes."""
    registry = CollectorRegistry()
    registry.register(_Collector(env))
    return generate_latest(registry)


class _Collector:
    def __init__(self, env):
        # As superuser: the secret stands for whoever runs the server, and nothing
        # but numbers leaves.
        self._env = env(user=SUPERUSER_ID)
        self._store = store(env.cr.dbname)

    def describe(self):
        """No names in advance: that would read everything twice."""
        return []

    def collect(self):
        rows = self._store.requests()
        yield from _requests(rows)
        yield from _sign_ins(rows)
        yield GaugeMetricFamily(
            "taskboard_active_users",
            "Users whose requests were answered in the last 5 minutes.",
            self._store.active_users(),
        )
        yield from self._boards()

    def _boards(self):
        projects = self._env["project.project"].search(boards.domain(self._env))
        domain = [("project_id", "in", projects.ids), *cards.board_domain(self._env)]
        groups = self._env["project.task"]._read_group(
            domain, ["project_id"], ["__count"]
        )
        counts = [count for _project, count in groups]
        yield GaugeMetricFamily(
            "taskboard_boards", "Boards, archived ones not.", len(projects)
        )
        buckets = [0] * (len(_CARDS) + 1)
        buckets[0] = len(projects) - len(counts)
        for count in counts:
            buckets[sum(count > bound for bound in _CARDS)] += 1
        family = HistogramMetricFamily(
            "taskboard_board_cards", "Boards by the number of their cards."
        )
        family.add_metric([], _cumulative(_CARDS, buckets), sum(counts))
        yield family


def _requests(rows):
    labels = ["route", "method", "status"]
    totals = CounterMetricFamily(
        "taskboard_requests", "Requests answered.", labels=labels
    )
    durations = HistogramMetricFamily(
        "taskboard_request_duration_seconds",
        "Time until the answer is sent.",
        labels=labels,
    )
    queries = CounterMetricFamily(
        "taskboard_sql_queries", "SQL queries of requests.", labels=labels
    )
    query_seconds = CounterMetricFamily(
        "taskboard_sql_seconds", "Time that PostgreSQL took for them.", labels=labels
    )
    for key, group in _by_request(rows).items():
        buckets = [0] * (len(DURATIONS) + 1)
        for bucket, count, *_sums in group:
            buckets[bucket] = count
        seconds, asked, waited = (sum(row[i] for row in group) for i in (2, 3, 4))
        totals.add_metric(key, sum(buckets))
        durations.add_metric(key, _cumulative(DURATIONS, buckets), seconds)
        queries.add_metric(key, asked)
        query_seconds.add_metric(key, waited)
    return totals, durations, queries, query_seconds


def _by_request(rows):
    groups = defaultdict(list)
    for route, method, status, *rest in rows:
        groups[route, method, str(status)].append(rest)
    return groups


def _sign_ins(rows):
    """By status: nothing but sign-in answers 401, or 429."""
    for status, name, text in (
        (401, "refused", "Requests without valid credentials, wrong passwords."),
        (429, "limited", "Sign-ins refused because too many had failed."),
    ):
        number = sum(row[4] for row in rows if row[2] == status)
        yield CounterMetricFamily(f"taskboard_sign_ins_{name}", text, number)


def _cumulative(bounds, buckets):
    names = [*map(str, bounds), "+Inf"]
    return list(zip(names, accumulate(buckets), strict=True))
