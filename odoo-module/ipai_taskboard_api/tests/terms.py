# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the addon says, as Odoo exports it for translation."""

import io
import re

import polib

from odoo.tools.translate import TranslationFileWriter, TranslationModuleReader

MODULE = "ipai_taskboard_api"
# Fields that Odoo counts as those of every addon that extends a model.
_INHERITED = re.compile(r"\.field_(?!ipai_)\w+__(id|display_name)$")
# Odoo 19 has these of its own; the addon adds them to 18.
_PRIORITY = re.compile(r"(selection__|field_)project_task__priority")


def exported_terms(env):
    """{term: entry of a PO file} of the addon in this Odoo."""
    buffer = io.BytesIO()
    reader = TranslationModuleReader(env.cr, modules=[MODULE])
    TranslationFileWriter(buffer, fileformat="po", lang=None).write_rows(reader)
    terms = {}
    for entry in polib.pofile(buffer.getvalue().decode()):
        entry.occurrences = [
            (place, line)
            for place, line in entry.occurrences
            if not _INHERITED.search(place)
        ]
        if entry.occurrences:
            terms[entry.msgid] = entry
    return terms


def is_of_one_version(entry):
    """Whether one of the two Odoo versions lacks it, rightly."""
    return all(_PRIORITY.search(place) for place, _line in entry.occurrences)
