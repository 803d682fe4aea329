# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests.common import new_test_user, tagged

from .feed_case import FeedCase


def _sql(statement, *values):
    return lambda env: env.cr.execute(statement, values)


def _users(env):
    """The field of the users of a group, and that of the groups of a user."""
    if "user_ids" in env["res.groups"]._fields:
        return "user_ids", "group_ids"
    return "users", "groups_id"


@tagged("post_install", "-at_install", "taskboard")
class TestFeedOfPeople(FeedCase):
    """Who shows on cards and boards, as what, and who sees what."""

    def _contact(self, env, place=0):
        return env["res.partner"].browse(self.contacts[place])

    def test_contacts(self):
        def merged(env):
            one, two = env["res.partner"].browse(self.contacts)
            wizard = env["base.partner.merge.automatic.wizard"].create({})
            wizard._merge([two.id, one.id], one)

        def company(env):
            made = env["res.company"].create({"name": "Feed company"})
            self._contact(env).company_id = made

        def unnamed(env):
            firm = env["res.partner"].create({"name": "Firm", "is_company": True})
            self.firm = firm.id
            self._contact(env).write(
                {"parent_id": firm.id, "type": "invoice", "name": False}
            )

        self.check(
            {
                "renamed": lambda env: self._contact(env).write({"name": "Renamed"}),
                "renamed, in SQL": _sql(
                    "UPDATE res_partner SET name = 'Raw' WHERE id = %s",
                    self.contacts[0],
                ),
                "e-mail": lambda env: self._contact(env).write({"email": "n@x.test"}),
                "merged": merged,
                "archived": lambda env: self._contact(env).action_archive(),
                "brought back": lambda env: self._contact(env).action_unarchive(),
                "of another company": company,
                "of all companies": lambda env: self._contact(env).write(
                    {"company_id": False}
                ),
                "without a name": unnamed,
                "their company renamed": lambda env: env["res.partner"]
                .browse(self.firm)
                .write({"name": "Firm & Co"}),
                "deleted": lambda env: self._contact(env).unlink(),
            }
        )

    def test_users(self):
        second = self.cards[1]

        def made(env):
            contact = self._contact(env, 1)
            self.made = new_test_user(
                env, "feed_made", "base.group_portal", partner_id=contact.id
            ).id

        def made_internal(env):
            _field, groups = _users(env)
            group = env.ref("base.group_user").id
            env["res.users"].browse(self.made).write(
                {
                    groups: [
                        Command.set([group, env.ref("project.group_project_user").id])
                    ]
                }
            )

        def assigned_in_sql(env):
            env.cr.execute(
                "INSERT INTO project_task_user_rel (task_id, user_id) VALUES (%s, %s)",
                [second, self.made],
            )

        def other_contact(env):
            env.cr.execute(
                "UPDATE res_users SET partner_id = %s WHERE id = %s",
                [self._contact(env).id, self.made],
            )

        self.check(
            {
                "renamed": lambda env: self.partner(env, "member").write({"name": "M"}),
                "of a contact, outside": made,
                "of a contact, inside": made_internal,
                "assigned, in SQL": assigned_in_sql,
                "of another contact": other_contact,
                "archived": lambda env: env["res.users"]
                .browse(self.made)
                .write({"active": False}),
                "deleted": lambda env: env["res.users"].browse(self.made).unlink(),
            }
        )

    def test_groups(self):
        def manager(env):
            return env.ref("project.group_project_manager")

        def outsider(env):
            return env["res.users"].browse(self.users["outsider"])

        def put(env, group, command):
            group.write({_users(env)[0]: [command(self.users["outsider"])]})

        def own_group(env):
            users, _groups = _users(env)
            env["res.groups"].create(
                {
                    "name": "Feed group",
                    "implied_ids": [Command.link(manager(env).id)],
                    users: [Command.link(self.users["outsider"])],
                }
            )

        def group(env):
            return env["res.groups"].search([("name", "=", "Feed group")])

        with self.transaction() as env:
            self.project(env).message_subscribe(outsider(env).partner_id.ids)
        # Whose own rights change starts again.
        cases = {
            "by the group": lambda env: put(env, manager(env), Command.link),
            "no longer": lambda env: put(env, manager(env), Command.unlink),
            "by the user": lambda env: outsider(env).write(
                {_users(env)[1]: [Command.link(manager(env).id)]}
            ),
            "no longer, by the user": lambda env: outsider(env).write(
                {_users(env)[1]: [Command.unlink(manager(env).id)]}
            ),
            "by a group of one's own": own_group,
        }
        with self.transaction() as env:
            if "all_group_ids" in env["res.users"]._fields:
                cases.update(
                    {
                        "no longer implied": lambda env: group(env).write(
                            {"implied_ids": [Command.clear()]}
                        ),
                        "implied again": lambda env: group(env).write(
                            {"implied_ids": [Command.link(manager(env).id)]}
                        ),
                        "the group deleted": lambda env: group(env).unlink(),
                    }
                )
        self.roles = ("manager", "member", "portal")
        self.check(cases)
        with self.transaction() as env:
            self.project(env).message_unsubscribe(outsider(env).partner_id.ids)

    def test_followers(self):
        def autofollow(env):
            self.card(env, 2).with_context(mail_post_autofollow=True).message_post(
                body="See", partner_ids=self.partner(env, "outsider").ids
            )

        self.check(
            {
                "follows": lambda env: self.card(env, 2).message_subscribe(
                    self.partner(env, "portal").ids
                ),
                "leaves": lambda env: self.card(env, 2).message_unsubscribe(
                    self.partner(env, "portal").ids
                ),
                "follows, in SQL": lambda env: env.cr.execute(
                    "INSERT INTO mail_followers (res_model, res_id, partner_id)"
                    " VALUES ('project.task', %s, %s)",
                    [self.cards[2], self.partner(env, "portal").id],
                ),
                "the other card": lambda env: env["mail.followers"]
                .search(
                    [
                        ("res_model", "=", "project.task"),
                        ("res_id", "=", self.cards[2]),
                        ("partner_id", "=", self.partner(env, "portal").id),
                    ]
                )
                .unlink(),
                "tags of a card seen no more": lambda env: self.card(
                    env
                ).message_unsubscribe(self.partner(env, "portal").ids),
                "tags of a card seen": lambda env: self.card(env).message_subscribe(
                    self.partner(env, "portal").ids
                ),
                "mentioned": autofollow,
                "board followed": lambda env: self.project(env).message_subscribe(
                    self.partner(env, "outsider").ids
                ),
                "board left": lambda env: self.project(env).message_unsubscribe(
                    self.partner(env, "outsider").ids
                ),
            }
        )

    def test_sight_of_relatives_on_a_closed_board(self):
        def give(place, user):
            return lambda env: self.relative(env, place).message_subscribe(
                self.partner(env, user).ids
            )

        def take(place, user):
            return lambda env: self.relative(env, place).message_unsubscribe(
                self.partner(env, user).ids
            )

        def assign(command):
            return lambda env: self.relative(env, 1).write(
                {"user_ids": [command(self.users["outsider"])]}
            )

        def privacy(value):
            return lambda env: self.closed(env).write({"privacy_visibility": value})

        def share(env):
            self.closed(env).collaborator_ids = [
                Command.create(
                    {
                        "partner_id": self.partner(env, "portal").id,
                        "limited_access": False,
                    }
                )
            ]

        self.check(
            {
                "part seen": give(0, "outsider"),
                "part unseen": take(0, "outsider"),
                "blocker seen": give(1, "outsider"),
                "blocker unseen": take(1, "outsider"),
                "whole seen": give(2, "outsider"),
                "whole unseen": take(2, "outsider"),
                "assigned": assign(Command.link),
                # Odoo lets an assignee follow; leaving is another matter.
                "assigned no more": lambda env: (
                    assign(Command.unlink)(env),
                    take(1, "outsider")(env),
                ),
                "board followed": lambda env: self.closed(env).message_subscribe(
                    self.partner(env, "outsider").ids
                ),
                "board left": lambda env: self.closed(env).message_unsubscribe(
                    self.partner(env, "outsider").ids
                ),
                "board opened": privacy("employees"),
                "board closed": privacy("followers"),
                "board opened to all": privacy("portal"),
                "part seen outside": give(0, "portal"),
                "part unseen outside": take(0, "portal"),
                "shared": share,
                "shared in part": lambda env: self.closed(env).collaborator_ids.write(
                    {"limited_access": True}
                ),
                "shared wholly": lambda env: self.closed(env).collaborator_ids.write(
                    {"limited_access": False}
                ),
                "shared no more": lambda env: self.closed(
                    env
                ).collaborator_ids.unlink(),
            }
        )

    def test_sight_of_a_colleague_of_a_customer(self):
        """Portal users see what their company's other contacts follow."""
        with self.transaction() as env:
            firm = env["res.partner"].create({"name": "Firm", "is_company": True})
            self.contacts.append(firm.id)
            self.partner(env, "portal").parent_id = firm
            self.card(env, 0).message_unsubscribe(self.partner(env, "portal").ids)
        self.check(
            {
                "joins": lambda env: self._contact(env).write(
                    {"parent_id": self.contacts[-1]}
                ),
                "leaves": lambda env: self._contact(env).write({"parent_id": False}),
            }
        )
        with self.transaction() as env:
            self.partner(env, "portal").parent_id = False

    def test_own_rights(self):
        """Whose own rights become others starts again, and nobody else."""

        def rule(env):
            return env["ir.rule"].search([("name", "=", "Feed rule")])

        def made(env):
            env["ir.rule"].create(
                {
                    "name": "Feed rule",
                    "model_id": env.ref("project.model_project_task").id,
                    "domain_force": "[('name', '!=', 'First')]",
                    "groups": [Command.link(env.ref("base.group_portal").id)],
                }
            )

        def company(env):
            made = env["res.company"].create({"name": "Feed company of cards"})
            self.closed(env).company_id = made
            user = env["res.users"].browse(self.users["manager"])
            user.company_ids = [Command.link(made.id)]

        self.addCleanup(self._remove_rule)
        cases = {
            "rule made": made,
            "rule changed": lambda env: rule(env).write(
                {"domain_force": "[('name', '=', 'Third')]"}
            ),
            "rule off": lambda env: rule(env).write({"active": False}),
            "company": company,
        }
        self.check(cases, anew=cases)

    def _remove_rule(self):
        with self.transaction() as env:
            rules = env["ir.rule"].with_context(active_test=False)
            rules.search([("name", "=", "Feed rule")]).unlink()
