# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields


class BigInteger(fields.Integer):
    """PostgreSQL's transaction numbers outgrow Odoo's integers."""

    _column_type = ("int8", "int8")
