# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_board_scope
from . import test_change_cursors
from . import test_changes
from . import test_comments
from . import test_errors
from . import test_facts
from . import test_html_losses
from . import test_idempotency
from . import test_markdown
from . import test_models
from . import test_my_cards
from . import test_position
from . import test_queries
from . import test_rights
from . import test_sign_in
from . import test_updates
