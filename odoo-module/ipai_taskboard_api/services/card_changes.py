# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies of POST and PATCH as values for Odoo, references checked."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain

from odoo import Command

from .. import errors
from . import boards, card_relations, card_state, days, position, rows
from .html_reader import to_markdown
from .loaded_cards import LoadedCards
from .markdown import to_html, to_stored_html
from .neighbours import Neighbours

# Sequence that Odoo gives to a new task, and an id as new as any can be.
_NEW_SEQUENCE = 10
_NEW_NUMBER = 2**31 - 1

# Mail to people is queued: sending it would hold the request up.
QUIET = {"mail_notify_force_send": False}


@dataclass
class Plan:
    """What a PATCH will do: nothing is written yet, and nothing left to refuse."""

    # Of the card itself, for Odoo.
    values: dict
    # {number of another card: its new place in the stage}
    sequences: dict = field(default_factory=dict)
    # Partner ids of all watchers; None when they stay.
    watchers: set | None = None


def create(project, body):
    """Create a card on ``project`` and return it."""
    env = project.env
    _require_stage(project, body["stage_id"])
    values = {
        "name": body["title"],
        "stage_id": body["stage_id"],
        "priority": body.get("priority", "1"),
        "description": to_html(body.get("description_md", "")),
        "date_deadline": _deadline(env, body.get("due_date")),
    }
    if not env.user._is_portal():
        # The board's followers follow its new cards by this value. (Portal users
        # may not write the field; for them the context has it.)
        values["project_id"] = project.id
    if owners := _users(env, body.get("owners", [])):
        values["user_ids"] = [Command.set(owners.ids)]
    if tags := _tags(env, body.get("tags", [])):
        values["tag_ids"] = [Command.set(tags.ids)]
    if "parent_id" in body:
        parent = card_relations.find_parent(env, body["parent_id"])
        values["parent_id"] = parent.id
    tasks = env["project.task"]
    if "position" in body:
        place = position.Place(
            _NEW_NUMBER,
            values["priority"],
            _NEW_SEQUENCE,
            body.get("due_date"),
        )
        numbers = _placed(project, body["stage_id"], place, body["position"], True)
        values["sequence"] = numbers.pop(_NEW_NUMBER, _NEW_SEQUENCE)
        _write_sequences(tasks, numbers)
    # Without a default project Odoo assigns the caller.
    context = {"default_project_id": project.id, **QUIET}
    task = tasks.with_context(**context).create(values)
    task.env.flush_all()
    return task.with_env(env)


def plan(task, body):
    """What ``body`` changes, as a Plan; references are refused before all else."""
    planned = Plan(_changed_values(task, body))
    values = planned.values
    if "position" in body:
        stage = values.get("stage_id", task.stage_id.id)
        place = position.Place(
            task.id,
            values.get("priority", task.priority),
            task.sequence,
            days.local_day(
                values.get("date_deadline", task.date_deadline),
                days.user_zone(task.env),
            ),
        )
        board = card_relations.board_after(task, values)
        planned.sequences = _placed(board, stage, place, body["position"], bool(values))
        if task.id in planned.sequences:
            values["sequence"] = planned.sequences.pop(task.id)
    if "watchers" in body:
        loaded = LoadedCards(task)
        shown = loaded.watcher_ids(loaded.one())
        wanted = body["watchers"] or []
        planned.watchers = card_relations.watchers(task, shown, wanted)
    return planned


def apply(task, planned):
    """Carry a plan out: one write of the card, none when it changes nothing."""
    quiet = task.with_context(**QUIET)
    _write_sequences(task, planned.sequences)
    if planned.values:
        # Odoo's write changes the dictionary that it is given.
        quiet.write(dict(planned.values))
    if planned.watchers is not None:
        card_relations.set_watchers(quiet, planned.watchers)
    task.env.flush_all()


def archive(task):
    """Archive the card; its subtasks stay."""
    task.with_context(**QUIET).write({"active": False})
    task.env.flush_all()


def _changed_values(task, body):
    env = task.env
    values = {}
    if body.get("active") and not task.active:
        values["active"] = True
    if "parent_id" in body:
        loaded = LoadedCards(task)
        shown = loaded.parent_id(loaded.one())
        values |= card_relations.parent_value(task, shown, body["parent_id"])
    for key, name in (("title", "name"), ("priority", "priority")):
        if key in body and body[key] != task[name]:
            values[name] = body[key]
    if "stage_id" in body:
        board = card_relations.board_after(task, values)
        if body["stage_id"] != task.stage_id.id or board != task.project_id:
            _require_stage(board, body["stage_id"])
            values["stage_id"] = body["stage_id"]
    if "description_md" in body:
        values.update(_description_change(task, body["description_md"] or ""))
    if "due_date" in body:
        values.update(_due_date_change(task, body["due_date"]))
    if "owners" in body:
        users = _users(env, body["owners"] or [], keep=task.user_ids)
        if users != task.user_ids:
            values["user_ids"] = [Command.set(users.ids)]
    if "tags" in body:
        values.update(_tags_change(task, body["tags"] or []))
    if "checklist" in body:
        commands = _checklist_commands(task, body["checklist"] or [])
        if commands:
            values["taskboard_checklist_ids"] = commands
    dependencies = None
    if "dependencies" in body:
        dependencies = _dependencies(task, body["dependencies"] or [])
        values |= dependencies.values()
    if "state" in body:
        values |= card_state.value(task, body["state"], values, dependencies)
    return values


