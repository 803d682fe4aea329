# Fills a project with as many tasks as are asked for. Run by `odoo shell` after seed.py, with the parameters in the
# environment: TASKBOARD_SEED_PROJECT, TASKBOARD_SEED_TASKS. The tasks are copies of seed.py's, made in SQL: through
# the ORM 100,000 of them would take an hour. Copies of whole rows, so that each version's own columns come along.
# Run twice it adds what is missing; the last line that it prints is JSON: {"projectId", "tasks"}.
import json
import os

from odoo import Command
from odoo.tools import SQL

NAME = os.environ["TASKBOARD_SEED_PROJECT"]
WANTED = int(os.environ["TASKBOARD_SEED_TASKS"])
STAGES = ["Backlog", "Ready", "In progress", "Blocked", "Review", "Testing", "Released", "Done"]
SUBTASK_EVERY, DEPENDENT_EVERY, CHECKLIST_EVERY = 20, 25, 5

cr = env.cr  # noqa: F821
source = env["project.project"].search([("name", "=", "Checkout rewrite")], limit=1)  # noqa: F821


def make_project():
    users = env["res.users"].search([("login", "=", "dev@example.com")])  # noqa: F821
    project = env["project.project"].with_user(users).create({  # noqa: F821
        "name": NAME,
        "user_id": users.id,
        "privacy_visibility": "employees",
        "type_ids": [Command.create({"name": name, "sequence": place * 10, "user_id": False})
                     for place, name in enumerate(STAGES, start=1)],
    })
    project.sudo().allow_task_dependencies = True
    project.message_subscribe(source.message_partner_ids.ids)
    return project


def columns(table):
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND column_name != 'id' AND is_generated = 'NEVER'",
        [table],
    )
    return [name for [name] in cr.fetchall()]


def copy_rows(table, joined, changed):
    """Copies rows t of `table`, joined to their copies' cards s, with other values in the columns of `changed`."""
    names = columns(table)
    values = [changed.get(name, SQL("t.%s", SQL.identifier(name))) for name in names]
    cr.execute(SQL(
        "INSERT INTO %s (%s) SELECT %s FROM %s t JOIN seeded s ON %s",
        SQL.identifier(table), SQL(", ").join(map(SQL.identifier, names)), SQL(", ").join(values),
        SQL.identifier(table), joined,
    ))


def add_tasks(project, first):
    """Adds the tasks number `first` to WANTED, with all that hangs on them."""
    cr.execute(SQL(
        "CREATE TEMP TABLE seeded ON COMMIT DROP AS"
        " SELECT number, source.id AS source_id, nextval('project_task_id_seq') AS id"
        " FROM generate_series(%s, %s) number JOIN ("
        "   SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS total"
        "   FROM project_task WHERE project_id = %s AND parent_id IS NULL"
        " ) source ON source.place = mod(number, source.total)",
        first, WANTED, source.id,
    ))
    cr.execute("CREATE UNIQUE INDEX ON seeded (id); CREATE INDEX ON seeded (source_id); ANALYZE seeded")
    is_subtask = SQL("mod(s.number, %s) = 0", SUBTASK_EVERY)
    before = SQL("(SELECT b.id FROM seeded b WHERE b.number = s.number - 1)")
    made = SQL("now() AT TIME ZONE 'UTC' - mod(s.number, 129600) * interval '1 minute'")
    ids = project.type_ids.sorted("sequence").ids
    insert_tasks = {
        "name": SQL("t.name || ' #' || s.number"),
        "project_id": SQL("%s", project.id),
        "stage_id": SQL("(%s::int[])[mod(s.number * 5, 8) + 1]", ids),
        "sequence": SQL("s.number"),
        "parent_id": SQL("CASE WHEN %s THEN %s END", is_subtask, before),
        "display_in_project": SQL("NOT (%s AND %s IS NOT NULL)", is_subtask, before),
        "date_deadline": SQL("t.date_deadline + (mod(s.number, 90) - 45) * interval '1 day'"),
        "create_date": made,
        "write_date": made,
    }
    names = columns("project_task")
    cr.execute(SQL(
        "INSERT INTO project_task (id, %s) SELECT s.id, %s FROM seeded s JOIN project_task t ON t.id = s.source_id"
        " ORDER BY s.number",
        SQL(", ").join(map(SQL.identifier, names)),
        SQL(", ").join(insert_tasks.get(name, SQL("t.%s", SQL.identifier(name))) for name in names),
    ))
    copy_rows("project_task_user_rel", SQL("t.task_id = s.source_id"), {"task_id": SQL("s.id"), "stage_id": SQL("NULL::int")})
    copy_rows("project_tags_project_task_rel", SQL("t.project_task_id = s.source_id"), {"project_task_id": SQL("s.id")})
    copy_rows("mail_followers", SQL("t.res_model = 'project.task' AND t.res_id = s.source_id"), {"res_id": SQL("s.id")})
    copy_rows(
        "mail_message",
        SQL(
            "t.model = 'project.task' AND t.res_id = s.source_id AND (t.message_type = 'comment' OR t.subtype_id = %s)",
            env.ref("project.mt_task_new").id,  # noqa: F821
        ),
        {"res_id": SQL("s.id"), "message_id": SQL("NULL"), "parent_id": SQL("NULL::int")},
    )
    cr.execute(SQL(
        "INSERT INTO task_dependencies_rel (task_id, depends_on_id)"
        " SELECT s.id, b.id FROM seeded s JOIN seeded b ON b.number = s.number - 2 WHERE mod(s.number, %s) = 0",
        DEPENDENT_EVERY,
    ))
    if "ipai.taskboard.checklist.item" in env:  # noqa: F821
        cr.execute(SQL(
            "INSERT INTO ipai_taskboard_checklist_item (task_id, item_id, name, done, sequence)"
            " SELECT s.id, 'seed-' || line, (ARRAY['Reproduce it', 'Write a test', 'Tell support'])[line], line = 1, line"
            " FROM seeded s, generate_series(1, 3) line WHERE mod(s.number, %s) = 0",
            CHECKLIST_EVERY,
        ))


project = env["project.project"].search([("name", "=", NAME)], limit=1) or make_project()  # noqa: F821
env.flush_all()  # noqa: F821
cr.execute("SELECT count(*) FROM project_task WHERE project_id = %s", [project.id])
[present] = cr.fetchone()
if present < WANTED:
    add_tasks(project, present + 1)
cr.commit()
print(json.dumps({"projectId": project.id, "tasks": max(present, WANTED)}))
