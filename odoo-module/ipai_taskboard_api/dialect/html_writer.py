# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tokens of markdown to HTML in the shapes that Odoo's editor makes."""

from html import escape

from markdown_it.common.utils import unescapeAll

from .attributes import mentioned
from .shapes import ALERTS, BANNERS, LANGUAGES, TAB, TABLE_CLASSES

_INLINE_TAGS = {"strong": "strong", "em": "em", "s": "s"}
_PLAIN_TAGS = {
    "blockquote_open",
    "blockquote_close",
    "heading_open",
    "heading_close",
    "thead_open",
    "thead_close",
    "tbody_open",
    "tbody_close",
    "tr_open",
    "tr_close",
}


def write(tokens):
    """HTML of a text's tokens."""
    writer = _Writer(tokens)
    return writer.html()


class _Writer:
    def __init__(self, tokens):
        self._tokens = tokens
        self._parts = []
        # What closes the open lists and items, and the open quotes.
        self._lists = []
        self._bare = False
        self._quotes = []

    def html(self):
        tokens, index = self._tokens, 0
        while index < len(tokens):
            index = self._token(index) or index + 1
        return "".join(self._parts)

    def _token(self, index):
        """Write one token; the index of the next where some are left out."""
        token = self._tokens[index]
        kind = token.type
        if kind == "inline":
            self._parts.append(inline(token.children or ()))
        elif kind in ("fence", "code_block"):
            self._parts.append(_code(token))
        elif kind == "hr":
            self._parts.append("<hr>")
        elif kind == "thead_open" and self._is_blank_head(index):
            return self._after(index, "thead_close")
        elif kind == "blockquote_open":
            return self._quote(index)
        elif kind == "blockquote_close":
            self._parts.append(self._quotes.pop())
        elif kind in _PLAIN_TAGS:
            self._parts.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")
        else:
            getattr(self, f"_{kind}")(token, index)
        return None

    def _paragraph_open(self, _token, index):
        # Beside other blocks Odoo's editor wants the text of an item in a paragraph.
        end = self._tokens[index + 3].type if index + 3 < len(self._tokens) else ""
        alone = index and self._tokens[index - 1].type == "list_item_open"
        self._bare = alone and end == "list_item_close"
        if not self._bare:
            self._parts.append("<p>")

    def _paragraph_close(self, _token, _index):
        if not self._bare:
            self._parts.append("</p>")

    def _bullet_list_open(self, _token, _index):
        # Opened by its first item: a list is one of tasks, or one of none.
        self._lists.append(["ul", None])

    def _ordered_list_open(self, token, _index):
        start = token.attrGet("start")
        number = "" if start in (None, 1) else f' start="{int(start)}"'
        self._lists.append(["ol", False])
        self._parts.append(f"<ol{number}>")

    def _list_item_open(self, token, index):
        listing = self._lists[-1]
        done = (token.meta or {}).get("done")
        if listing[0] == "ul" and listing[1] != (done is not None):
            if listing[1] is not None:
                self._parts.append("</ul>")
            listing[1] = done is not None
            self._parts.append('<ul class="o_checklist">' if listing[1] else "<ul>")
        following = self._tokens[index + 1].type
        nested = following in ("bullet_list_open", "ordered_list_open")
        name = "oe-nested" if nested else "o_checked" if done else None
        self._parts.append(f'<li class="{name}">' if name else "<li>")
        if following == "list_item_close":
            self._parts.append("<br>")

    def _list_item_close(self, _token, _index):
        self._parts.append("</li>")

    def _bullet_list_close(self, _token, _index):
        self._parts.append(f"</{self._lists.pop()[0]}>")

    _ordered_list_close = _bullet_list_close

    def _quote(self, index):
        kind = _alert(self._tokens[index + 1 : index + 3])
        if kind is None:
            is_empty = self._tokens[index + 1].type == "blockquote_close"
            self._quotes.append("</blockquote>")
            self._parts.append(f"<blockquote>{'<br>' if is_empty else ''}")
            return None
        before, after = BANNERS[kind]
        self._quotes.append(after)
        self._parts.append(before)
        first = self._tokens[index + 2]
        # Without the line that says which alert it is.
        first.children = first.children[2:]
        return None if first.children else index + 4

    def _table_open(self, _token, _index):
        self._parts.append(f'<table class="{TABLE_CLASSES}">')

    def _table_close(self, _token, _index):
        self._parts.append("</table>")

    def _th_open(self, token, _index):
        style = token.attrGet("style")
        align = f' style="{escape(style.replace(":", ": "))};"' if style else ""
        self._parts.append(f"<{token.tag}{align}><p>")

    _td_open = _th_open

    def _th_close(self, token, _index):
        empty = not self._parts[-1]
        self._parts.append(f"{'<br>' if empty else ''}</p></{token.tag}>")

    _td_close = _th_close

    def _is_blank_head(self, index):
        end = self._after(index, "thead_close")
        has_rows = self._tokens[end].type != "table_close"
        head = (one for one in self._tokens[index:end] if one.type == "inline")
        return has_rows and not any(one.content for one in head)

    def _after(self, index, kind):
        while self._tokens[index].type != kind:
            index += 1
        return index + 1


