# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random

from lxml import html as lxml_html

from odoo.tests.common import BaseCase, tagged

from ..services import html_reader, markdown
from .editor_snippets import Snippets
from .test_markdown import SAME_BOTH_WAYS

_KEPT = (
    "",
    "<p>Text</p>",
    "<p>one</p>two<div>three</div><p><br></p>",
    '<p data-last-history-steps="12">A <b>bold </b>word and&nbsp;<i>another</i></p>',
    '<div class="o-paragraph">a<br>b</div><p class="mb-0">c<br></p>',
    "<h2>Title</h2><p>a <del>word</del></p><hr>",
    '<p>see <a href="https://example.com/a" target="_blank" rel="noopener">this</a></p>',
    "<ul><li><p>a</p></li><li>b</li></ul><ol><li>c</li></ol>",
    "<ul><li>a</li><li class='oe-nested'><ul><li>b</li></ul></li><li>c</li></ul>",
    '<ul class="o_checklist"><li id="checkId-1" class="o_checked">a</li><li>b</li></ul>',
    "<pre data-language-id='python'>a = 1\n  b</pre>",
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
    '<p><img src="https://example.com/a.png" alt="a"></p>',
    "<blockquote>a<br>b</blockquote>",
    "<h2>a<br>b</h2>",
    "<pre>a<br>b</pre>",
    "<pre><p>a</p><p>b</p></pre>",
    "<ul><li>a</li></ul><ul><li>b</li></ul>",
    '<ul class="o_checklist"><li class="o_checked"><p>a</p><ul class="o_checklist">'
    '<li>b</li></ul></li><li class="oe-nested"><ul><li>c</li></ul></li></ul>',
    '<p><code class="o_inline_code">a</code></p>',
    '<table class="table table-bordered o_table"><tbody><tr><td><p>a</p></td><td><p><br>'
    "</p></td></tr></tbody></table>",
    '<p>a<span class="oe-tabs">\t</span>\u200bb</p>',
    '<p><a href="https://odoo.example/odoo/res.partner/7" class="o_mail_redirect"'
    ' data-oe-id="7" data-oe-model="res.partner" target="_blank">@Ann</a></p>',
)
_LOST = (
    '<p style="color: red">red</p>',
    "<p><u>a</u> and x<sup>2</sup></p>",
    '<p><font class="text-o-color-1">a</font></p>',
    '<p><a href="#" data-oe-model="res.partner" data-oe-id="3">@A</a></p>',
    '<p><img src="https://example.com/a.png" width="20"></p>',
    "<table><tbody><tr><td>a<br>b</td></tr></tbody></table>",
    '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
    "<table><tbody><tr><td><ul><li>a</li></ul></td></tr></tbody></table>",
    "<h3>a<br>b</h3>",
    "<pre>a<b>b</b></pre>",
    '<div data-embedded="file">a</div>',
    '<p class="o_big">a</p>',
)
# (what it is, what has to be seen of it)
_SHOWN = (
    (
        '<p>a <span data-embedded="file" data-embedded-props=\'{"fileData": {"id": 3,'
        ' "filename": "plan.pdf"}}\'></span></p>',
        "[plan.pdf](/web/content/3?download=true)",
    ),
    (
        '<div data-embedded="video" data-embedded-props=\'{"videoId": "abc", "platform":'
        ' "youtube"}\'></div>',
        "https://www.youtube.com/watch?v=abc",
    ),
    (
        '<div data-oe-expression="//www.youtube.com/embed/abc"><iframe'
        ' src="//www.youtube.com/embed/abc"></iframe></div>',
        "https://www.youtube.com/embed/abc",
    ),
    ('<p><span class="o_stars"><i class="fa fa-star"></i></span></p>', "★"),
    ('<div data-embedded="toggleBlock"><div><p>a</p></div></div>', "a"),
)


@tagged("taskboard")
class TestHtmlLosses(BaseCase):
    def _is_lossy(self, html):
        return html_reader.is_lossy(markdown.to_stored_html(html))

    def test_what_markdown_can_say_is_kept(self):
        for html in _KEPT:
            with self.subTest(html):
                self.assertFalse(self._is_lossy(html))
        self.assertFalse(html_reader.is_lossy(None))
        for text in SAME_BOTH_WAYS:
            with self.subTest(text):
                self.assertFalse(self._is_lossy(markdown.to_html(text)))

    def test_what_markdown_cannot_say_is_lost(self):
        for html in _LOST:
            with self.subTest(html):
                self.assertTrue(self._is_lossy(html))

    def test_what_is_no_text_is_shown_and_read_only(self):
        for html, shown in _SHOWN:
            with self.subTest(html):
                self.assertIn(shown, html_reader.to_markdown(html))
                self.assertTrue(self._is_lossy(html))

    def test_a_word_made_bold_in_a_plain_text_is_not_dropped(self):
        plain = str(markdown.from_plain_text("one two\nthree"))
        self.assertFalse(html_reader.is_lossy_as_text(plain))
        for change in ("<b>two</b>", '<a href="https://a.example">two</a>'):
            html = plain.replace("two", change)
            self.assertEqual(html_reader.to_plain_text(html), "one two\nthree")
            self.assertTrue(html_reader.is_lossy_as_text(html))
            self.assertIn("two", html_reader.to_markdown(html))
            back = markdown.to_html(html_reader.to_markdown(html))
            self.assertIn("two", _words(back))

    def test_texts_of_odoos_editor_lose_no_word_unsaid(self):
        snippets = Snippets(random.Random(7))
        lossy = 0
        for _round in range(400):
            html = markdown.to_stored_html(snippets.snippet())
            text = html_reader.to_markdown(html)
            back = markdown.to_stored_html(markdown.to_html(text))
            if html_reader.is_lossy(html):
                lossy += 1
                continue
            with self.subTest(html):
                self.assertEqual(_words(back), _words(html))
                self.assertEqual(html_reader.to_markdown(back), text)
        self.assertLess(lossy, 400 / 5)


def _words(html):
    """All that a browser shows of HTML, without its spaces."""
    text = lxml_html.fragment_fromstring(html, create_parent="div").text_content()
    return "".join(text.replace("\u200b", "").split())
