# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whom a comment mentions: the people behind e-mail addresses.

An address may belong to several: a contact that was entered twice, two users who
share a mailbox. The text says by its ``@Name`` which of them is meant.
"""

import re
from collections import defaultdict

from odoo.tools import LazyTranslate, email_normalize

from .. import errors
from . import cards

_lt = LazyTranslate(__name__)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_INTERNAL, _OUTSIDE, _CONTACT = range(3)


def find(task, text, addresses):
    """The partners whom ``text`` mentions by their ``addresses``.

    400 with the addresses that are nobody's, or of which it cannot be told whose.
    """
    if not addresses:
        return task.env["res.partner"]
    normal = {one: email_normalize(one) or "" for one in addresses}
    holders = _holders(task, [email for email in normal.values() if email])
    unknown = [one for one, email in normal.items() if email not in holders]
    if unknown:
        raise errors.refused(
            "mentions",
            _lt(
                "Nobody here has this address: %(addresses)s",
                addresses=", ".join(unknown),
            ),
            unknown=unknown,
        )
    everybody = [one for partners in holders.values() for one in partners]
    named = _names_in(text, {_name(one) for one in everybody})
    chosen = []
    for address, email in normal.items():
        meant = _meant(holders[email], named)
        if not meant:
            raise errors.refused(
                "mentions",
                _lt(
                    "More than one person here has the address %(address)s: %(names)s."
                    " Write @ and the whole name of the one you mean, or mention them"
                    " in Odoo.",
                    address=address,
                    names=", ".join(map(_name, holders[email])),
                ),
                ambiguous=[address],
            )
        chosen += meant
    return task.env["res.partner"].browse(dict.fromkeys(one.id for one in chosen))


def _holders(task, emails):
    """{address: [partner]} of those whom the user may mention here."""
    partners = task.env["res.partner"]
    wanted = [("email_normalized", "in", emails)]
    if not task.env.user._is_internal():
        # As in Odoo's portal: nobody who isn't in this already.
        boards = task.sudo().project_id
        followers = [
            *cards.followers(task)[task.id],
            *cards.followers(boards)[boards.id],
        ]
        wanted.append(("id", "in", followers))
    holders = defaultdict(list)
    # sudo: who of them is a user.
    for partner in partners.search(wanted, order="id").sudo():
        holders[partner.email_normalized].append(partner)
    return holders


def _meant(partners, named):
    """Those of one address who are meant; none when that cannot be told."""
    by_name = defaultdict(list)
    for partner in partners:
        if _name(partner) in named:
            by_name[_name(partner)].append(partner)
    found = []
    # Who is not named by the text is any of them.
    for alike in by_name.values() or [partners]:
        best = min(map(_rank, alike))
        first, *others = (one for one in alike if _rank(one) == best)
        # Contacts of one address are one mailbox, but users have one inbox each.
        if others and best != _CONTACT:
            return []
        found.append(first)
    return found


def _rank(partner):
    if not partner.partner_share:
        return _INTERNAL
    return _OUTSIDE if partner.user_ids else _CONTACT


def _names_in(text, names):
    """Those of ``names`` that stand behind an @ in a text, the longest where several
    fit."""
    ordered = sorted(filter(None, names), key=len, reverse=True)
    if not ordered:
        return set()
    one_of = "|".join(map(re.escape, ordered))
    plain = _ESCAPED.sub(r"\1", text)
    return set(re.findall(rf"@({one_of})(?!\w)", plain))


def _name(partner):
    """The name that ``people`` gives out."""
    return partner.name or partner.complete_name or ""
