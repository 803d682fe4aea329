# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The markdown dialect of texts, and Odoo's HTML for it.

Imports nothing of Odoo: a gate runs it beside the client's parser. The dialect is
described in ``docs/decisions/0004-one-markdown-dialect.md``.
"""
