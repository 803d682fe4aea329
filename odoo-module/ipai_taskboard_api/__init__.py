# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import dispatcher
from . import models
from . import controllers
from . import wsgi
from .hooks import uninstall_hook

wsgi.install(dispatcher.is_endpoint)
