# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import activity
from . import auth
from . import boards
from . import cards
from . import fallback
from . import feeds
from . import flow
from . import groups
from . import health
from . import me
from . import metrics
from . import people
from . import stages
from . import tags
