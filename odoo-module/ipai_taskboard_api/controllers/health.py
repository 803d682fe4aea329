# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import psycopg2

from odoo import http
from odoo.http import request
from odoo.sql_db import db_connect

from .. import compat
from ..contract import CAPABILITIES
from ..dispatcher import Answer, has_addon, route
from ..services import days
from ..services.mapping import CONTRACT_VERSION


class HealthController(http.Controller):
    @route("getHealth", without_database=True)
    def health(self):
        healthy = _database_answers()
        return Answer(
            {
                "status": "healthy" if healthy else "unhealthy",
                "contract_version": CONTRACT_VERSION,
                "timestamp": days.timestamp(days.now()),
                "capabilities": CAPABILITIES,
                "odoo_version": compat.ODOO_VERSION,
            },
            200 if healthy else 503,
        )


def _database_answers():
    if not has_addon(request):
        return False
    try:
        request.env.cr.execute("SELECT 1")
        if request.env.cr.readonly:
            # It was a replica that answered; without the primary nothing is saved.
            with db_connect(request.db).cursor() as primary:
                primary.execute("SELECT 1")
    except psycopg2.OperationalError:
        return False
    return True
