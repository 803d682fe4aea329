# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta
from random import Random
from unittest.mock import patch

from odoo.tests.common import tagged
from odoo.tools import SQL

from ..services import boards, days, flow, flow_history
from .common import TaskboardCase

_CLOSED = ("1_done", "1_canceled")


@tagged("post_install", "-at_install", "taskboard")
class TestFlow(TaskboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls._board("Elsewhere", "employees")
        # Noon in Brussels, some days ago.
        cls.first = datetime.utcnow().date() - timedelta(days=30)
        cls.noon = datetime.combine(cls.first, datetime.min.time()).replace(hour=11)

    def _born(self, at, **values):
        task = self._task("Card", **values)
        self._flush()
        self._date("project_task", task.ids, at)
        self._date("mail_message", task.message_ids.ids, at)
        return task

    def _happens(self, task, at, values):
        """Write ``values`` as if it were done at that moment."""
        before = task.message_ids
        task.write(values)
        self._flush()
        task.invalidate_recordset()
        self._date("mail_message", (task.message_ids - before).ids, at)

    def _flush(self):
        self.env.flush_all()
        self.cr.flush()

    def _date(self, table, numbers, at):
        query = SQL(
            "UPDATE %s SET create_date = %s WHERE id = ANY(%s)",
            SQL.identifier(table),
            at,
            numbers,
        )
        self.cr.execute(query)
        self.env.invalidate_all()

    def _archived(self, task, at):
        task.active = False
        self._flush()
        self.cr.execute(
            "UPDATE project_task SET write_date = %s WHERE id = %s", (at, task.id)
        )

    def _flow(self, user=None, board=None, first=None, last=None):
        """[({stage name: count}, closed)] for every day until today."""
        board = board or self.board
        last = last or days.today(days.user_zone(self.env(user=self.manager)))
        path = f"/boards/project:{board.id}/flow?from={first or self.first}&to={last}"
        answer = self.api("GET", path, user=user or self.manager)
        self.assertEqual(answer.status_code, 200, answer.text)
        names = {
            f"stage:{one.id}": one.name
            for one in self.env["project.task.type"].search([])
        }
        return [
            (
                {
                    names.get(stage, "gone"): count
                    for stage, count in day["counts"].items()
                    if count
                },
                day["closed"],
            )
            for day in answer.json()["days"]
        ]

    def _day(self, number, hours=0):
        return self.noon + timedelta(days=number, hours=hours)

    def test_a_card_from_its_making_to_its_end(self):
        task = self._born(self._day(1))
        self._happens(task, self._day(3), {"stage_id": self.done.id})
        self._happens(task, self._day(5), {"state": "1_done"})
        self._happens(task, self._day(7), {"state": "01_in_progress"})
        self._happens(task, self._day(9), {"state": "1_canceled"})
        flow = self._flow()
        self.assertEqual(len(flow), 31)
        wanted = [({}, 0)]
        wanted += [({"To Do": 1}, 0)] * 2 + [({"Done": 1}, 0)] * 2
        wanted += [({}, 1), ({}, 0)] + [({"Done": 1}, 0)] * 2 + [({}, 1)]
        self.assertEqual(flow[:10], wanted)
        self.assertEqual(flow[10:], [({}, 0)] * 21)

    def test_days_are_those_of_the_viewer(self):
        # Half past midnight in Brussels, the evening before in UTC.
        self._born(self._day(2, hours=12.5))
        self.assertEqual([day[0] for day in self._flow()[2:4]], [{}, {"To Do": 1}])
        self.manager.tz = "America/New_York"
        self.assertEqual([day[0] for day in self._flow()[1:3]], [{}, {"To Do": 1}])

    def test_what_does_not_last_a_day_is_left_out(self):
        task = self._born(self._day(1))
        self._happens(task, self._day(2), {"state": "1_done"})
        self._happens(task, self._day(2, 1), {"state": "01_in_progress"})
        self._happens(task, self._day(2, 2), {"stage_id": self.done.id})
        self._happens(task, self._day(2, 3), {"stage_id": self.todo.id})
        self.assertEqual(self._flow()[1:4], [({"To Do": 1}, 0)] * 3)

    def test_archived_cards_were_there_before(self):
        task = self._born(self._day(1))
        self._archived(task, self._day(3))
        closed = self._born(self._day(1))
        self._happens(closed, self._day(2), {"state": "1_done"})
        self._archived(closed, self._day(3))
        wanted = [({"To Do": 2}, 0), ({"To Do": 1}, 1), ({}, 0)]
        self.assertEqual(self._flow()[1:4], wanted)

    def test_cards_that_came_and_went(self):
        left = self._born(self._day(1))
        there = self.elsewhere.type_ids[0]
        move = {"project_id": self.elsewhere.id, "stage_id": there.id}
        self._happens(left, self._day(3), move)
        came = self._born(self._day(1), board=self.elsewhere)
        move = {"project_id": self.board.id, "stage_id": self.done.id}
        self._happens(came, self._day(2), move)
        wanted = [{"To Do": 1}, {"To Do": 1, "Done": 1}, {"Done": 1}]
        self.assertEqual([day[0] for day in self._flow()[1:4]], wanted)
        theirs = [day[0] for day in self._flow(board=self.elsewhere)[1:4]]
        self.assertEqual(theirs, [{"To Do": 1}, {}, {"To Do": 1}])

    def test_stage_that_is_gone_counts_for_its_time(self):
        review = self.env["project.task.type"].create(
            {"name": "Review", "project_ids": self.board.ids, "user_id": False}
        )
        task = self._born(self._day(1), stage_id=review.id)
        self._happens(task, self._day(2), {"stage_id": self.todo.id})
        review.unlink()
        flow = [day[0] for day in self._flow()[1:3]]
        self.assertEqual(flow, [{"gone": 1}, {"To Do": 1}])

    def test_card_that_became_a_subtask_was_on_the_board(self):
        parent = self._born(self._day(1), stage_id=self.done.id)
        task = self._born(self._day(1))
        self._happens(task, self._day(3), {"parent_id": parent.id})
        both = {"To Do": 1, "Done": 1}
        after = both if task.display_in_project else {"Done": 1}
        self.assertEqual([day[0] for day in self._flow()[1:4]], [both, both, after])

    def test_closed_without_a_trace(self):
        self._born(self._day(1)).with_context(tracking_disable=True).state = "1_done"
        folded = self._born(self._day(1))
        folded.with_context(tracking_disable=True).state = "1_done"
        self._flush()
        self.cr.execute(
            "UPDATE project_task SET date_last_stage_update = %s, date_end = %s"
            " WHERE project_id = %s",
            (self._day(4), None, self.board.id),
        )
        self.cr.execute(
            "UPDATE project_task SET date_end = %s WHERE id = %s",
            (self._day(3), folded.id),
        )
        wanted = [({"To Do": 2}, 0), ({"To Do": 1}, 1), ({}, 1), ({}, 0)]
        self.assertEqual(self._flow()[2:6], wanted)

    def test_closed_in_another_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        option = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", "project.task"), ("value", "=", "1_done")]
        )
        option.with_context(lang="fr_FR").name = "Terminé pour de bon"
        task = self._born(self._day(1))
        french = task.with_context(lang="fr_FR")
        self._happens(french, self._day(2), {"state": "1_done"})
        self._happens(task, self._day(4), {"state": "01_in_progress"})
        wanted = [({"To Do": 1}, 0), ({}, 1), ({}, 0), ({"To Do": 1}, 0)]
        self.assertEqual(self._flow()[1:5], wanted)

    def test_only_cards_that_the_viewer_sees(self):
        self.board.privacy_visibility = "portal"
        self.board.message_subscribe(partner_ids=self.portal.partner_id.ids)
        followed, task = self._born(self._day(1)), self._born(self._day(1))
        task.message_unsubscribe(partner_ids=self.portal.partner_id.ids)
        followed.message_subscribe(partner_ids=self.portal.partner_id.ids)
        self.assertEqual(self._flow()[-1], ({"To Do": 2}, 0))
        self.assertEqual(self._flow(self.portal)[-1], ({"To Do": 1}, 0))
        secret = self._board("Secret", "followers")
        path = f"/boards/project:{secret.id}/flow?from={self.first}&to={self.first}"
        answer = self.api("GET", path, user=self.member)
        self.assertRefused(answer, 404, "BOARD_NOT_FOUND")

    def test_any_history_is_told_as_it_was(self):
        random = Random(400)
        stories = [self._story(random) for _ in range(30)]
        for board in (self.board, self.elsewhere):
            expected = self._expected(board, stories)
            project = boards.find(self.env(user=self.manager), board.id)
            told = flow.of_board(project, self.first, self.first + timedelta(days=30))
            for (date, counts, closed), wanted in zip(told, expected, strict=True):
                found = {stage: count for stage, count in counts.items() if count}
                self.assertEqual((found, closed), wanted, date)
        shown = self.api(
            "GET",
            f"/boards/project:{self.board.id}/cards?closed=false",
            user=self.manager,
        ).json()
        self.assertEqual(sum(_open(self.board, stories).values()), shown["total"])

    def test_numbers_say_what_a_look_at_every_card_says(self):
        random = Random(401)
        for _ in range(30):
            self._story(random)
        untraced = self._task("Closed without a trace")
        untraced.with_context(tracking_disable=True).state = "1_done"
        self._flush()
        project = boards.find(self.env(user=self.manager), self.board.id)
        everything = patch.object(
            flow_history, "_moved_since", lambda project, start: SQL("TRUE")
        )
        looked_at = set()
        for first, last in ((0, 30), (0, 3), (9, 12), (22, 25), (29, 30), (30, 30)):
            span = [self.first + timedelta(days=day) for day in (first, last)]
            told = flow.of_board(project, *span)
            start = days.day_start(span[0], days.user_zone(project.env))
            looked_at.add(len(flow_history.load_moved(project, start)))
            with everything:
                wanted = flow.of_board(project, *span)
            self.assertEqual(told, wanted, span)
        self.assertGreater(len(looked_at), 2, "the shorter, the fewer")

    def test_cards_with_which_nothing_happens_are_not_looked_at(self):
        for number in range(5):
            self._born(self._day(number))
        moved = self._born(self._day(1))
        self._happens(moved, self._day(20), {"stage_id": self.done.id})
        project = boards.find(self.env(user=self.manager), self.board.id)
        found = flow_history.load_moved(project, self._day(15))
        self.assertEqual([card.number for card in found], moved.ids)

    def _story(self, random):
        """A card with a random past: [(moment, board, stage, closed, active)]."""
        hour = random.randrange(-200, 600)
        task = self._born(self._day(0, hour))
        story = [self._now(task, self._day(0, hour))]
        while random.random() < 0.85 and hour < 700:
            hour += random.choice((1, 5, 30, 70))
            at = self._day(0, min(hour, 700))
            board = random.choice((task.project_id, self.board, self.elsewhere))
            values = {"stage_id": random.choice(board.type_ids).id}
            if board != task.project_id:
                values["project_id"] = board.id
            if random.random() < 0.5:
                values = {"state": random.choice((*_CLOSED, "01_in_progress"))}
            self._happens(task, at, values)
            story.append(self._now(task, at))
        if random.random() < 0.2:
            at = self._day(0, min(hour + 9, 705))
            self._archived(task, at)
            story.append(self._now(task, at))
        return story

    def _now(self, task, at):
        closed = task.state in _CLOSED
        return (at, task.project_id, task.stage_id, closed, task.active)

    def _expected(self, board, stories):
        """[({stage number: open cards}, closed)] by looking at every day's end."""
        zone = days.user_zone(self.env(user=self.manager))
        result = []
        for number in range(31):
            day = self.first + timedelta(days=number)
            start, end = days.day_start(day, zone), days.day_end(day, zone)
            counts, closed = {}, 0
            for story in stories:
                then = _last(story, end)
                if not then or then[1] != board:
                    continue
                _at, _board, stage, is_closed, active = then
                if not is_closed and active:
                    counts[stage.id] = counts.get(stage.id, 0) + 1
                before = _last(story, start)
                closed += is_closed and not (before and before[3])
            result.append((counts, closed))
        return result


def _last(story, end):
    return next((one for one in reversed(story) if one[0] < end), None)


def _open(board, stories):
    counts = {}
    for story in stories:
        _at, where, stage, closed, active = story[-1]
        if where == board and active and not closed:
            counts[stage.id] = counts.get(stage.id, 0) + 1
    return counts
