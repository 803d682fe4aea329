# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tools import SQL

from .models import change_triggers
from .services import metrics_store, parameters
from .services.api_keys import SCOPE


def uninstall_hook(env):
    """Take along what Odoo does not know to be the addon's."""
    env["ir.config_parameter"].search([("key", "in", parameters.NAMES)]).unlink()
    # Tokens, which nothing else would accept.
    env.cr.execute(SQL("DELETE FROM res_users_apikeys WHERE scope = %s", SCOPE))
    change_triggers.drop(env.cr)
    for name in _own_indexes(env):
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    metrics_store.forget(env.cr.dbname)


def _own_indexes(env):
    """Those on Odoo's own tables, by the way that they are named."""
    env.cr.execute(
        "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
        " AND starts_with(indexname, tablename || '_taskboard_')"
    )
    return [name for (name,) in env.cr.fetchall()]
