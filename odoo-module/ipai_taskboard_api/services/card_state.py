# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The state that a PATCH gives a card, beside what Odoo makes of it by itself."""

from odoo.tools import LazyTranslate

from .. import errors
from .card_filters import CLOSED_STATES
from .card_relations import is_blocked

_lt = LazyTranslate(__name__)
WAITING = "04_waiting_normal"
# Odoo puts open cards back in progress (or lets them wait) when these change.
_RESETTING = {"stage_id", "depend_on_ids"}


def value(task, wanted, values, dependencies):
    """{"state": …} to write beside ``values``; {} when Odoo comes to the same."""
    if wanted not in CLOSED_STATES:
        wanted = _open_state(task, wanted, dependencies)
        if _RESETTING & values.keys():
            return {"state": wanted}
    return {"state": wanted} if wanted != task.state else {}


def _open_state(task, wanted, dependencies):
    """Odoo lets every open card wait that is blocked, and no other."""
    if is_blocked(task, dependencies):
        return WAITING
    if wanted == WAITING and task.state != WAITING:
        raise errors.refused(
            "state",
            _lt(
                "A card waits as long as an open card blocks it: let another card block"
                " it instead."
            ),
        )
    return wanted
