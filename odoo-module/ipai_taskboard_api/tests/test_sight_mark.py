# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import subprocess
import sys
from datetime import date

from odoo.tests.common import BaseCase, tagged

from ..services import sight_mark

# What one process makes of the same rules: sets come in the order of its hashes.
_PROCESS = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
sys.path[:0] = {path!r}
spec = spec_from_file_location("sight_mark", {file!r})
sight_mark = module_from_spec(spec)
spec.loader.exec_module(sight_mark)
names = {{"employees", "portal", "followers", "invited_users"}}
parts = [("privacy_visibility", "in", names), ("name", "in", frozenset(names))]
parts = sorted(parts, key=lambda part: hash(part[0]))
print(sight_mark._tree(["|", *parts]))
"""


@tagged("taskboard")
class TestSightMark(BaseCase):
    def test_the_order_of_what_has_none_does_not_count(self):
        tree = sight_mark._tree
        one, two, three = ("a", "=", 1), ("b", "in", [2, 1]), ("c", "!=", False)
        same = [
            ["&", one, "&", two, three],
            ["&", "&", three, ("b", "in", (1, 2)), ("a", "in", [1])],
            [one, ("b", "in", {1, 2}), ("c", "not in", [False])],
        ]
        for domain in same[1:]:
            self.assertEqual(tree(domain), tree(same[0]))
        nested = [("project_id", "any", ["|", one, two])]
        self.assertEqual(tree(nested), tree([("project_id", "any", ["|", two, one])]))

    def test_what_a_domain_says_counts(self):
        tree = sight_mark._tree
        domains = [
            [],
            [("a", "=", 1)],
            [("a", "=", "1")],
            [("a", "=", True)],
            [("a", "!=", 1)],
            [("a", "=", date(2026, 1, 1))],
            ["!", ("a", "=", 1)],
            ["|", ("a", "=", 1), ("b", "=", 1)],
            ["&", ("a", "=", 1), ("b", "=", 1)],
            [("a", "any", [("b", "=", 1)])],
            [("a", "not any", [("b", "=", 1)])],
        ]
        self.assertEqual(len({str(tree(domain)) for domain in domains}), len(domains))

    def test_every_process_makes_the_same(self):
        script = _PROCESS.format(path=sys.path, file=sight_mark.__file__)
        made = {
            subprocess.run(
                [sys.executable, "-c", script],
                env={"PYTHONHASHSEED": str(seed)},
                capture_output=True,
                check=True,
                text=True,
            ).stdout
            for seed in range(6)
        }
        self.assertEqual(len(made), 1, made)
