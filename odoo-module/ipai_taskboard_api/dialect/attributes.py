# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which attributes of Odoo's HTML say nothing that a text would miss."""

import re

from .shapes import LANGUAGES, TABLE_CLASSES

# Read by ``html_reader`` itself.
_READ = {
    "a": {"href", "title"},
    "code": {"class"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "pre": {"data-language-id", "data-embedded"},
}
# Such as Odoo and its editor leave behind.
_NOISE = {
    "contenteditable",
    "data-last-history-steps",
    "data-o-mail-quote",
    "data-o-mail-quote-container",
    "data-o-mail-quote-node",
    "data-oe-protected",
    "data-oe-version",
    "loading",
    "rel",
    "target",
}
_IMAGE_NOISE = re.compile(
    r"data-(attachment-id|file-name|mimetype(-before-conversion)?|original-(id|src|mimetype))"
)
_CLASSES = {
    "a": {"o_mail_redirect"},
    "div": {"o-signature-container"},
    "hr": {"o_selected_hr"},
    "img": {"img", "img-fluid", "o_we_custom_image"},
    "li": {"o_checked", "oe-nested"},
    "pre": {"o_prism"},
    "table": set(TABLE_CLASSES.split()),
    "ul": {"o_checklist"},
}
_NOISY_CLASSES = {"mb-0", "o-paragraph", "o_taskboard_plain"}
_NOISY_STYLES = {"ol": {"padding-inline-start"}, "ul": {"padding-inline-start"}}
_MENTION = re.compile(
    r"/(?:odoo/res\.partner/|mail/view\?model=res\.partner&res_id=)([0-9]{1,9})$"
)


def classes(attributes):
    return set((attributes.get("class") or "").split())


def is_silent(tag, attributes):
    """Whether all of an element's attributes are read, or noise."""
    return all(
        _is_silent(tag, name, value or "", attributes)
        for name, value in attributes.items()
    )


def align(attributes):
    """Alignment of a cell's text; "" for none."""
    return dict(styles(attributes)).get("text-align", "")


def styles(attributes):
    for part in (attributes.get("style") or "").split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip().lower(), value.strip().lower()


def mentioned(href):
    """Number of the partner whom a link's address means, as a text; None for none."""
    found = _MENTION.search(href)
    return found and found[1]


def language(pre, code):
    """Language of a block of code by the attributes of ``pre`` and of its ``code``."""
    for name in (code.get("class") or "").split():
        if name.startswith("language-"):
            return name.removeprefix("language-")
    known = pre.get("data-language-id") or ""
    # Odoo's editor writes this one for code in no language.
    return known if known in LANGUAGES - {"plaintext"} else ""


def _is_silent(tag, name, value, attributes):
    if name in _NOISE or name in _READ.get(tag, ()) or not value:
        return True
    if name == "class":
        return not set(value.split()) - _NOISY_CLASSES - _CLASSES.get(tag, set())
    if name == "style":
        known = {"text-align"} if tag in ("td", "th") else _NOISY_STYLES.get(tag, set())
        return all(style in known for style, _value in styles(attributes))
    if tag == "a" and name in ("data-oe-model", "data-oe-id"):
        number = mentioned(attributes.get("href") or "")
        return number and value in ("res.partner", number)
    if tag == "img":
        return bool(_IMAGE_NOISE.fullmatch(name))
    return tag == "li" and name == "id" and value.startswith("checkId")
