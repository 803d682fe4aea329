# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random

from odoo.tests.common import BaseCase, tagged

from ..services import html_losses, html_reader, markdown
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
)
_LOST = (
    '<p style="color: red">red</p>',
    "<p><u>a</u> and x<sup>2</sup></p>",
    '<p><font class="text-o-color-1">a</font></p>',
    '<p><a href="#" data-oe-model="res.partner" data-oe-id="3">@A</a></p>',
    '<p><img src="https://example.com/a.png" width="20"></p>',
    "<table><tbody><tr><td>no</td><td>head</td></tr></tbody></table>",
    '<table class="table table-bordered"><tbody><tr><td>a</td></tr></tbody></table>',
    "<h2>a<br>b</h2>",
    "<pre>a<b>b</b></pre>",
    "<ul><li>a</li></ul><ul><li>b</li></ul>",
    '<div data-embedded="file">a</div>',
    '<p class="o_big">a</p>',
)
_WORDS = (
    "word Über 1 2. a-b don't (see below) U.S. 50% http://a.b/c - -- 3) end. key: A/B "
    "1.5 v2 12:30 * # > + _x_ `c` [a] a|b \\ <"
).split()


@tagged("taskboard")
class TestHtmlLosses(BaseCase):
    def _is_lossy(self, html):
        return html_losses.is_lossy(markdown.to_stored_html(html))

    def test_what_markdown_can_say_is_kept(self):
        for html in _KEPT:
            with self.subTest(html):
                self.assertFalse(self._is_lossy(html))
        self.assertFalse(html_losses.is_lossy(None))
        for text in SAME_BOTH_WAYS:
            with self.subTest(text):
                self.assertFalse(self._is_lossy(markdown.to_html(text)))

    def test_what_markdown_cannot_say_is_lost(self):
        for html in _LOST:
            with self.subTest(html):
                self.assertTrue(self._is_lossy(html))

    def test_the_quick_answer_is_the_thorough_one(self):
        """Plain texts are not tried; on random ones both ways agree."""
        chance = random.Random(3)
        plain = 0
        for _round in range(400):
            html = "".join(_block(chance) for _ in range(chance.randint(1, 3)))
            html = markdown.to_stored_html(html)
            if html_losses._is_plain(html_losses._lines(html)):
                plain += 1
                back = markdown.to_html(html_reader.to_markdown(html))
                self.assertEqual(
                    html_losses._lines(markdown.to_stored_html(back)),
                    html_losses._lines(html),
                    html,
                )
        self.assertGreater(plain, 20)


def _block(chance):
    frame = chance.choice(
        ("<p>%s</p>", "<p>%s</p>", "<ul><li>%s</li></ul>", "<h2>%s</h2>")
    )
    return frame % " ".join(_word(chance) for _ in range(chance.randint(1, 4)))


def _word(chance):
    word = chance.choice(_WORDS).replace("<", "&lt;")
    frame = chance.choice(
        ("%s",) * 8 + ("<b>%s</b>", "<i>%s</i>,", '<a href="https://a.b/c-d">%s</a>')
    )
    return frame % word
