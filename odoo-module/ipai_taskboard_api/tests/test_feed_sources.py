# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests.common import tagged

from ..models.change_sources import tables
from ..services import boards, mapping, mapping_sources
from ..services.loaded_cards import LoadedCards
from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestFeedSources(TaskboardCase):
    """The feed knows of all that an answer shows; see ``test_feed_*`` for how it does."""

    def setUp(self):
        super().setUp()
        task = self._task("Card")
        self.env.flush_all()
        self.detail = mapping.board_detail(self.board, boards.LoadedBoards(self.board))
        self.cards = [
            card
            for summary in (False, True)
            for card in mapping.cards(LoadedCards(task, summary=summary))
        ]

    def test_every_key_has_its_sources(self):
        sources = mapping_sources
        self.assertEqual(
            self.detail.keys(),
            {**sources.BOARD, **sources.DETAIL, **sources.COUNTED}.keys(),
        )
        self.assertEqual(
            self.detail["stages"][0].keys(),
            {**sources.STAGE, **sources.COUNTED_OF_STAGE}.keys(),
        )
        self.assertEqual({key for card in self.cards for key in card}, {*sources.CARD})

    def test_the_log_listens_to_every_source(self):
        named = {
            table
            for keys in (
                *(mapping_sources.BOARD, mapping_sources.STAGE, mapping_sources.CARD),
                *(mapping_sources.COUNTED, mapping_sources.COUNTED_OF_STAGE),
                mapping_sources.DETAIL,
            )
            for sources in keys.values()
            for table in sources
        }
        has_templates = "is_template" in self.env["project.task"]._fields
        listened = tables(has_templates)
        self.assertEqual(named, listened.keys())
        self.env.cr.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger"
            " WHERE starts_with(tgname, 'ipai_taskboard_note_') GROUP BY 1"
        )
        self.assertEqual(dict(self.env.cr.fetchall()), dict.fromkeys(listened, 3))
