# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import tagged

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestFacts(TaskboardCase):
    def _card(self, task, user=None):
        answer = self.api("GET", f"/cards/task:{task.id}", user=user or self.manager)
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()

    def _stages(self, board=None):
        path = f"/boards/project:{(board or self.board).id}"
        return self.api("GET", path, user=self.manager).json()["stages"]

    def test_another_module_adds_a_key_without_a_fork(self):
        task = self._task("Priced")

        def extra(tasks):
            return {one.id: {"x_cost": 12.5, "title": "Mine"} for one in tasks}

        with patch.object(type(task), "_taskboard_extra", extra):
            card = self._card(task)
            path = f"/boards/project:{self.board.id}/cards?view=summary"
            (listed,) = self.api("GET", path, user=self.manager).json()["cards"]
        self.assertEqual((card["x_cost"], card["title"]), (12.5, "Priced"))
        self.assertEqual(listed["x_cost"], 12.5)

    def test_a_field_that_the_contract_has_no_key_for_is_named_as_people_do(self):
        task = self._task("Planned")
        self.flush_tracking()
        task.allocated_hours = 2.5
        self.flush_tracking()
        path = f"/cards/task:{task.id}/activity?type=field_update"
        events = self.api("GET", path, user=self.manager).json()["activities"]
        change = events[0]["metadata"]
        field = self.env["ir.model.fields"]._get("project.task", "allocated_hours")
        self.assertEqual(change["field_name"], "allocated_hours")
        self.assertEqual(change["field_label"], field.field_description)
        self.assertEqual(change["new_value"], "2.5")

    def test_comments_are_those_that_the_viewer_reads(self):
        board = self._board("Shared", "portal")
        board.message_subscribe(partner_ids=self.portal.partner_id.ids)
        task = self._task("Card", board)
        task.message_subscribe(partner_ids=self.portal.partner_id.ids)
        task.message_post(
            body="To all", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        task.message_post(
            body="Among us", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        removed = task.message_post(body="Oh", message_type="comment")
        task.sudo()._message_update_content(removed.sudo(), body="")
        for user, count in ((self.manager, 2), (self.portal, 1)):
            card = self._card(task, user)
            path = f"/cards/task:{task.id}/activity?type=comment"
            total = self.api("GET", path, user=user).json()["total"]
            self.assertEqual((card["comment_count"], total), (count, count))

    def test_stage_since_counts_stages_only(self):
        task = self._task("Card")
        begun = fields.Datetime.now() - timedelta(days=3)
        task.taskboard_stage_since = begun
        self.env.flush_all()
        since = self._card(task)["stage_since"]
        task.write({"state": "03_approved", "name": "Renamed"})
        self.assertEqual(self._card(task)["stage_since"], since)
        # The same stage again, with and without the cache; and in Odoo's own SQL.
        task.write({"stage_id": task.stage_id.id, "name": "Again"})
        self.assertEqual(self._card(task)["stage_since"], since)
        task.invalidate_recordset()
        task.write({"stage_id": self.todo.id})
        self.env.flush_all()
        self.cr.execute(
            "UPDATE project_task SET stage_id = stage_id WHERE id = %s", [task.id]
        )
        self.assertEqual(self._card(task)["stage_since"], since)
        task.stage_id = self.done
        self.assertGreater(self._card(task)["stage_since"], since)

    def test_stage_since_of_older_tasks_comes_from_their_history(self):
        moved, still = self._task("Moved"), self._task("Still")
        self.cr.flush()
        moved.stage_id = self.done
        self.cr.flush()
        self.cr.execute(
            "UPDATE project_task SET create_date = create_date - interval '9 days',"
            " taskboard_stage_since = NULL WHERE id IN %s",
            [(moved.id, still.id)],
        )
        self.env["project.task"]._taskboard_date_stages()
        self.env.invalidate_all()
        self.assertEqual(still.taskboard_stage_since, still.create_date)
        self.assertGreater(moved.taskboard_stage_since, moved.create_date)

    def test_milestone_subtasks_and_address(self):
        milestone = self.env["project.milestone"].create(
            {"name": "Launch", "project_id": self.board.id}
        )
        self.board.allow_milestones = True
        task = self._task("Card", milestone_id=milestone.id)
        for state in ("1_done", "1_canceled", "01_in_progress"):
            self._task(state, parent_id=task.id, state=state)
        self._task("Gone", parent_id=task.id, state="1_done").active = False
        card = self._card(task)
        self.assertEqual(card["milestone"], "Launch")
        self.assertEqual((len(card["subtask_ids"]), card["subtasks_done"]), (3, 2))
        address = f"/mail/view?model=project.task&res_id={task.id}"
        self.assertEqual(card["web_url"], self.base_url() + address)
        self.board.allow_milestones = False
        self.assertIsNone(self._card(task)["milestone"])

    def test_lossy_description(self):
        task = self._task("Card", description="<p><u>Underlined</u></p>")
        self.assertTrue(self._card(task)["description_lossy"])
        task.description = "<p><b>Bold</b></p>"
        self.assertFalse(self._card(task)["description_lossy"])
        path = f"/boards/project:{self.board.id}/cards?view=summary"
        (summary,) = self.api("GET", path, user=self.manager).json()["cards"]
        self.assertNotIn("description_lossy", summary)

    def test_all_changes_of_one_message(self):
        task = self._task("Before")
        self.env.flush_all()
        self.cr.flush()
        body = {"title": "After", "stage_id": f"stage:{self.done.id}", "priority": "1"}
        self.api("PATCH", f"/cards/task:{task.id}", body, user=self.manager)
        path = f"/cards/task:{task.id}/activity"
        event = self.api("GET", path, user=self.manager).json()["activities"][0]
        self.assertEqual(event["type"], "stage_change")
        changes = event["metadata"]["changes"]
        self.assertEqual(
            {key: event["metadata"][key] for key in changes[0]}, changes[0]
        )
        self.assertEqual(changes[0]["new_value"], "Done")
        self.assertIn(
            {"field_name": "title", "old_value": "Before", "new_value": "After"},
            changes,
        )

    def test_board_facts_count_open_and_closed_cards(self):
        yesterday = fields.Datetime.now() - timedelta(days=2)
        self._task("Late", date_deadline=yesterday)
        self._task("Late but done", date_deadline=yesterday, state="1_done")
        self._task("Open")
        self._task("Archived", date_deadline=yesterday).active = False
        first, second = self._stages()
        self.assertEqual((first["overdue"], second["overdue"]), (1, 0))
        self.assertEqual(first["by_state"], {"01_in_progress": 2, "1_done": 1})
        self.assertEqual(second["by_state"], {})

    def test_stage_that_mails_on_entry(self):
        self.assertEqual(
            [one["mails_on_entry"] for one in self._stages()], [False, False]
        )
        template = self.env["mail.template"].create(
            {
                "name": "Entered",
                "model_id": self.env["ir.model"]._get("project.task").id,
            }
        )
        self.done.mail_template_id = template
        self.todo.rating_template_id = template
        self.assertEqual(
            [one["mails_on_entry"] for one in self._stages()], [False, True]
        )
        rated = self.todo if "rating_active" in self.todo._fields else self.board
        rated.sudo().write({"rating_active": True, "rating_status": "stage"})
        self.assertEqual(
            [one["mails_on_entry"] for one in self._stages()], [True, True]
        )

    def test_tag_on_a_late_card_is_found(self):
        """A board's tags are those of all of its cards, not of the first ones."""
        tags = self.env["project.tags"].create([{"name": "First"}, {"name": "Last"}])
        for number in range(30):
            self._task(f"Card {number}", tag_ids=[(6, 0, tags[:1].ids)], sequence=1)
        self._task("Late", tag_ids=[(6, 0, tags[1:].ids)], sequence=99)
        path = f"/boards/project:{self.board.id}"
        shown = self.api("GET", path, user=self.manager).json()["tags"]
        self.assertEqual([one["name"] for one in shown], ["First", "Last"])
