# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestCardEdit(TaskboardCase):
    def setUp(self):
        super().setUp()
        self.board.sudo().allow_task_dependencies = True
        self.task = self._task("Card")
        self.other = self._task("Other")
        self.secret = self._board("Secret", "followers")
        self.hidden = self._task("Hidden", self.secret)
        # Odoo's own fields, such as where a card is shown, are computed with it.
        self.env.flush_all()

    def _path(self, task=None):
        return f"/cards/task:{(task or self.task).id}"

    def _patch(self, body, task=None, user=None, **options):
        return self.api(
            "PATCH", self._path(task), body, user=user or self.manager, **options
        )

    def _ok(self, body, task=None, user=None):
        answer = self._patch(body, task, user)
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()["card"]

    def _refused(self, field, body, task=None, user=None):
        answer = self._patch(body, task, user)
        return self.assertRefused(answer, 400, "VALIDATION_ERROR", field)

    def _writes(self, body, task=None):
        """Fields of each write of the task that a PATCH makes, Odoo's own left out."""
        task = task or self.task
        tasks, writes = type(self.env["project.task"]), []
        write, depth = tasks.write, []

        def spy(records, values):
            if task.id in records.ids and not depth:
                writes.append(set(values))
            depth.append(1)
            try:
                return write(records, values)
            finally:
                depth.pop()

        with patch.object(tasks, "write", spy):
            self._ok(body, task)
        return writes

    def _blocked_by(self, *tasks):
        return self._dependencies("blocked_by", *tasks)

    def _dependencies(self, kind, *tasks):
        return [{"type": kind, "task_id": f"task:{task.id}"} for task in tasks]

    # All together -----------------------------------------------------------

    def test_everything_in_one_write(self):
        body = {
            "title": "Renamed",
            "state": "1_done",
            "parent_id": f"task:{self.other.id}",
            "dependencies": self._dependencies("blocks", self._task("Blocked")),
            "watchers": [self.member.partner_id.id],
            "stage_id": f"stage:{self.done.id}",
        }
        wanted = {"name", "state", "parent_id", "dependent_ids", "stage_id"}
        self.assertEqual(self._writes(body), [wanted])
        self.assertEqual(self._writes(body), [])

    def test_etag_covers_all_that_a_patch_can_change(self):
        tag = self.api("GET", self._path(), user=self.manager).headers["ETag"]
        for body in (
            {"state": "03_approved"},
            {"parent_id": f"task:{self.other.id}"},
            {"dependencies": self._blocked_by(self._task("Blocker"))},
            {"watchers": [self.member.partner_id.id]},
        ):
            answer = self._patch(body)
            self.assertNotEqual(answer.headers["ETag"], tag, body)
            tag = answer.headers["ETag"]
            again = self._patch(body)
            self.assertEqual(again.headers["ETag"], tag, body)
        self.task.active = False
        stale = {"If-Match": tag}
        answer = self._patch({"active": True}, headers=stale)
        error = self.assertRefused(answer, 412, "PRECONDITION_FAILED")
        self.assertEqual(error["details"]["card"]["card_id"], f"task:{self.task.id}")
        self.assertFalse(self.task.active)
        present = {"If-Match": answer.headers["ETag"]}
        answer = self._patch({"active": True}, headers=present)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.headers["ETag"], tag)

    # State ------------------------------------------------------------------

    def test_state_survives_the_move_that_it_comes_with(self):
        self.task.state = "03_approved"
        self._ok({"stage_id": f"stage:{self.done.id}", "state": "03_approved"})
        self.assertEqual(self.task.state, "03_approved")
        self._ok({"stage_id": f"stage:{self.todo.id}"})
        self.assertEqual(self.task.state, "01_in_progress")

    def test_waiting_is_for_blocked_cards(self):
        self._refused("state", {"state": "04_waiting_normal"})
        blocked = self._blocked_by(self.other)
        self._ok({"state": "04_waiting_normal", "dependencies": blocked})
        self.assertEqual(self.task.state, "04_waiting_normal")
        # Odoo lets no open card be in another state as long as it is blocked.
        self.assertEqual(self._writes({"state": "03_approved"}), [])
        self._ok({"state": "1_done"})
        self.assertEqual(self.task.state, "1_done")
        self._ok({"state": "01_in_progress"})
        self.assertEqual(self.task.state, "04_waiting_normal")
        self._ok({"state": "1_canceled"}, self.other)
        self.assertEqual(self.task.state, "01_in_progress")
        self._refused("state", {"state": "04_waiting_normal"})

    def test_nothing_waits_where_odoo_has_no_dependencies(self):
        self.board.sudo().allow_task_dependencies = False
        blocked = self._blocked_by(self.other)
        self._refused("state", {"state": "04_waiting_normal", "dependencies": blocked})
        self._ok({"state": "02_changes_requested", "dependencies": blocked})
        self.assertEqual(self.task.state, "02_changes_requested")
        self.assertEqual(self.task.depend_on_ids, self.other)

    def test_recurring_card_comes_again_once(self):
        self.task.write(
            {
                "recurring_task": True,
                "repeat_interval": 1,
                "repeat_unit": "day",
                "repeat_type": "forever",
                "date_deadline": "2031-01-01 12:00:00",
            }
        )
        twins = [("name", "=", "Card"), ("project_id", "=", self.board.id)]
        done = {"state": "1_done"}
        for body in (done, {**done, "stage_id": f"stage:{self.done.id}"}, done):
            self._ok(body)
            self.assertEqual(self.env["project.task"].search_count(twins), 2)

    # Parent -----------------------------------------------------------------

    def test_parent_is_refused_where_odoo_would_break(self):
        child = self._task("Child", parent_id=self.task.id)
        grandchild = self._task("Grandchild", parent_id=child.id)
        for below in (self.task, child, grandchild):
            self._refused("parent_id", {"parent_id": f"task:{below.id}"})
        self.other.write({"recurring_task": True, "repeat_type": "forever"})
        body = {"parent_id": f"task:{self.task.id}"}
        self._refused("parent_id", body, self.other)
        self._refused(
            "parent_id", {"parent_id": f"task:{self.hidden.id}"}, user=self.member
        )
        self.assertFalse(self.task.parent_id or self.other.parent_id)

    def test_circle_through_a_hidden_parent_is_refused(self):
        self.hidden.parent_id = self.task
        self.other.parent_id = self.hidden
        body = {"parent_id": f"task:{self.other.id}"}
        self._refused("parent_id", body, user=self.member)

    def test_hidden_parent_stays_unless_another_is_given(self):
        self.task.parent_id = self.hidden
        card = self._ok({"parent_id": None, "title": "Renamed"}, user=self.member)
        self.assertEqual((card["parent_id"], card["title"]), (None, "Renamed"))
        self.assertEqual(self.task.parent_id, self.hidden)
        self._ok({"parent_id": f"task:{self.other.id}"}, user=self.member)
        self.assertEqual(self.task.parent_id, self.other)

    def test_card_without_parent_is_back_on_its_board(self):
        part = self._task("Part", parent_id=self.task.id)
        part.display_in_project = False
        self._ok({"parent_id": None}, part)
        self.assertTrue(part.display_in_project)
        path = f"/boards/project:{self.board.id}/cards?q=Part"
        self.assertEqual(self.api("GET", path, user=self.manager).json()["total"], 1)

    def test_hidden_subtask_goes_where_its_parent_is(self):
        part = self._task("Part", parent_id=self.task.id)
        part.display_in_project = False
        there = self.secret.type_ids[1]
        body = {"parent_id": f"task:{self.hidden.id}", "stage_id": f"stage:{there.id}"}
        self._refused("stage_id", {**body, "stage_id": f"stage:{self.todo.id}"}, part)
        card = self._ok(body, part)
        self.assertEqual(card["board_id"], f"project:{self.secret.id}")
        self.assertEqual(part.stage_id, there)

    # Dependencies -----------------------------------------------------------

    def test_both_directions_and_what_waits(self):
        after = self._task("After")
        body = self._blocked_by(self.other) + self._dependencies("blocks", after)
        self.assertEqual(
            self._writes({"dependencies": body}), [{"depend_on_ids", "dependent_ids"}]
        )
        self.assertEqual(self.task.depend_on_ids, self.other)
        self.assertEqual(after.depend_on_ids, self.task)
        states = (self.task.state, after.state)
        self.assertEqual(states, ("04_waiting_normal", "04_waiting_normal"))
        self._ok({"dependencies": None})
        self.assertFalse(self.task.depend_on_ids | after.depend_on_ids)
        states = (self.task.state, after.state)
        self.assertEqual(states, ("01_in_progress", "01_in_progress"))

    def test_what_is_not_seen_stays(self):
        archived = self._task("Archived")
        archived.active = False
        self.task.depend_on_ids = self.hidden | archived | self.other
        self.hidden.copy({"name": "Hidden too"}).depend_on_ids = self.task
        waiting = self.task.dependent_ids
        self._ok({"dependencies": None}, user=self.member)
        present = self.task.with_context(active_test=False)
        self.assertEqual(present.depend_on_ids, self.hidden | archived)
        self.assertEqual(present.dependent_ids, waiting)
        body = {"dependencies": self._blocked_by(self.hidden)}
        self._refused("dependencies", body, user=self.member)

    def test_circles_are_refused_however_long(self):
        middle = self._task("Middle")
        self.other.depend_on_ids = self.hidden
        self.hidden.depend_on_ids = middle
        middle.depend_on_ids = self.task
        kept = self._dependencies("blocks", middle)
        for added in (
            self._blocked_by(self.other),
            self._blocked_by(middle),
            self._blocked_by(self.task),
            self._dependencies("blocks", self.task),
        ):
            body = {"dependencies": [*kept, *added]}
            self._refused("dependencies", body, user=self.member)
        body = {"dependencies": self._dependencies("blocks", middle, self.other)}
        self._ok(body, user=self.member)
        self.assertEqual(self.task.dependent_ids, middle | self.other)

    def test_what_the_same_patch_removes_makes_no_circle(self):
        self.task.depend_on_ids = self.other
        self._ok({"dependencies": self._dependencies("blocks", self.other)})
        self.assertFalse(self.task.depend_on_ids)
        self.assertEqual(self.other.depend_on_ids, self.task)
        # … also where a longer circle is cut open by it.
        middle = self._task("Middle")
        middle.depend_on_ids = self.other
        self._ok({"dependencies": self._blocked_by(middle)})
        self.assertFalse(self.other.depend_on_ids)

    # Watchers ---------------------------------------------------------------

    def test_watchers_are_followers(self):
        portal, member = self.portal.partner_id, self.member.partner_id
        self.task.message_subscribe(partner_ids=member.ids)
        card = self._ok({"watchers": [portal.id, portal.id]})
        self.assertEqual([one["partner_id"] for one in card["watchers"]], portal.ids)
        self.assertEqual(self.task.message_partner_ids, portal)
        error = self._refused("watchers", {"watchers": [2147483647, portal.id]})
        self.assertEqual(error["details"]["unknown"], [2147483647])
        self._ok({"watchers": []})
        self.assertFalse(self.task.message_follower_ids)

    def test_assigned_and_watching_in_one_patch(self):
        body = {"owners": [self.member.partner_id.id], "watchers": []}
        self._ok(body)
        self.assertEqual(self.task.user_ids, self.member)
        self.assertFalse(self.task.message_partner_ids)
        self._ok({"owners": [self.employee.partner_id.id]})
        self.assertEqual(self.task.message_partner_ids, self.employee.partner_id)

    def test_subscriptions_stay_as_they_were_chosen(self):
        self.task.message_subscribe(partner_ids=self.member.partner_id.ids)
        follower = self.task.message_follower_ids.filtered(
            lambda one: one.partner_id == self.member.partner_id
        )
        follower.sudo().subtype_ids = self.env.ref("mail.mt_comment")
        chosen = [self.member.partner_id.id, self.employee.partner_id.id]
        self._ok({"watchers": chosen})
        self.assertEqual(follower.subtype_ids, self.env.ref("mail.mt_comment"))

    def test_who_stops_watching_may_stop_seeing(self):
        self.hidden.message_subscribe(partner_ids=self.member.partner_id.ids)
        self.assertEqual(
            self._ok({"watchers": []}, self.hidden, self.member)["watchers"], []
        )
        answer = self.api("GET", self._path(self.hidden), user=self.member)
        self.assertRefused(answer, 404, "CARD_NOT_FOUND")

    @mute_logger("odoo.http")
    def test_portal_user_follows_for_themselves_only(self):
        shared = self._board("Shared", "portal")
        portal = self.portal.partner_id
        task = self._task("Shared", shared)
        shared.message_subscribe(partner_ids=portal.ids)
        task.message_subscribe(partner_ids=portal.ids)
        shared.sudo().collaborator_ids = [(0, 0, {"partner_id": portal.id})]
        others = task.message_partner_ids - portal
        answer = self._patch({"watchers": portal.ids}, task, self.portal)
        self.assertRefused(answer, 403, "PERMISSION_DENIED")
        self.assertEqual(task.message_partner_ids, others | portal)
        self._ok({"watchers": others.ids}, task, self.portal)
        self.assertEqual(task.message_partner_ids, others)

    # Archived ---------------------------------------------------------------

    def test_back_from_the_archive_with_other_changes(self):
        self.task.active = False
        for body in ({"title": "Back"}, {"active": False}, {"active": 1}):
            self.assertRefused(self._patch(body), 404, "CARD_NOT_FOUND")
        writes = self._writes({"active": True, "title": "Back", "state": "1_done"})
        self.assertEqual(writes, [{"active", "name", "state"}])
        self.assertEqual((self.task.active, self.task.name), (True, "Back"))
        self.assertEqual(self._writes({"active": True}), [])

    @mute_logger("odoo.http")
    def test_archived_card_is_found_by_who_may_see_it_only(self):
        shared = self._board("Shared", "portal")
        mine = self._task("Mine", shared)
        mine.message_subscribe(partner_ids=self.portal.partner_id.ids)
        (self.hidden | self.task | mine).active = False
        body = {"active": True}
        for task, user in ((self.hidden, self.member), (mine, self.portal)):
            answer = self._patch(body, task, user)
            self.assertRefused(answer, 404, "CARD_NOT_FOUND")
        answer = self._patch(body, user=self.employee)
        self.assertRefused(answer, 403, "PERMISSION_DENIED")
        self.secret.active = False
        answer = self._patch(body, self.hidden)
        self.assertRefused(answer, 404, "CARD_NOT_FOUND")
        self.assertFalse(self.hidden.active or self.task.active or mine.active)
