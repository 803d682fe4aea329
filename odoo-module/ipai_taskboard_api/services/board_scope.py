# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tasks of one board, through Odoo's record rules.

Most of a record rule of tasks asks about their project: who follows it, how
private it is. On one board the answer is the same for every task, so it is found
once, beforehand. Left to PostgreSQL it costs each query a scan of all the tasks
that the user follows, and the more the larger the database is.

Only what Odoo's own rules ask is found so. What else a rule may ask has many
meanings that differ between Odoo's SQL and anything that imitates it: nothing at
the end of a path, a negation of many, archived records. Rules that ask more are left to
Odoo as they are.
"""

from collections.abc import Collection
from functools import partial

_CONSTANTS = ((1, "=", 1), (0, "=", 1))
_COLUMN_OPERATORS = ("=", "!=", "in", "not in")


def search(project, domain, archived=False, **options):
    """Query of the board's tasks that match ``domain`` and that the viewer may see.

    The viewer need not see the board itself. Archived tasks are left out unless they
    are asked for. The options are those of Odoo's ``_search``.
    """
    tasks = project.env["project.task"]
    active = [True, False] if archived else [True]
    domain = [("active", "in", active), ("project_id", "=", project.id), *domain]
    rules = _rules(project)
    if rules is None:
        return tasks._search(domain, **options)
    tasks.check_access("read")
    # sudo: the record rules stand in the domain, as far as they are open.
    return tasks.sudo()._search([*domain, *rules], **options)


def _rules(project):
    """The record rules as a domain on columns of tasks; None when more is left of
    them than that, and Odoo has to apply them itself."""
    tasks = project.env["project.task"]
    rules = list(project.env["ir.rule"]._compute_domain(tasks._name, "read"))
    if "!" in rules:
        return None
    # sudo: as Odoo reads what its rules look at.
    board = project.sudo()
    # Other tables are asked only if what is known of the board doesn't decide.
    for may_ask in (False, True):
        left = _fold(rules, partial(_on_task, board=board, may_ask=may_ask))
        if isinstance(left, bool):
            return [_CONSTANTS[0 if left else 1]]
        if all(isinstance(part, str) or _is_column(part, tasks) for part in left):
            return left
    return None


def _on_task(leaf, board, may_ask):
    """What a condition on the board's tasks comes to: True, False, or itself."""
    about = _about_board(leaf)
    if not about or "!" in about:
        return [leaf]
    decided = _fold(about, partial(_on_board, board=board, may_ask=may_ask))
    return decided if isinstance(decided, bool) else [leaf]


def _about_board(leaf):
    """A condition on tasks as a domain on their project; None for other ones."""
    if not isinstance(leaf, list | tuple):
        return None
    path, operator, value = leaf
    if path == "project_id":
        return list(value) if operator == "any" else [("id", operator, value)]
    if isinstance(path, str) and path.startswith("project_id."):
        return [(path.removeprefix("project_id."), operator, value)]
    return None


def _on_board(leaf, board, may_ask):
    """What a condition on the board comes to: True, False, or itself."""
    field, operator, value = leaf
    decided = None
    if field in ("id", "privacy_visibility"):
        decided = _compared(board[field], operator, value)
    elif may_ask and field == "message_partner_ids" and operator == "in":
        decided = _is_followed(board, value)
    elif may_ask and field == "collaborator_ids" and operator == "any":
        decided = _is_shared(board, list(value))
    return [leaf] if decided is None else decided


def _compared(own, operator, value):
    """Whether a value that is never empty compares so; None for what is unusual."""
    values = value if operator in ("in", "not in") else [value]
    if operator not in _COLUMN_OPERATORS or not _are(values, type(own), or_none=True):
        return None
    return (own in values) is (operator in ("=", "in"))


def _is_followed(board, partner_ids):
    if not _are(partner_ids, int):
        return None
    # sudo: see ``_rules``.
    followers = board.env["mail.followers"].sudo()
    return bool(
        followers.search_count(
            [
                ("res_model", "=", board._name),
                ("res_id", "=", board.id),
                ("partner_id", "in", list(partner_ids)),
            ],
            limit=1,
        )
    )


def _is_shared(board, domain):
    """Whether a collaborator matches a domain that names a person and how much they
    may do."""
    if "!" in domain:
        return None
    for one in domain:
        if not isinstance(one, str) and one not in _CONSTANTS:
            field, operator, value = one
            values = value if operator in ("in", "not in") else [value]
            kind = {"partner_id": int, "limited_access": bool}.get(field)
            if not kind or operator not in _COLUMN_OPERATORS or not _are(values, kind):
                return None
    # sudo: see ``_rules``.
    collaborators = board.env["project.collaborator"].sudo()
    on_board = [("project_id", "=", board.id), *domain]
    return bool(collaborators.search_count(on_board, limit=1))


def _are(values, kind, or_none=False):
    """Whether all of ``values`` are of a type; False, which is none, may stand
    among them when ``or_none``."""
    if isinstance(values, str) or not isinstance(values, Collection):
        return False
    return all(type(value) is kind or (or_none and value is False) for value in values)


def _is_column(leaf, records):
    """Whether a condition asks for nothing but a column of the records."""
    if not isinstance(leaf, list | tuple):
        return False
    field = records._fields.get(leaf[0])
    stored = bool(field and field.store and field.column_type)
    return stored and leaf[1] in _COLUMN_OPERATORS


def _fold(domain, decide):
    """What is left of a domain: True, False, or a domain.

    ``decide`` gives that for one condition. There is no "!" in it.
    """
    stack = []
    for token in reversed(domain):
        if token in ("&", "|"):
            stack.append(_joined(token, stack.pop(), stack.pop()))
        elif token in _CONSTANTS:
            stack.append(token == _CONSTANTS[0])
        else:
            stack.append(decide(token))
    left = True
    for part in stack:
        left = _joined("&", part, left)
    return left


def _joined(operator, left, right):
    deciding = operator == "|"
    for one, other in ((left, right), (right, left)):
        if isinstance(one, bool):
            return one if one is deciding else other
    return [operator, *left, *right]
