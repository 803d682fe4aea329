# Fills a fresh database with people and projects that a developer believes. Run by `odoo shell`, which gives `env`;
# the last line that it prints is JSON: the users with their passwords and API keys. Run twice, it adds nothing but
# new keys. Works on Odoo 18 and 19, with the addon and without.
import json
from datetime import datetime, time, timedelta

from markupsafe import Markup

from odoo import fields

PASSWORD = "taskboard-demo"
KEY_NAME = "Taskboard rig"
# Nobody in here may get mail, and no move may be undone by a rule that mails.
env = env(context=dict(env.context, mail_notify_force_send=False, no_reset_password=True))  # noqa: F821
now = fields.Datetime.now()

PEOPLE = [  # login, name, role, time zone
    ("dev@example.com", "Dana Keller", "manager", "Europe/Berlin"),
    ("priya.nair@example.com", "Priya Nair", "user", "Asia/Kolkata"),
    ("tomas.silva@example.com", "Tomás Silva", "user", "America/Sao_Paulo"),
    ("mei.chen@example.com", "Mei Chen", "user", "America/New_York"),
    ("jonas.berg@example.com", "Jonas Berg", "manager", "Europe/Stockholm"),
    ("aisha.bello@example.com", "Aisha Bello", "user", "Africa/Lagos"),
    ("lucas.moreau@example.com", "Lucas Moreau", "user", "Europe/Paris"),
    ("hanna.virtanen@example.com", "Hanna Virtanen", "user", "Europe/Helsinki"),
    ("client@example.com", "Omar Haddad", "portal", "UTC"),
]
GROUPS = {
    "manager": ["base.group_user", "project.group_project_manager"],
    "user": ["base.group_user", "project.group_project_user"],
    "portal": ["base.group_portal"],
}

