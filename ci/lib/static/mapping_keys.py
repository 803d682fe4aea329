"""Print which keys the addon's mapping gives each entity, read from its source.

Reads Python source on standard input and writes JSON: for every function that
builds a dict, the keys at its top level, the functions whose dicts it takes in, and
the keys of dicts below a key. Nothing of the addon is imported, so Odoo need not be
there.
"""

import ast
import json
import sys


def own_dicts(function):
    """The dicts that a function returns, or fills as ``entity``."""
    for node in ast.walk(function):
        value = None
        if isinstance(node, ast.Return):
            value = node.value
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "entity":
            value = node.value
        if isinstance(value, ast.Dict):
            yield value


def later_keys(function):
    """Keys that are put into ``entity`` afterwards, with their values."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign):
            continue
        target = node.targets[0]
        if (
            isinstance(target, ast.Subscript)
            and getattr(target.value, "id", "") == "entity"
            and isinstance(target.slice, ast.Constant)
        ):
            yield target.slice.value, node.value


def describe(function):
    keys, takes_in, below = set(), set(), {}

    def note(key, value):
        keys.add(key)
        for inner in ast.walk(value):
            if isinstance(inner, ast.Dict):
                names = [one.value for one in inner.keys if isinstance(one, ast.Constant)]
                below.setdefault(key, set()).update(names)

    for found in own_dicts(function):
        for key, value in zip(found.keys, found.values):
            if isinstance(key, ast.Constant):
                note(key.value, value)
            elif key is None and isinstance(value, ast.Call):
                takes_in.add(getattr(value.func, "id", getattr(value.func, "attr", "")))
    for key, value in later_keys(function):
        note(key, value)
    return {
        "keys": sorted(keys),
        "takesIn": sorted(takes_in),
        "below": {key: sorted(names) for key, names in below.items()},
    }


tree = ast.parse(sys.stdin.read())
functions = {
    node.name: describe(node) for node in tree.body if isinstance(node, ast.FunctionDef)
}
json.dump({name: found for name, found in functions.items() if found["keys"]}, sys.stdout)
