# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Markdown and plain text to the HTML that Odoo stores. (The way back: ``html_reader``.)

The dialect itself is in ``dialect``, which knows nothing of Odoo.
"""

from markupsafe import Markup

from odoo.tools import html_sanitize

from ..dialect import convert, plain_text
from ..dialect.mentions import Mention


def to_html(text):
    """HTML (Markup) of markdown; "" for blank text. Not sanitised: Odoo does."""
    return Markup(convert.to_html(text))


def to_stored_html(html):
    """What Odoo's description field makes of ``html`` when it is written."""
    return str(html_sanitize(html, sanitize_attributes=False) or "")


def to_comment_html(text, partners):
    """HTML of a comment; ``@Name`` of a mentioned partner becomes Odoo's link."""
    # sudo: names of partners that the writer has just found by their address.
    mentions = [Mention(one.name or "", one.id) for one in partners.sudo()]
    return Markup(convert.to_html(text, mentions))


def from_plain_text(text):
    """HTML (Markup) that shows ``text`` as it was typed; "" for blank text."""
    return Markup(plain_text.to_html(text))
