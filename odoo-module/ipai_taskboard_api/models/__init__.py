# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import change
from . import checklist_item
from . import idempotency
from . import ir_config_parameter
from . import mail_message
from . import project_task
from . import project_task_type
from . import res_users
from . import res_users_apikeys
