# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Posting a comment: whom it mentions, and who may post at all."""

from odoo.tools import LazyTranslate

from .. import errors
from . import readers
from .card_changes import QUIET
from .markdown import to_comment_html

_lt = LazyTranslate(__name__)


def check_may_post(task):
    """403 unless Odoo lets the user post here (it asks for less than writing)."""
    task.check_access(task._mail_post_access)


def post(task, body):
    """Post a comment; those mentioned become followers and are notified."""
    partners = _mentioned(task, body.get("mentions", []))
    html = to_comment_html(body["body_md"], partners)
    context = {"mail_post_autofollow": True, **QUIET}
    thread, author = task.with_context(**context), {}
    if task.env.user._is_portal():
        # sudo: as Odoo's own portal does, after ``check_may_post``: posting
        # touches models that portal users may not.
        thread, author = thread.sudo(), {"author_id": task.env.user.partner_id.id}
    message = thread.message_post(
        body=html,
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
        partner_ids=partners.ids,
        **author,
    )
    task.env.flush_all()
    return message.with_env(task.env)


def _mentioned(task, addresses):
    """Partners behind e-mail addresses; 400 with the ones that are nobody's."""
    partners = task.env["res.partner"]
    wanted = {}
    for address in addresses:
        try:
            wanted[address] = readers.email(address)
        except readers.Refused:
            wanted[address] = None
    known = [email for email in wanted.values() if email]
    found = partners.search([("email_normalized", "in", known)], order="id")
    chosen = {}
    # sudo: an internal user's contact comes before others of that address.
    by_rank = found.sudo().sorted(lambda one: one.partner_share)
    for partner in by_rank:
        chosen.setdefault(partner.email_normalized, partner.id)
    unknown = [one for one, email in wanted.items() if email not in chosen]
    if unknown:
        raise errors.refused(
            "mentions",
            _lt(
                "Nobody here has this address: %(addresses)s",
                addresses=", ".join(unknown),
            ),
            unknown=unknown,
        )
    return partners.browse(dict.fromkeys(chosen[email] for email in known))