# Title, stage, priority, days until due (None: no due date), who (indexes into PEOPLE), tags.
CHECKOUT = [
    ("Support saved payment methods", 0, 1, None, "", "payments feature"),
    ("Show estimated delivery date per line item", 0, 0, None, "", "feature"),
    ("Split shipping cost by parcel", 0, 0, 35, "", "feature backend"),
    ("Accept gift cards together with a card payment", 0, 1, None, "", "payments feature"),
    ("Move tax rates out of the code", 0, 0, 42, "4", "backend debt"),
    ("Offer guest checkout on the mobile site", 0, 2, 28, "", "feature frontend"),
    ("Replace the country picker", 0, 0, None, "", "frontend a11y"),
    ("Log why a voucher was refused", 0, 0, None, "", "backend"),
    ("Retry webhooks with exponential backoff", 1, 2, 12, "1", "backend payments"),
    ("Validate VAT numbers while typing", 1, 1, 14, "3", "frontend"),
    ("Cache the shipping quotes for ten minutes", 1, 1, 16, "2", "backend performance"),
    ("Address form: announce errors to screen readers", 1, 2, 9, "7", "frontend a11y"),
    ("Drop the legacy /cart/v1 endpoints", 1, 0, 20, "", "backend debt"),
    ("Write the runbook for failed captures", 1, 1, 18, "5", "docs payments"),
    ("Idempotency keys for POST /orders", 2, 3, 2, "1 0", "backend payments"),
    ("3-D Secure: resume after the bank's redirect", 2, 3, -1, "2", "payments bug"),
    ("Rewrite the order summary as one component", 2, 1, 5, "3", "frontend debt"),
    ("Basket total differs by a cent after a currency switch", 2, 2, 1, "1 4", "bug backend"),
    ("Keyboard focus is lost when a voucher is removed", 2, 2, 4, "7", "bug a11y"),
    ("Load test: 300 orders a minute", 2, 1, 7, "6", "performance"),
    ("Feature flag for the new payment page", 2, 1, 3, "0", "frontend"),
    ("Queue order confirmations instead of sending inline", 3, 2, 0, "6 1", "backend performance"),
    ("Postal code rules for Ireland and Portugal", 3, 1, 2, "2", "backend"),
    ("Card form: mask the number while typing", 3, 1, 1, "3", "frontend"),
    ("Upgrade the payment SDK to 5.2", 3, 2, -2, "4", "payments debt"),
    ("Contrast of disabled buttons is too low", 3, 0, 6, "7", "frontend a11y"),
    ("Document the checkout events", 3, 0, 8, "5", "docs"),
    ("Refund in part from the order page", 4, 2, 1, "2 5", "payments feature"),
    ("Stock is reserved twice on a double click", 4, 3, 0, "1", "bug backend"),
    ("Show the voucher's expiry date in the basket", 4, 0, 3, "3", "frontend feature"),
    ("Alert when captures fail for five minutes", 4, 1, 2, "6", "payments"),
    ("Session expires during bank redirect", 4, 2, -3, "0", "bug payments"),
    ("Use the browser's own date input", 5, 0, -12, "7", "frontend debt"),
    ("Index orders by customer and state", 5, 1, -15, "1", "backend performance"),
    ("Remove jQuery from the basket page", 5, 1, -20, "3", "frontend debt"),
    ("Round line totals half to even", 5, 2, -9, "4", "backend bug"),
    ("Store the consent with the order", 5, 1, -25, "5", "backend"),
    ("Sandbox accounts for every developer", 5, 0, -30, "0", "payments docs"),
    ("Smoke test of the whole purchase", 5, 1, -7, "6 0", "performance"),
    ("Empty basket shows a blank page in Firefox", 5, 3, -18, "3", "bug frontend"),
]
MOBILE = [
    ("Offline basket", 0, 1, 40, "", "feature"),
    ("Push notification when a parcel ships", 0, 1, None, "", "feature"),
    ("Deep links open the wrong tab", 1, 2, 6, "2", "bug"),
    ("Biometric sign-in on Android 15", 1, 1, 10, "6", "feature"),
    ("Crash on start when storage is full", 2, 3, 1, "6", "bug"),
    ("Shrink the download below 30 MB", 2, 1, 9, "2", "performance"),
    ("Dark theme for the order list", 2, 0, 11, "3", "frontend"),
    ("Large text cuts off the pay button", 2, 2, 4, "7", "a11y bug"),
    ("Store listing: new screenshots", 3, 0, -5, "5", "docs"),
    ("Sign-in token survives an update", 3, 2, -8, "6", "bug"),
]
OPERATIONS = [
    ("Rotate the signing keys", 0, 2, 15, "6", "debt"),
    ("Restore drill from last night's backup", 0, 1, 21, "4", "docs"),
    ("Disk of the search node fills up", 1, 3, 0, "6 4", "bug"),
    ("Post-mortem: checkout outage in March", 1, 2, 3, "0", "docs"),
    ("Move CI to the new runners", 1, 0, None, "1", "debt"),
    ("Alerts without an owner", 2, 1, -6, "4", "debt"),
]
PROJECTS = [  # name, visibility, manager, description, stages (a * folds), tasks
    ("Checkout rewrite", "employees", 0, "The new checkout: one page, one payment service, no surprises at the till.",
     ["Backlog", "Ready", "In progress", "Review", "Testing", "Done"], CHECKOUT),
    ("Mobile app 4.0", "portal", 0, "Everything for the spring release of the app.",
     ["Ideas", "Next", "Doing", "Shipped*"], MOBILE),
    ("Platform operations", "followers", 4, "Chores and incidents of the platform team.",
     ["Inbox", "Active", "Closed*"], OPERATIONS),
]
TAGS = {"bug": 1, "feature": 4, "payments": 3, "backend": 8, "frontend": 5, "a11y": 10, "performance": 2, "debt": 11, "docs": 7}

