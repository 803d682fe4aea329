# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tasks of one board, through Odoo's record rules.

Most of a record rule of tasks asks about their project: who follows it, how
private it is. On one board the answer is the same for every task, so it is found
once, beforehand. Left to PostgreSQL it costs each query a scan of all the tasks
that the user follows, and the more the larger the database is.
"""

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
    # sudo: as Odoo reads what its rules look at.
    board = project.sudo()
    # What other records say is asked only if the board's own columns don't decide.
    for may_ask in (False, True):
        left = _fold(rules, _decider(board, may_ask))
        if isinstance(left, bool):
            return [_CONSTANTS[0 if left else 1]]
        if all(isinstance(part, str) or _is_column(part, tasks) for part in left):
            return left
    return None


def _decider(board, may_ask):
    def on_board(leaf):
        if may_ask or _is_column(leaf, board):
            return bool(board.filtered_domain([leaf]))
        return [leaf]

    def on_task(leaf):
        about = _about_board(leaf)
        decided = _fold(about, on_board) if about else None
        return decided if isinstance(decided, bool) else [leaf]

    return on_task


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


def _is_column(leaf, records):
    """Whether a condition asks for nothing but a column of the records."""
    if not isinstance(leaf, list | tuple):
        return False
    field = records._fields.get(leaf[0])
    stored = bool(field and field.store and field.column_type)
    return stored and leaf[1] in _COLUMN_OPERATORS


def _fold(domain, decide):
    """What is left of a domain: True, False, or a domain.

    ``decide`` gives that for one condition.
    """
    stack = []
    for token in reversed(domain):
        if token in ("&", "|"):
            stack.append(_joined(token, stack.pop(), stack.pop()))
        elif token == "!":
            part = stack.pop()
            stack.append(not part if isinstance(part, bool) else ["!", *part])
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
