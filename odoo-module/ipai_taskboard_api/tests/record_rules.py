# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Record rules of tasks, and of tags, of all kinds that somebody might add."""

import random

_USER = ("user.id", "user.partner_id.id", "user.partner_id.commercial_partner_id.id")
_COMPANY = ("company_id", "company_ids", "company_ids + [False]")
_TASK = {
    "name": "text",
    "description": "text",
    "priority": "priority",
    "sequence": "number",
    "active": "flag",
    "date_deadline": "moment",
    "create_date": "moment",
    "state": "state",
    "project_id": "board",
    "stage_id": "record",
    "parent_id": "record",
    "company_id": "company",
    "partner_id": "person",
    "create_uid": "user",
    "user_ids": "user",
    "tag_ids": "records",
    "child_ids": "records",
    "depend_on_ids": "records",
    "message_partner_ids": "follower",
}
_BOARD = {
    "id": "board",
    "name": "text",
    "description": "text",
    "active": "flag",
    "privacy_visibility": "privacy",
    "sequence": "number",
    "date_start": "moment",
    "allow_task_dependencies": "flag",
    "company_id": "company",
    "partner_id": "person",
    "user_id": "user",
    "create_uid": "user",
    "tag_ids": "records",
    "type_ids": "records",
    "collaborator_ids": "records",
    "message_partner_ids": "follower",
    "collaborator_ids.partner_id": "person",
    "collaborator_ids.limited_access": "flag",
    "type_ids.name": "text",
    "type_ids.fold": "flag",
    "tag_ids.name": "text",
}
_PERSON = {
    "name": "text",
    "email": "text",
    "is_company": "flag",
    "active": "flag",
    "country_id": "record",
    "country_id.code": "text",
    "parent_id": "person",
    "parent_id.is_company": "flag",
    "user_ids": "user",
    "category_id": "records",
}
_TAG = {
    "id": "records",
    "name": "text",
    "color": "number",
    "create_uid": "user",
    "project_ids": "board",
}
_EQUAL, _AMONG = ("=", "!="), ("in", "not in")
_LIKE = ("ilike", "not ilike", "like", "not like", "=like", "=ilike")
_ORDER = ("<", ">", "<=", ">=")


class RecordRules:
    """Makes one domain after the other, as ``ir.rule`` takes them; the same for a seed."""

    def __init__(self, seed, boards):
        self._random = random.Random(seed)
        self._numbers = boards.ids

    def next(self):
        """(domain as a text, whether the rule is a group's and not everybody's)."""
        return "[%s]" % ", ".join(self._domain(2)), self._random.random() < 0.3

    def next_of_tags(self):
        """The same of tags."""
        self._condition = self._condition_of_tags
        return self.next()

    def _condition_of_tags(self):
        if self._random.random() < 0.65:
            return self._leaf("", _TAG)
        return self._leaf("project_ids.", _BOARD)

    def _domain(self, depth):
        """Tokens of a domain, in prefix notation."""
        kind = self._random.random()
        if not depth or kind < 0.35:
            return [self._condition()]
        if kind < 0.5:
            return [repr("!"), *self._domain(depth - 1)]
        operator = self._random.choice("&|")
        return [repr(operator), *self._domain(depth - 1), *self._domain(depth - 1)]

    def _condition(self):
        kind = self._random.random()
        if kind < 0.04:
            return self._random.choice(("(1, '=', 1)", "(0, '=', 1)"))
        if kind < 0.3:
            return self._leaf("", _TASK)
        if kind < 0.6:
            return self._leaf("project_id.", _BOARD)
        if kind < 0.78:
            return self._leaf("project_id.partner_id.", _PERSON)
        if kind < 0.86:
            return self._leaf("partner_id.", _PERSON)
        if kind < 0.9:
            return self._leaf("parent_id.", _TASK)
        operator = self._random.choice(("any", "any", "not any"))
        path, fields = self._random.choice(
            (
                ("project_id", _BOARD),
                ("project_id", _BOARD),
                ("project_id.partner_id", _PERSON),
                ("parent_id.project_id", _BOARD),
            )
        )
        inner = [self._leaf("", fields)]
        if self._random.random() < 0.5:
            inner = [repr(self._random.choice("&|")), *inner, self._leaf("", fields)]
        return f"({path!r}, {operator!r}, [{', '.join(inner)}])"

    def _leaf(self, prefix, fields):
        name = self._random.choice(sorted(fields))
        operator, value = getattr(self, f"_{fields[name]}")()
        return f"({prefix + name!r}, {operator!r}, {value})"

    def _one_or_many(self, values):
        """An operator with one value, or with several, none among them too."""
        choice = self._random.choice
        values = [*values, "False"]
        if self._random.random() < 0.5:
            return choice((*_EQUAL, *_EQUAL, "=?")), choice(values)
        many = self._random.sample(values, self._random.randint(0, min(3, len(values))))
        return choice(_AMONG), f"[{', '.join(many)}]"

    def _text(self):
        values = (
            "'Ann'",
            "'acme'",
            "'a'",
            "'portal'",
            "'BE'",
            "''",
            "'%'",
            "user.name",
        )
        if self._random.random() < 0.5:
            return self._random.choice(_LIKE), self._random.choice(values)
        return self._one_or_many(values)

    def _flag(self):
        return self._one_or_many(("True",))

    def _number(self):
        if self._random.random() < 0.5:
            return self._random.choice(_ORDER), self._random.choice(("0", "10", "99"))
        return self._one_or_many(("0", "1", "10"))

    def _moment(self):
        values = ("'2020-01-01'", "time.strftime('%Y-%m-%d')", "'2099-12-31'")
        if self._random.random() < 0.7:
            return self._random.choice(_ORDER), self._random.choice(values)
        return self._random.choice(_EQUAL), "False"

    def _priority(self):
        return self._one_or_many(("'0'", "'1'", "'3'"))

    def _state(self):
        return self._one_or_many(
            ("'01_in_progress'", "'1_done'", "'04_waiting_normal'")
        )

    def _privacy(self):
        return self._one_or_many(
            ("'followers'", "'employees'", "'portal'", "'nonsense'")
        )

    def _board(self):
        return self._one_or_many([str(one) for one in self._numbers[:4]])

    def _record(self):
        return self._one_or_many(("1", "2", "20"))

    def _records(self):
        return self._one_or_many(("1", "2"))

    def _company(self):
        choice = self._random.choice
        if self._random.random() < 0.5:
            return choice(("in", "not in", "child_of", "parent_of")), choice(
                _COMPANY[1:2]
            )
        if self._random.random() < 0.5:
            return choice(_AMONG), _COMPANY[2]
        return self._one_or_many((_COMPANY[0], "user.company_id.id"))

    def _user(self):
        return self._one_or_many((_USER[0], "1"))

    def _person(self):
        choice = self._random.choice
        if self._random.random() < 0.25:
            return choice(("child_of", "parent_of")), choice(
                (_USER[1], f"[{_USER[2]}]")
            )
        return self._one_or_many(_USER[1:])

    def _follower(self):
        choice = self._random.choice
        if self._random.random() < 0.3:
            return "child_of", f"[{_USER[2]}]"
        return choice((*_AMONG, "in")), choice(
            (f"[{_USER[1]}]", "[]", f"[1, {_USER[1]}]")
        )
