# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon's system parameters: their names, values and rules."""

from . import cors

CORS_ORIGINS = "ipai_taskboard_api.cors_origins"
METRICS_TOKEN = "ipai_taskboard_api.metrics_token"
NAMES = (CORS_ORIGINS, METRICS_TOKEN)
_SECRET_LENGTH = 20


def cors_origins(env):
    """The origins whose pages may use the API; none by default."""
    return cors.origins(_get(env, CORS_ORIGINS))


def metrics_token(env):
    """The secret that reads the metrics; None while they are off."""
    secret = _get(env, METRICS_TOKEN)
    return secret if len(secret) >= _SECRET_LENGTH else None


def _get(env, name):
    # sudo: whoever asks needs no right on system parameters for the addon to
    # follow them. Odoo keeps them in memory.
    return env["ir.config_parameter"].sudo().get_param(name) or ""


def problem(env, name, value):
    """What is wrong with a value, for whoever enters it; None when it is good."""
    if name == METRICS_TOKEN and value and len(value) < _SECRET_LENGTH:
        return env._(
            "The secret that reads the metrics must have at least %(length)s"
            " characters.",
            length=_SECRET_LENGTH,
        )
    if name == CORS_ORIGINS and (wrong := cors.not_origins(value or "")):
        return env._(
            "No origin: %(words)s. Write each as scheme://host or"
            " scheme://host:port, in lower case and without a slash at the end;"
            " a wildcard is not possible.",
            words=", ".join(wrong),
        )
    return None
