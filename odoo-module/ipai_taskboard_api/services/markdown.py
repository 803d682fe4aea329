# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Markdown to Odoo's HTML and back, and plain text to HTML and back.

HTML is what Odoo stores. Raw HTML in markdown stays text, a newline is a line
break (as people type in Odoo), and task lists are Odoo's checklists.
"""

import re
from functools import lru_cache

import markdown
from bs4 import BeautifulSoup, NavigableString
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdownify import ATX, MarkdownConverter
from markupsafe import Markup, escape

from odoo.tools import html2plaintext, html_sanitize

# Longer or deeper texts are kept as they are, in one preformatted block: the
# libraries take quadratic time, or the whole stack, for some of them.
_MAX_RICH = 100_000
_MAX_NESTING = 50

_LIST_START = re.compile(r"[*+-] |1[.)] ")
_LIST_ITEM = re.compile(r"\s*([*+-]|[0-9]{1,9}[.)])\s")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~&]")
_DEEP = re.compile(r"(?m)^[\s>*+-]{%d,}|[\[(!]{%d,}" % (_MAX_NESTING, _MAX_NESTING))


class _ListsAfterText(Preprocessor):
    """A list may follow a paragraph without a blank line, as elsewhere."""

    def run(self, lines):
        result, fence, previous = [], None, ""
        for line in lines:
            mark = _FENCE.match(line.strip())
            if fence:
                fence = None if line.strip().startswith(fence) else fence
            elif mark:
                fence = mark[1]
            elif (
                _LIST_START.match(line)
                and previous.strip()
                and not _LIST_ITEM.match(previous)
                and not previous.startswith(" ")
            ):
                result.append("")
            result.append(line)
            previous = line
        return result


class _TaskLists(Treeprocessor):
    """``- [x] done`` becomes a line of Odoo's checklist."""

    def run(self, root):
        for listing in root.iter("ul"):
            items = [child for child in listing if child.tag == "li"]
            marks = [_TASK.match(_first_text(item).text or "") for item in items]
            if not items or not all(marks):
                continue
            listing.set("class", "o_checklist")
            for item, mark in zip(items, marks, strict=True):
                text = _first_text(item)
                text.text = text.text[mark.end() :]
                if mark[1] != " ":
                    item.set("class", "o_checked")


def _first_text(item):
    if len(item) and item[0].tag == "p" and not (item.text or "").strip():
        return item[0]
    return item


class _Headings(HashHeaderProcessor):
    """A heading needs a space: ``#hashtag`` is text, as elsewhere."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})(?=[ \t\n]|$)(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)"
    )


class _Taskboard(Extension):
    def extendMarkdown(self, md):
        md.parser.blockprocessors.register(_Headings(md.parser), "hashheader", 70)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.parser.blockprocessors.deregister("code")
        md.ESCAPED_CHARS.extend(["~", "<", "&", "|"])
        strike = SimpleTagInlineProcessor(r"()~~(?=\S)(.+?)(?<=\S)~~", "s")
        md.inlinePatterns.register(strike, "strike", 65)
        md.preprocessors.register(_ListsAfterText(md), "lists_after_text", 15)
        md.treeprocessors.register(_TaskLists(md), "task_lists", 25)


def _render(text):
    return markdown.markdown(
        text,
        extensions=["fenced_code", "tables", "sane_lists", "nl2br", _Taskboard()],
        tab_length=2,
        # Not "html": that writes alt="alt" without its value.
        output_format="xhtml",
    )


def to_html(text):
    """HTML (Markup) of markdown; "" for blank text. Not sanitised: Odoo does."""
    if not text.strip():
        return Markup("")
    if len(text) <= _MAX_RICH and not _DEEP.search(text):
        try:
            return Markup(_render(text))
        except RecursionError:
            pass
    return Markup("<pre>%s</pre>") % text


def to_stored_html(html):
    """What Odoo's description field makes of ``html`` when it is written."""
    return str(html_sanitize(html, sanitize_attributes=False) or "")