def _alert(following):
    if [one.type for one in following] != ["paragraph_open", "inline"]:
        return None
    first = (following[1].children or [None])[0]
    ends = len(following[1].children) == 1 or following[1].children[1].type in (
        "softbreak",
        "hardbreak",
    )
    if not (first and first.type == "text" and ends):
        return None
    # Neither escaped nor an entity: looked for in what was typed.
    typed = following[1].content.split("\n", 1)[0].rstrip("\\ \t")
    return ALERTS.get(first.content) if typed == first.content else None


def _code(token):
    name = (unescapeAll(token.info).split() or [""])[0]
    lines = token.content.removesuffix("\n").split("\n")
    code = "<br>".join(escape(line, quote=False) for line in lines)
    # An empty last line takes two, as in the editor.
    code += "<br>" if len(lines) > 1 and not lines[-1] else ""
    if not name:
        return f"<pre>{code or '<br>'}</pre>"
    known = f' data-language-id="{name}"' if name in LANGUAGES else ""
    return f'<pre{known}><code class="language-{escape(name)}">{code}</code></pre>'


def inline(children):
    """HTML of tokens within a line."""
    parts, links = [], 0
    for index, token in enumerate(children):
        if token.type == "link_open":
            links += 1
            parts.append(_link(token, children[index + 1].content))
        elif token.type == "mention" and not links:
            parts.append(_mention(token))
        else:
            links -= token.type == "link_close"
            parts.append(_inline(token))
    return "".join(parts)


def _inline(token):
    kind = token.type
    if kind in ("softbreak", "hardbreak"):
        return "<br>"
    if kind == "code_inline":
        return (
            f'<code class="o_inline_code">{escape(token.content, quote=False)}</code>'
        )
    if kind == "image":
        return _image(token)
    if token.tag in _INLINE_TAGS or kind == "link_close":
        return f"<{'/' if token.nesting < 0 else ''}{token.tag}>"
    # Odoo's editor has tabs as elements; as a character it would be a space.
    return escape(token.content, quote=False).replace("\t", TAB)


def _mention(token):
    number = token.meta["partner_id"]
    href = f"/mail/view?model=res.partner&res_id={number}"
    return (
        f"<a{_address(href)}{_partner(number)}>{escape(token.content, quote=False)}</a>"
    )


def _link(token, text):
    href = token.attrGet("href") or ""
    number = mentioned(href) if text.startswith("@") else None
    title = token.attrGet("title")
    titled = f' title="{escape(title)}"' if title else ""
    return f"<a{_address(href)}{titled}{_partner(number) if number else ''}>"


def _address(href):
    return f' href="{escape(href)}"'


def _partner(number):
    """Attributes of Odoo's link to a person."""
    return (
        f' class="o_mail_redirect" data-oe-id="{number}" data-oe-model="res.partner"'
        ' target="_blank" contenteditable="false"'
    )


def _image(token):
    title = token.attrGet("title")
    titled = f' title="{escape(title)}"' if title else ""
    alt = "".join(_plain(one) for one in token.children or ())
    source = escape(token.attrGet("src") or "")
    return f'<img src="{source}" alt="{escape(alt)}"{titled} class="img-fluid">'


def _plain(token):
    if token.type in ("softbreak", "hardbreak"):
        return " "
    inner = "".join(_plain(one) for one in token.children or ())
    return inner or token.content