def _dependencies(task, wanted):
    loaded = LoadedCards(task)
    shown = loaded.dependencies(loaded.one())
    pairs = [(one["type"], one["task_id"]) for one in wanted]
    return card_relations.Dependencies(task, shown, pairs)


def _description_change(task, text):
    """The description only if it says something else than what is shown.

    Odoo's HTML can hold more than markdown, so it is not touched otherwise.
    """
    if text.strip() == to_markdown(task.description):
        return {}
    html = to_html(text)
    if to_stored_html(html) == (task.description or ""):
        return {}
    return {"description": html or False}


def _due_date_change(task, day):
    if day == days.local_day(task.date_deadline, days.user_zone(task.env)):
        return {}
    return {"date_deadline": _deadline(task.env, day)}


def _tags_change(task, wanted):
    tags = _tags(task.env, wanted)
    # One by one: tags that record rules hide from the writer stay.
    commands = [
        *(Command.unlink(one.id) for one in task.tag_ids - tags),
        *(Command.link(one.id) for one in tags - task.tag_ids),
    ]
    return {"tag_ids": commands} if commands else {}


def _deadline(env, day):
    if day is None:
        return False
    try:
        return days.due_moment(days.storable(day), days.user_zone(env))
    except ValueError as error:
        raise errors.refused("due_date", f"due_date {error}") from error


def _require_stage(project, number):
    if not boards.has_stage(project, number):
        raise errors.refused("stage_id", "stage_id is not a stage of this board.")


def _users(env, partner_ids, keep=None):
    """Users behind partners; who is assigned already stays the same user."""
    users = env["res.users"]
    if not partner_ids:
        return users
    found = users.search(
        [("partner_id", "in", partner_ids), ("share", "=", False)], order="id"
    )
    chosen = {}
    # sudo: whom an assignee stands for, on a card that the viewer may read.
    for user in (*found.sudo(), *(keep or users).sudo()):
        partner = user.partner_id.id
        if partner in partner_ids and (
            partner not in chosen or user in (keep or users)
        ):
            chosen[partner] = user.id
    unknown = [one for one in partner_ids if one not in chosen]
    if unknown:
        raise errors.refused(
            "owners",
            "owners must be partners with an internal user here.",
            unknown=unknown,
        )
    return users.browse([chosen[one] for one in dict.fromkeys(partner_ids)])


def _tags(env, numbers):
    tags = env["project.tags"].search([("id", "in", numbers)])
    unknown = set(numbers) - set(tags.ids)
    if unknown:
        raise errors.refused("tags", "tags holds a tag that does not exist.")
    return tags


def _placed(project, stage, card, wanted, written):
    """{card number: new sequence} for the wanted position in a stage.

    A place outside the card's own priority becomes that priority's nearer edge.
    ``written``: the card itself is written in any case.
    """
    column = Neighbours(project, stage, card.number)
    priority, after = card.priority, wanted["after"]
    if after is None:
        above, below = (), column.below(None, priority)
    else:
        anchor = column.find(after)
        if not anchor:
            raise errors.refused(
                "position", "position.after must be another card of the target stage."
            )
        if anchor.priority > priority:
            above, below = (), column.below(None, priority)
        elif anchor.priority < priority or anchor.sequence is None:
            above, below = column.above(None, priority), ()
        else:
            above = chain([anchor], column.above(anchor, priority))
            below = column.below(anchor, priority)
    return position.numbers_between(card, above, below, written)


def _write_sequences(tasks, numbers):
    rows.lock(tasks.browse(numbers))
    alike = defaultdict(list)
    for number, sequence in numbers.items():
        alike[sequence].append(number)
    for sequence, cards_alike in alike.items():
        tasks.browse(cards_alike).with_context(**QUIET).write({"sequence": sequence})


def _checklist_commands(task, wanted):
    """One2many commands that make the checklist what was sent; [] for no change."""
    rows.lock(task.taskboard_checklist_ids)
    present = {item.item_id: item for item in task.taskboard_checklist_ids}
    commands = []
    for place, sent in enumerate(wanted):
        values = {
            "name": sent["text"],
            "done": sent["done"],
            "sequence": sent.get("order", place),
            "numbered": "order" in sent,
        }
        item = present.pop(sent["id"], None)
        if item is None:
            commands.append(Command.create({"item_id": sent["id"], **values}))
        else:
            changes = {
                name: value
                for name, value in values.items()
                if (item[name] or "") != (value or "")
            }
            if changes:
                commands.append(Command.update(item.id, changes))
    # A line that is gone goes first: its identifier may have been given anew.
    return [*(Command.delete(item.id) for item in present.values()), *commands]
