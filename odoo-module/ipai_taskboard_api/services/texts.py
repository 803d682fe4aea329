# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How the database looks for texts, and in which order it puts names."""

import unicodedata

from odoo.tools import SQL

# The root of all languages: letters before their case, accents beside letters.
_COLLATION = "und-x-icu"


def literal(text):
    """``text`` for ILIKE and Odoo's ``ilike``, its wildcards taken as they stand."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def containing(text):
    """Pattern of ILIKE for all that contains ``text``."""
    return f"%{literal(text)}%"


def name_order(env, expression):
    """``expression`` (SQL) to order names by as a person would.

    Databases of Odoo mostly sort by bytes: "Zebra" before "apple".
    """
    has_icu = env.execute_query(
        SQL("SELECT 1 FROM pg_collation WHERE collname = %s", _COLLATION)
    )
    if has_icu:
        return SQL("%s COLLATE %s", expression, SQL.identifier(_COLLATION))
    return SQL("lower(%s)", expression)


def sort_key(name):
    """Nearly the same order as ``name_order``, for names that are loaded already."""
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return bare.casefold(), name
