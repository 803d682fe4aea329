# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Posting a comment, and who may post at all."""

from . import mentions
from .card_changes import QUIET
from .markdown import to_comment_html


def check_may_post(task):
    """403 unless Odoo lets the user post here (it asks for less than writing)."""
    task.check_access(task._mail_post_access)


def post(task, body):
    """Post a comment; those mentioned become followers and are notified.

    Who follows a card may see it. So whoever may not write it makes followers only of
    those who see it anyway; the others are notified all the same, as by Odoo.
    """
    partners = mentions.find(task, body["body_md"], body.get("mentions", []))
    html = to_comment_html(body["body_md"], partners)
    context = dict(QUIET)
    if task.has_access("write"):
        context["mail_post_autofollow"] = True
    else:
        _follow(task, partners)
        # Odoo 18 asks for the last of them, Odoo 19 for the other ones.
        context["mail_post_autofollow"] = False
        context["mail_post_autofollow_author_skip"] = True
        context["mail_create_nosubscribe"] = True
    # sudo: as Odoo itself does, after ``check_may_post``: posting touches models that
    # not everybody may who may comment.
    message = (
        task.with_context(**context)
        .sudo()
        .message_post(
            body=html,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=partners.ids,
            author_id=task.env.user.partner_id.id,
        )
    )
    task.env.flush_all()
    return message.with_env(task.env)


def _follow(task, partners):
    # sudo: which users they are, as whom it is asked.
    seeing = partners.sudo().filtered(
        lambda partner: any(
            task.with_user(user).has_access("read") for user in partner.user_ids
        )
    )
    # sudo: see ``post``.
    task.sudo().message_subscribe(partner_ids=seeing.ids)
