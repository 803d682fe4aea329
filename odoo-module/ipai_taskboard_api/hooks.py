# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def uninstall_hook(env):
    """Take the indexes on Odoo's own tables away; the rest goes with the models."""
    env.cr.execute("DROP INDEX IF EXISTS project_task_taskboard_column_index")
    env.cr.execute("DROP INDEX IF EXISTS mail_message_taskboard_comment_index")
