# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time

from odoo.tests.common import BaseCase, tagged

from ..services import html_reader, markdown

SAME_BOTH_WAYS = (
    "Plain text",
    "Two\nlines\n\nand a paragraph",
    "# Title\n\nSome **bold** and *slanted* text",
    "- one\n- two\n  - nested\n- three",
    "1. one\n2. two",
    "- [ ] open\n- [x] done",
    "> said\n> so",
    "```js\nlet a = '<b>' && `x`;\n```",
    "````\n```\nfences in fences\n```\n````",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "[a link](https://example.com/a_b?c=1&d=2)",
    "![picture](https://example.com/p.png)",
    "~~gone~~ and `code_with_*stars*`",
    "snake_case, 2 * 3 * 4, C:\\dir, #hashtag, a < b && c > d",
    "<script>alert(1)</script>",
    r"\*not slanted\* and \_neither\_",
    "1\\. no list",
    "Todo: a *b* c_d\n\n- **x**: `y`\n\n  more\n- z",
    "__init__ and **init**".replace("__init__", r"\_\_init\_\_"),
)


@tagged("taskboard")
class TestMarkdown(BaseCase):
    def test_markdown_comes_back(self):
        for text in SAME_BOTH_WAYS:
            with self.subTest(text):
                stored = markdown.to_stored_html(markdown.to_html(text))
                self.assertEqual(html_reader.to_markdown(stored), text)

    def test_second_round_changes_nothing(self):
        for text in (
            "* star",
            "+ plus",
            "line  \nbreak",
            "Title\n===",
            "text:\n- a\n- b",
        ):
            with self.subTest(text):
                once = html_reader.to_markdown(markdown.to_html(text))
                self.assertEqual(html_reader.to_markdown(markdown.to_html(once)), once)

    def test_odoo_checklist(self):
        html = '<ul class="o_checklist"><li class="o_checked">a</li><li>b</li></ul>'
        self.assertEqual(html_reader.to_markdown(html), "- [x] a\n- [ ] b")

    def test_nested_list_of_odoos_editor(self):
        html = "<ul><li>a</li><li class='oe-nested'><ul><li>b</li></ul></li><li>c</li></ul>"
        self.assertEqual(html_reader.to_markdown(html), "- a\n  - b\n- c")

    def test_html_whitespace_is_no_line_break(self):
        html = "<p>one\n  two<br>\n three</p>\n<p> </p>"
        self.assertEqual(html_reader.to_markdown(html), "one two\nthree")

    def test_nothing_is_nothing(self):
        for html in (False, "", "<p></p>", "<p><br></p>"):
            self.assertEqual(html_reader.to_markdown(html), "")
        self.assertEqual(markdown.to_html(" \n "), "")

    def test_raw_html_and_scripts_are_inert(self):
        text = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) <iframe src="/">'
        html = markdown.to_stored_html(markdown.to_html(text))
        self.assertNotIn("<img", html)
        self.assertNotIn("<iframe", html)
        self.assertNotIn('href="javascript', html)

    def test_hostile_depth_and_length_end_soon(self):
        for text in (
            ">" * 5000,
            "[" * 5000,
            "`" * 20000,
            "``a" * 6000,
            "* " * 3000,
            "**a" * 40000,
            "- " * 900,
            "a\n" * 9000,
        ):
            before = time.monotonic()
            stored = markdown.to_stored_html(markdown.to_html(text))
            self.assertTrue(html_reader.to_markdown(stored))
            self.assertLess(time.monotonic() - before, 10)
        self.assertEqual(
            html_reader.to_markdown("<div>" * 200 + "deep" + "</div>" * 200), "deep"
        )
        html_reader.to_markdown("<div>" * 3000 + "deep" + "</div>" * 3000)

    def test_text_too_hard_to_read_is_kept_as_it_is(self):
        for text in ("[" * 1000 + " *a* <b>\n\nend", "a_b *c*\n" * 1500):
            stored = markdown.to_stored_html(markdown.to_html(text))
            self.assertEqual(html_reader.to_markdown(stored), text.strip())

    def test_plain_text_comes_back(self):
        for text in ("a", "a\nb\n\nc", "1 < 2 & *3*", "# no title"):
            html = markdown.from_plain_text(text)
            self.assertEqual(html_reader.to_plain_text(html), text)