DETAILS = {
    "Idempotency keys for POST /orders": "<p>A client that retries after a timeout creates the order twice.</p><ul><li>Accept an <code>Idempotency-Key</code> header</li><li>Keep the answer for 24 hours</li><li>Answer <strong>409</strong> while the first request still runs</li></ul>",
    "3-D Secure: resume after the bank's redirect": "<p>Some banks come back with a POST, and the session cookie is missing then.</p><pre>POST /checkout/3ds/return\nSet-Cookie: (none)</pre>",
    "Basket total differs by a cent after a currency switch": "<p>Steps: add three items at 9.99 EUR, switch to SEK, switch back.</p><p>Expected <em>29.97</em>, shown <em>29.98</em>.</p>",
    "Refund in part from the order page": "<ul class=\"o_checklist\"><li class=\"o_checked\">API call to the provider</li><li class=\"o_checked\">Credit note</li><li>Button for support</li><li>Mail to the customer</li></ul>",
    "Load test: 300 orders a minute": "<p>Target: 95 % of the orders answered in under 800 ms with two workers.</p>",
}
COMMENTS = {  # who, text, whom it mentions
    "Idempotency keys for POST /orders": [(4, "Do we keep the key per customer or globally?", 1), (1, "Per customer: two shops may use the same generator.", None), (0, "Agreed. The table needs an index on both.", None)],
    "3-D Secure: resume after the bank's redirect": [(2, "Reproduced with two test banks. SameSite=Lax drops the cookie on the POST.", None), (0, "Then we hand over a signed state instead. Can you look, please?", 6)],
    "Stock is reserved twice on a double click": [(5, "Seen again this morning, order 10482.", None), (1, "Fixed by the lock on the basket row; please test on staging.", 5)],
    "Load test: 300 orders a minute": [(6, "First run: 210 a minute, the tax service is the limit.", None)],
    "Upgrade the payment SDK to 5.2": [(4, "5.2 renames the capture call, see the migration notes.", None)],
    "Crash on start when storage is full": [(6, "The crash is in the cache clean-up, not in the start itself.", None)],
}
SUBTASKS = {
    "Idempotency keys for POST /orders": ["Table and clean-up job", "Header in the client library", "Tests with two parallel requests"],
    "Rewrite the order summary as one component": ["Line items", "Totals and vouchers"],
}
BLOCKED_BY = [
    ("Support saved payment methods", "Upgrade the payment SDK to 5.2"),
    ("Retry webhooks with exponential backoff", "Idempotency keys for POST /orders"),
    ("Load test: 300 orders a minute", "Queue order confirmations instead of sending inline"),
]


def make_people():
    groups_field = "group_ids" if "group_ids" in env["res.users"]._fields else "groups_id"
    users = []
    for login, name, role, tz in PEOPLE:
        user = env["res.users"].search([("login", "=", login)]) or env["res.users"].create({
            "login": login, "email": login, "name": name, "tz": tz, groups_field: [(6, 0, [env.ref(group).id for group in GROUPS[role]])],
        })
        if role != "portal":
            user.notification_type = "inbox"  # by mail, each of them would leave a failed message
        users.append(user)
    # One hash for all: making it takes half a second.
    hashed = env["res.users"]._crypt_context().hash(PASSWORD)
    for user in [*users, env.ref("base.user_admin")]:
        env["res.users"]._set_encrypted_password(user.id, hashed)
    return users


def make_project(index, users, tags):
    name, visibility, manager, description, stage_names, rows = PROJECTS[index]
    if env["project.project"].search_count([("name", "=", name)]):
        return
    project = env["project.project"].with_user(users[0]).create({
        "name": name, "user_id": users[manager].id, "privacy_visibility": visibility,
        "description": Markup("<p>%s</p>") % description, "sequence": (index + 1) * 10,
        "type_ids": [(0, 0, {"name": stage.rstrip("*"), "fold": stage.endswith("*"), "sequence": (place + 1) * 10})
                     for place, stage in enumerate(stage_names)],
    })
    # Odoo lets nobody but an administrator switch this on.
    project.sudo().allow_task_dependencies = True
    stages = project.type_ids.sorted("sequence")
    tasks = {}
    for place, row in enumerate(rows):
        tasks[row[0]] = make_task(project, stages, users, tags, place, row)
    for title, subtasks in SUBTASKS.items():
        for name in subtasks if title in tasks else []:
            parent = tasks[title]
            tasks[name] = env["project.task"].with_user(users[1]).with_context(default_project_id=project.id).create({
                "name": name, "project_id": project.id, "parent_id": parent.id, "stage_id": parent.stage_id.id,
                "user_ids": [], "sequence": (len(tasks) + 1) * 10,
            })
    for blocked, by in BLOCKED_BY:
        if blocked in tasks:
            tasks[blocked].write({"depend_on_ids": [(4, tasks[by].id)]})
    # Followers are what a board shows as its members. After the tasks: Odoo makes them watchers of each new one.
    members = [user.partner_id.id for user in users[:8 if index == 0 else 5]]
    if visibility == "portal":
        client = users[-1].partner_id
        project.write({"collaborator_ids": [(0, 0, {"partner_id": client.id})]})
        members.append(client.id)
    project.message_subscribe(members)
    env.cr.flush()
    for place, task in enumerate(tasks.values()):
        backdate(task, place)


