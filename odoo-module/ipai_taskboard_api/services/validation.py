# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Refuse what the contract does not know: 400 with the field and a sentence.

The generated schemas decide; ``readers`` turns what passes into values for
Odoo and adds the rules that a schema cannot say.
"""

import json
import re

from .. import errors
from . import readers

_INTEGER = re.compile(r"0|[1-9][0-9]{0,15}")
_BOOLEANS = {"true": True, "false": False}
_TYPES = {
    "string": "text",
    "integer": "an integer",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}


def query(endpoint, args):
    """Values of query arguments (a MultiDict); absent ones have their default."""
    values = {
        name: [] if parameter.repeats else parameter.default
        for name, parameter in endpoint.query.items()
    }
    for name in args:
        given = [text for text in args.getlist(name) if text != ""]
        if not given:
            continue
        parameter = endpoint.query.get(name)
        if parameter is None:
            raise errors.refused(name, f"Unknown parameter: {name}.")
        if len(given) > 1 and not parameter.repeats:
            raise errors.refused(name, f"{name} may be given once only.")
        checked = [_argument(endpoint, name, parameter, text) for text in given]
        values[name] = checked if parameter.repeats else checked[0]
    for name, parameter in endpoint.query.items():
        if parameter.required and values[name] is None:
            raise errors.refused(name, f"{name} is required.")
    return values


def check_media_type(httprequest, body):
    """415 unless the body is announced as JSON in UTF-8.

    A request without a body and without a type says nothing wrong yet; it is
    refused later for its missing body.
    """
    if not body and not httprequest.headers.get("Content-Type"):
        return
    charset = httprequest.mimetype_params.get("charset", "utf-8").lower()
    encoding = httprequest.headers.get("Content-Encoding", "identity").lower()
    if (
        httprequest.mimetype != "application/json"
        or charset not in ("utf-8", "utf8")
        or encoding != "identity"
    ):
        raise errors.ApiError(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "Send Content-Type: application/json, in UTF-8 and not compressed.",
        )


def parse_object(raw):
    """Return the JSON object in ``raw``; 400 ``body`` when there is none."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise errors.refused("body", "The body must be one JSON object.")
    return value


def body(endpoint, value):
    """Values of a parsed body; absent keys stay absent.

    A null of a POST counts as absent; where a PATCH may hold one, it clears.
    """
    _check_lengths(endpoint.body.schema, value)
    _check(endpoint.body, value)
    if endpoint.method == "POST":
        value = {key: given for key, given in value.items() if given is not None}
    return {key: _read(endpoint, key, given) for key, given in value.items()}


def key(endpoint, name, value):
    """The value of one key alone, for what is looked up before the whole body
    is judged; None when it is not valid."""
    schema = endpoint.body.schema["properties"][name]
    if not endpoint.body.evolve(schema=schema).is_valid(value):
        return None
    return readers.read(endpoint, name, value)


def _argument(endpoint, name, parameter, text):
    value = text
    if parameter.decode == "integer":
        value = int(text) if _INTEGER.fullmatch(text) else text
    elif parameter.decode == "boolean":
        value = _BOOLEANS.get(text, text)
    _check(parameter.validator, value, name)
    return _read(endpoint, name, value)


def _read(endpoint, name, value):
    try:
        return readers.read(endpoint, name, value)
    except readers.Refused as refusal:
        raise errors.refused(name, f"{name} {refusal}") from refusal


def _check_lengths(schema, value):
    """400 for a list that is too long, before anybody looks at its entries.

    The validator would look at all of them, and make an error of each.
    """
    if not isinstance(value, dict):
        return
    for name, given in value.items():
        most = _most_entries(schema["properties"].get(name, {}))
        if isinstance(given, list) and most is not None and len(given) > most:
            raise errors.refused(name, f"{name} must have {most} entries at most.")


def _most_entries(schema):
    choices = (schema, *schema.get("anyOf", ()))
    return next((one["maxItems"] for one in choices if "maxItems" in one), None)


def _check(validator, value, name=None):
    """400 with the first fault; ``name`` when the value is not a whole body."""
    try:
        fault = next(validator.iter_errors(value), None)
    except RecursionError as error:
        raise errors.refused(name or "body", "This is nested too deeply.") from error
    if fault is not None:
        raise _refusal(_decisive(fault), name)


def _decisive(fault):
    """The fault below a choice "this or null", which is never about the null."""
    while fault.validator == "anyOf":
        fault = next(one for one in fault.context if one.schema.get("type") != "null")
    return fault


def _refusal(fault, name):
    steps = ([name] if name else []) + list(fault.absolute_path)
    what = "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps
    ).removeprefix(".")
    if fault.validator in ("required", "additionalProperties"):
        return _wrong_keys(fault, steps, what)
    return errors.refused(steps[0], f"{what} {_expectation(fault)}.")


def _wrong_keys(fault, steps, what):
    if fault.validator == "required":
        keys = [one for one in fault.validator_value if one not in fault.instance]
        sentence = "{} is missing."
    else:
        keys = [one for one in fault.instance if one not in fault.schema["properties"]]
        sentence = "Unknown key: {}."
    wrong = keys[0] if readers.is_clean(keys[0]) else "?"
    field = steps[0] if steps else ("body" if wrong == "?" else wrong)
    return errors.refused(field, sentence.format(f"{what}.{wrong}".removeprefix(".")))


def _expectation(fault):
    wanted = fault.validator_value
    if fault.validator == "type":
        names = [wanted] if isinstance(wanted, str) else wanted
        return "must be " + " or ".join(_TYPES.get(name, name) for name in names)
    if fault.validator == "enum":
        return "must be one of " + ", ".join(wanted)
    if fault.validator == "const":
        return f"must be {wanted if isinstance(wanted, str) else json.dumps(wanted)}"
    if fault.validator == "minimum":
        return f"must be {wanted} at least"
    if fault.validator == "maximum":
        return f"must be {wanted} at most"
    if fault.validator == "minLength":
        return "must not be empty"
    return fault.schema.get("x-expects", "is not what the contract allows")


def _no_constant(name):
    raise ValueError(name)
