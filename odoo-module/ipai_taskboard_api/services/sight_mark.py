# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mark of what decides, beside the records themselves, what somebody sees.

It is the same in every worker process for as long as that stays: a domain is taken
for what it says. Its text does not do, since the order of its parts, and of what they
compare with, follows the hashes of the process that made it.
"""

import hashlib
import json
from datetime import date

from odoo import models
from odoo.tools import SQL, Query

# Of all that is shown.
_MODELS = (
    "project.project",
    "project.task",
    "project.task.type",
    "project.tags",
    "res.partner",
    "mail.message",
)
_ONE_OF = {"=": "in", "!=": "not in"}


def of(env, *facts):
    """The mark of the signed-in user, made of other ``facts`` as well."""
    rules = env["ir.rule"]
    user = env.user
    parts = [
        facts,
        env.uid,
        env.context.get("tz"),
        env.context.get("lang"),
        # Who they are decides on notes, too.
        [user._is_internal(), user._is_portal()],
        *(
            [env[name].has_access("read"), _tree(rules._compute_domain(name, "read"))]
            for name in _MODELS
        ),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def paths(env, model="project.task"):
    """The paths ("project_id.privacy_visibility") that the signed-in user's record rules
    of a model ask for."""
    return set(_paths(env["ir.rule"]._compute_domain(model, "read")))


def _paths(domain, before=""):
    for token in domain:
        if token in ("&", "|", "!"):
            continue
        if not isinstance(token, list | tuple):
            yield from _paths(token, before)
            continue
        path, operator, value = token
        if not isinstance(path, str):
            # (1, "=", 1)
            continue
        yield before + path
        if operator.rstrip("!") in ("any", "not any") and not isinstance(value, Query):
            yield from _paths(value, f"{before}{path}.")


def _tree(domain):
    """A domain as nested lists; what stands in any order has one here."""
    stack = []
    for token in reversed(list(domain)):
        if token in ("&", "|"):
            stack.append(_joined(token, stack.pop(), stack.pop()))
        elif token == "!":
            stack.append(["!", stack.pop()])
        elif isinstance(token, list | tuple):
            stack.append(_condition(*token))
        else:
            # A whole domain in the place of a condition.
            stack.append(_tree(token))
    while len(stack) > 1:
        stack.append(_joined("&", stack.pop(), stack.pop()))
    return stack[0] if stack else []


def _joined(operator, *sides):
    parts = []
    for side in sides:
        parts += side[1:] if side[:1] == [operator] else [side]
    return [operator, *_ordered(parts)]


def _condition(path, operator, value):
    if operator in _ONE_OF and not _is_collection(value):
        operator, value = _ONE_OF[operator], [value]
    if operator.rstrip("!") in ("any", "not any") and not isinstance(value, Query):
        return [path, operator, _tree(value)]
    return [path, operator, _value(value)]


def _value(value):
    if isinstance(value, models.BaseModel):
        return [value._name, *sorted(value.ids)]
    if isinstance(value, Query):
        value = value.select()
    if isinstance(value, SQL):
        return [value.code, [_value(one) for one in value.params]]
    if _is_collection(value):
        return _ordered({json.dumps(_value(one)) for one in value})
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    # Whatever it is, its address is not what it says.
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _is_collection(value):
    return not isinstance(value, str | bytes | models.BaseModel) and hasattr(
        value, "__iter__"
    )


def _ordered(parts):
    return sorted(parts, key=json.dumps)