def make_task(project, stages, users, tags, place, row):
    title, stage, priority, due, who, labels = row
    people = [users[int(index)] for index in who.split()]
    author = people[0] if people else users[0]
    priorities = dict(env["project.task"]._fields["priority"].get_description(env)["selection"])
    task = env["project.task"].with_user(author).with_context(default_project_id=project.id).create({
        "name": title, "project_id": project.id, "stage_id": stages[0].id, "sequence": (place + 1) * 10,
        "priority": str(priority) if str(priority) in priorities else "1",
        "user_ids": [(6, 0, [user.id for user in people])],
        "tag_ids": [(6, 0, [tags[label].id for label in labels.split()])],
        "description": Markup(DETAILS.get(title, "")) or False,
        # Noon: the same calendar day for everybody in PEOPLE.
        "date_deadline": due is not None and datetime.combine((now + timedelta(days=due)).date(), time(12)),
    })
    for step in range(1, stage + 1):
        env.cr.flush()  # each move gets its own line in the history
        task.write({"stage_id": stages[step].id})
    for by, text, mentioned in COMMENTS.get(title, []):
        env.cr.flush()
        partner = users[mentioned].partner_id if mentioned is not None else env["res.partner"]
        at = Markup('<a href="#" class="o_mail_redirect" data-oe-model="res.partner" data-oe-id="%s">@%s</a> ') % (partner.id, partner.name) if partner else ""
        task.with_user(users[by]).message_post(
            body=Markup("<p>%s%s</p>") % (at, text), partner_ids=partner.ids, message_type="comment", subtype_xmlid="mail.mt_comment")
    return task


def backdate(task, place):
    """Lays the task's history over the weeks before today, in its own order."""
    messages = env["mail.message"].search([("model", "=", "project.task"), ("res_id", "=", task.id)], order="id")
    made = now - timedelta(days=62 - place, hours=place % 7, minutes=13 * place % 60)
    last = now - timedelta(hours=3 + place)
    for step, message in enumerate(messages):
        at = made + (last - made) * step / max(len(messages) - 1, 1)
        env.cr.execute("UPDATE mail_message SET date = %s, create_date = %s, write_date = %s WHERE id = %s", [at, at, at, message.id])
    env.cr.execute("UPDATE project_task SET create_date = %s, write_date = %s WHERE id = %s", [made, last, task.id])


def make_key(user):
    keys = env["res.users.apikeys"].with_user(user).sudo()
    keys.search([("name", "=", KEY_NAME), ("user_id", "=", user.id)]).unlink()
    return keys._generate(None, KEY_NAME, None)


people = make_people()
labels = {
    name: env["project.tags"].search([("name", "=", name)]) or env["project.tags"].create({"name": name, "color": color})
    for name, color in TAGS.items()
}
for number in range(len(PROJECTS)):
    make_project(number, people, labels)
accounts = [
    {"login": user.login, "name": user.name, "password": PASSWORD, "token": make_key(user), "partnerId": user.partner_id.id, "role": role}
    for user, role in [*zip(people, [row[2] for row in PEOPLE]), (env.ref("base.user_admin"), "admin")]
]
# Odoo's own project for timesheets, of no interest on a board; and the notes to whoever is not inside.
env["project.project"].search([("name", "=", "Internal")]).active = False
env["mail.mail"].search([]).unlink()
env.cr.commit()
print(json.dumps({"main": accounts[0], "users": accounts}))
