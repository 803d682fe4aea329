# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests.common import BaseCase, tagged

from ..services.text_cache import TextCache


@tagged("taskboard")
class TestTextCache(BaseCase):
    def setUp(self):
        super().setUp()
        self.converted = []
        self.cache = TextCache(100_000, self._convert)

    def _convert(self, text):
        self.converted.append(text[:1])
        return text.upper()

    def test_what_is_kept_is_not_made_again(self):
        for _again in range(2):
            self.assertEqual(self.cache.get("text"), "TEXT")
        self.assertEqual(len(self.converted), 1)

    def test_bytes_are_counted_and_the_least_used_goes_first(self):
        for letter in "abcdef":
            self.cache.get(letter * 9_000)
            self.cache.get("a" * 9_000)
        self.assertLessEqual(self.cache.size, 100_000)
        self.converted.clear()
        self.cache.get("a" * 9_000)
        self.cache.get("b" * 9_000)
        self.assertEqual(self.converted, ["b"])

    def test_one_text_does_not_take_all(self):
        self.cache.get("small")
        self.cache.get("x" * 60_000)
        self.converted.clear()
        self.cache.get("small")
        self.assertEqual(self.converted, [])
