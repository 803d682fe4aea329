# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a refusal of PostgreSQL's means to the person whose change it stopped.

Custom modules bring rules of their own: a field that must be filled in, a check, a
value that may be there once only. Odoo raises a ValidationError for each, with the
database's error as its cause. Its text is repeated where the module has written it,
and never where it is the database's own: that quotes the whole row.
"""

import logging

import psycopg2
from psycopg2 import errors as pg

from odoo import SUPERUSER_ID, api
from odoo.tools import LazyTranslate

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

# Odoo looks for a follower and then makes one. Of two requests at once the second
# finds the first one's: nobody's mistake, and gone when it is tried again.
_RACES = {"mail_followers"}
# Of what the database cannot hold: too long, out of its range.
UNHOLDABLE = (pg.StringDataRightTruncation, pg.NumericValueOutOfRange)


def cause(exc):
    """The violation behind one of Odoo's exceptions, or None."""
    found = exc.__cause__
    return found if isinstance(found, psycopg2.IntegrityError) else None


def is_conflict(violation):
    """Whether somebody else's change is what stands in the way."""
    if isinstance(violation, pg.ForeignKeyViolation):
        return True
    unique = isinstance(violation, pg.UniqueViolation)
    return unique and violation.diag.table_name in _RACES


def sentence(violation, told, registry, lang):
    """What to tell; ``told`` is the text of Odoo's exception."""
    diag = violation.diag
    if isinstance(violation, pg.NotNullViolation):
        label = _label(registry, lang, diag.table_name, diag.column_name)
        return _lt("Odoo needs a value for “%s” here.", label)
    if _is_database_text(violation, told):
        return _lt("A rule of this Odoo does not allow it: %s.", diag.constraint_name)
    return told


def _is_database_text(violation, told):
    if not told:
        return True
    own = (violation.diag.message_primary, violation.diag.message_detail)
    return any(text and text in told for text in own)


def _label(registry, lang, table, column):
    """The field's label in the reader's language; its column when there is none."""
    for model in registry.values() if registry else ():
        if model._table == table and not model._abstract and column in model._fields:
            break
    else:
        return column
    try:
        # The request's own cursor is gone with what it did.
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"lang": lang})
            field = env["ir.model.fields"]._get(model._name, column)
            return field.field_description or column
    except psycopg2.Error:
        _logger.warning("Taskboard API: no label of %s.%s", table, column)
        return model._fields[column].string or column
