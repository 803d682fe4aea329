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
    "lang",
    "loading",
    "o-we-hint-text",
    "rel",
    "target",
}
_IMAGE_NOISE = re.compile(
    r"data-(attachment-id|file-name|mimetype(-before-conversion)?|original-(id|src|mimetype))"
)
_CLASSES = {
    "a": {"o_link_readonly", "o_mail_redirect"},
    # Of banners that older editors made, and around tables.
    "div": {"o-signature-container", "px-3", "table-responsive", "w-100"},
    "hr": {"o_selected_hr"},
    "img": {"img", "img-fluid", "o_we_custom_image"},
    "li": {"o_checked", "oe-nested"},
    "pre": {"o_prism"},
    "table": set(TABLE_CLASSES.split()),
    "td": {"o_table_header"},
    "th": {"o_table_header"},
    "ul": {"o_checklist"},
}
_NOISY_CLASSES = re.compile(r"m[tbxyse]?-[0-5]|o-paragraph|o-we-hint|o_taskboard_plain")
# {attribute: the value that is what would be without it}
_DEFAULTS = {"dir": {"auto", "ltr"}, "colspan": {"1"}, "rowspan": {"1"}}
_NOISY_STYLES = {"ol": {"padding-inline-start"}, "ul": {"padding-inline-start"}}
_DEFAULT_STYLES = re.compile(
    r"(?:text-align:(?:left|start)|margin(?:-(?:top|bottom|left|right))?:(?:0(?:px)?\s*)+)"
)
# Elements of words, and styles of theirs that say what an element could.
_OF_WORDS = set("a b code del em font i s span strike strong".split())
_MARKING = {
    "strong": re.compile("font-weight:(?:bold|bolder|[6-9]00)"),
    "em": re.compile("font-style:italic"),
    "s": re.compile("text-decoration(?:-line)?:line-through"),
}
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


def marks(tag, attributes):
    """Names of the marks that an element's styles give to its words."""
    if tag not in _OF_WORDS or "style" not in attributes:
        return set()
    given = [f"{name}:{value}" for name, value in styles(attributes)]
    return {
        mark for mark, pattern in _MARKING.items() if any(map(pattern.fullmatch, given))
    }


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


def _is_silent_style(tag, style):
    if tag in _OF_WORDS:
        return any(pattern.fullmatch(style) for pattern in _MARKING.values())
    return bool(_DEFAULT_STYLES.fullmatch(style))


def _is_silent(tag, name, value, attributes):
    if name in _NOISE or name in _READ.get(tag, ()) or not value:
        return True
    if name in _DEFAULTS:
        return value in _DEFAULTS[name]
    if name == "class":
        unknown = set(value.split()) - _CLASSES.get(tag, set())
        if tag == "pre":
            # Said by the language's own attribute too.
            unknown -= {f"language-{attributes.get('data-language-id')}"}
        return all(map(_NOISY_CLASSES.fullmatch, unknown))
    if name == "style":
        known = {"text-align"} if tag in ("td", "th") else _NOISY_STYLES.get(tag, set())
        return all(
            style in known or _is_silent_style(tag, f"{style}:{value}")
            for style, value in styles(attributes)
        )
    if tag == "a" and name in ("data-oe-model", "data-oe-id"):
        number = mentioned(attributes.get("href") or "")
        return number and value in ("res.partner", number)
    if tag == "img":
        return bool(_IMAGE_NOISE.fullmatch(name))
    return tag == "li" and name == "id" and value.startswith("checkId")
