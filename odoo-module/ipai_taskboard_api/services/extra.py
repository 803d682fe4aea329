# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether changes of what other modules add to cards can be followed."""


def unfollowed(tasks):
    """Names of the Python modules that add keys to cards and do not say what these
    are made of."""
    return [
        vars(part)["_taskboard_extra"].__module__
        for part in type(tasks).__mro__
        if "_taskboard_extra" in vars(part)
        and "_taskboard_extra_depends" not in vars(part)
    ]


def is_followed(tasks):
    """Whether all of them say so."""
    return not unfollowed(tasks)