def to_comment_html(text, partners):
    """HTML of a comment; ``@Name`` of a mentioned partner becomes Odoo's link."""
    html = str(to_html(text))
    # sudo: names of partners that the writer has just found by their address.
    for partner in partners.sudo().sorted(lambda one: -len(one.name or "")):
        link = Markup(
            '<a href="/mail/view?model=res.partner&amp;res_id=%s"'
            ' class="o_mail_redirect" data-oe-id="%s" data-oe-model="res.partner"'
            ' target="_blank" contenteditable="false">@%s</a>'
        ) % (partner.id, partner.id, partner.name or "")
        if partner.name:
            html = html.replace(f"@{escape(partner.name)}", str(link), 1)
    return Markup(html)


class _Converter(MarkdownConverter):
    class Options:
        bullets = "-"
        heading_style = ATX
        table_infer_header = True
        autolinks = False
        bs4_options = "lxml"
        careful = False

    def escape(self, text, parent_tags):
        if not self.options["careful"]:
            return text
        return _SPECIAL.sub(r"\\\g<0>", text)

    def convert_a(self, el, text, parent_tags):
        if el.get("data-oe-model") == "res.partner":
            # A mention; whom it means is told apart from the text.
            return text
        return super().convert_a(el, text, parent_tags)

    def convert_br(self, el, text, parent_tags):
        return " " if "_inline" in parent_tags else "\n"

    def convert_li(self, el, text, parent_tags):
        if "o_checklist" in (el.parent.get("class") or ()):
            done = "o_checked" in (el.get("class") or ())
            text = f"[{'x' if done else ' '}] {text.strip()}"
        return super().convert_li(el, text, parent_tags)

    def convert_pre(self, el, text, parent_tags):
        code = el.get_text()
        marks = [len(run) for run in re.findall(r"`{3,}", code)]
        fence = "`" * (max(marks, default=2) + 1)
        body = code[:-1] if code.endswith("\n") else code
        return f"\n\n{fence}{_language(el)}\n{body}\n{fence}\n\n"


def _language(pre):
    code = pre.find("code")
    for name in (code.get("class") if code else None) or ():
        if name.startswith("language-"):
            return name.removeprefix("language-")
    return pre.get("data-language-id") or ""


def to_markdown(html):
    """Markdown of Odoo's HTML; "" for none."""
    return _to_markdown(str(html)) if html else ""


@lru_cache(maxsize=4096)
def _to_markdown(html):
    try:
        plain = _convert(html, careful=False)
        if not _SPECIAL.search(_text_of(html)):
            return plain
        # Backslashes only where leaving them out would change the meaning.
        careful = _convert(html, careful=True)
        return plain if _render(plain) == _render(careful) else careful
    except RecursionError:
        return html2plaintext(html)


def _convert(html, careful):
    soup = BeautifulSoup(html, "lxml")
    _settle_newlines(soup)
    text = _Converter(careful=careful).convert_soup(soup)
    return re.sub(r"\n{3,}", "\n\n", text).strip() if "```" not in text else text.strip()


def _text_of(html):
    return BeautifulSoup(html, "lxml").get_text()


def _settle_newlines(soup):
    """HTML's own line ends are spaces, and nothing after a line break."""
    for node in list(soup.find_all(string=re.compile("\n"))):
        if node.find_parent("pre"):
            continue
        text = re.sub(r"[ \t]*[\r\n]+[ \t\r\n]*", " ", node)
        if getattr(node.previous_sibling, "name", None) == "br":
            text = text.lstrip(" ")
        node.replace_with(NavigableString(text))


def from_plain_text(text):
    """HTML (Markup) that shows ``text`` as it was typed; "" for blank text."""
    if not text.strip():
        return Markup("")
    return Markup("<p>%s</p>") % Markup("<br>").join(text.split("\n"))


def to_plain_text(html):
    """Text of HTML, paragraphs apart; gives back what ``from_plain_text`` took."""
    if not html:
        return ""
    soup = BeautifulSoup(str(html), "lxml")
    _settle_newlines(soup)
    for line_break in soup.find_all("br"):
        line_break.replace_with("\n")
    for block in soup.find_all(["p", "div", "h1", "h2", "h3", "h4", "pre", "blockquote"]):
        block.append("\n\n")
    for line in soup.find_all(["li", "tr"]):
        line.append("\n")
    return re.sub(r"\n{3,}", "\n\n", soup.get_text()).strip()
