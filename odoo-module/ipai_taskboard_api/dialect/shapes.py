# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Shapes that Odoo's editor gives to what markdown has too."""

TABLE_CLASSES = "table table-bordered o_table"

TAB = '<span class="oe-tabs">\t</span>\u200b'

# Of Odoo 19's code blocks; its editor fails for a language that it does not have.
LANGUAGES = frozenset(
    "plaintext markdown javascript typescript jsdoc java python html xml svg json css"
    " sass scss sql diff".split()
)

# {first line of a quote: kind of banner}
ALERTS = {
    "[!NOTE]": "info",
    "[!TIP]": "success",
    "[!WARNING]": "warning",
    "[!CAUTION]": "danger",
}
ICONS = {"info": "💡", "success": "✅", "warning": "⚠️", "danger": "❌"}


def _banner(kind):
    return (
        '<div class="o_editor_banner user-select-none o-contenteditable-false lh-1'
        f' d-flex align-items-center alert alert-{kind} pb-0 pt-3"'
        ' data-oe-role="status"><i class="o_editor_banner_icon mb-3 fst-normal"'
        f' data-oe-aria-label="Banner {kind.title()}">{ICONS[kind]}</i><div'
        ' class="o_editor_banner_content o-contenteditable-true w-100 px-3">',
        "</div></div>",
    )


# {kind: (what stands before its content, and after)}
BANNERS = {kind: _banner(kind) for kind in ICONS}
