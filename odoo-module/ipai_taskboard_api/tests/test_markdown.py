# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
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
# (markdown, Odoo's HTML for it)
_SHAPES = (
    ("# Migrate to C#", "<h1>Migrate to C#</h1>"),
    (
        "- a\n    - b\n- c",
        "<ul><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ul>",
    ),
    (
        "- a\n\n  - b\n- c",
        "<ul><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ul>",
    ),
    (
        "- [ ] a\n\n  - [x] b\n- [ ] c",
        '<ul class="o_checklist"><li><p>a</p><ul class="o_checklist"><li'
        ' class="o_checked">b</li></ul></li><li>c</li></ul>',
    ),
    (
        "- [ ] a\n- b",
        '<ul class="o_checklist"><li>a</li></ul><ul><li>b</li></ul>',
    ),
    (
        "- a\n  ```js\n  x\n  y\n  ```",
        '<ul><li><p>a</p><pre><code class="language-js">x<br>y</code></pre></li></ul>',
    ),
    ("> ```\n> x\n>  y\n> ```", "<blockquote><pre>x<br> y</pre></blockquote>"),
    (
        "text\n| a |\n| --- |\n| 1 |",
        '<p>text</p><table class="table table-bordered o_table"><thead><tr><th><p>a</p>'
        "</th></tr></thead><tbody><tr><td><p>1</p></td></tr></tbody></table>",
    ),
    (
        "|  |\n| --- |\n| 1 |",
        '<table class="table table-bordered o_table"><tbody><tr><td><p>1</p></td></tr>'
        "</tbody></table>",
    ),
    ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
    ("one\\\ntwo", "<p>one<br>two</p>"),
    ("```\nopen\nfence", "<pre>open<br>fence</pre>"),
    ("a ** b ** c", "<p>a ** b ** c</p>"),
    ("two\nlines\n===", "<h1>two<br>lines</h1>"),
    ("`x`", '<p><code class="o_inline_code">x</code></p>'),
    ("a\tb", '<p>a<span class="oe-tabs">\t</span>\u200bb</p>'),
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

    def test_what_the_preview_shows_is_what_odoo_gets(self):
        for text, html in _SHAPES:
            with self.subTest(text):
                self.assertEqual(markdown.to_html(text), html)
                stored = markdown.to_stored_html(html)
                self.assertFalse(html_reader.is_lossy(stored))
                back = markdown.to_html(html_reader.to_markdown(stored))
                self.assertEqual(markdown.to_stored_html(back), stored)

    def test_long_texts_are_read_too(self):
        text = "# Title\n\n" + "\n".join(f"- item {n} of many" for n in range(1_500))
        self.assertGreater(len(text), 20_000)
        html = markdown.to_html(text)
        self.assertEqual(html.count("<li>"), 1_500)
        self.assertEqual(html_reader.to_markdown(html), text)
        self.assertFalse(html_reader.is_lossy(html))

    def test_what_is_out_of_proportion_is_kept_as_it_is_and_read_only(self):
        for text in (
            "[" * 3_000 + " *a* <b>\n\nend",
            "- " * 60 + "deep",
            "word " * 21_000,
            "[a]: b\n" * 2_000 + "[a]",
            "|a" * 200 + "\n" + "|-" * 200 + "\nx" * 1_000,
        ):
            with self.subTest(text[:20]):
                stored = markdown.to_stored_html(markdown.to_html(text))
                self.assertEqual(html_reader.to_markdown(stored), text.strip())
                self.assertTrue(html_reader.is_lossy(stored))

    def test_any_html_is_read_within_bounds(self):
        for html in (
            "<div>" * 200 + "deep" + "</div>" * 200,
            "<div>" * 3000 + "deep" + "</div>" * 3000,
            "<table><tr><td>" * 20_000 + "deep",
            "<p>deep</p>" + "<b>" * 100_000,
            "<p>deep</p>" + "<" * 500_000,
        ):
            with self.subTest(html[:20]):
                self.assertIn("deep", html_reader.to_markdown(html))
                self.assertTrue(html_reader.is_lossy(html))

    def test_plain_text_comes_back(self):
        for text in ("a", "a\nb\n\nc", "1 < 2 & *3*", "# no title"):
            html = markdown.from_plain_text(text)
            self.assertEqual(html_reader.to_plain_text(html), text)
