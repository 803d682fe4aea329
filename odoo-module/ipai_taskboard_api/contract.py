# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The endpoint table of the contract, as it was generated into ``schemas/``.

``npm run schemas`` writes the file from the project's one description of the
wire; nothing here repeats a route, a parameter or a key.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from jsonschema import Draft202012Validator

_FILE = Path(__file__).with_name("schemas") / "requests.json"


@dataclass(frozen=True)
class Parameter:
    """A query parameter: ``decode`` says what its text stands for."""

    decode: str
    repeats: bool
    required: bool
    default: object
    validator: Draft202012Validator


@dataclass(frozen=True)
class Endpoint:
    """A row of the table; ``path`` stands below the base path, with ``{names}``.

    A ``conditional`` one gives its answer an entity tag and takes If-None-Match; an
    ``idempotent`` one takes Idempotency-Key.
    """

    name: str
    method: str
    path: str
    sign_in: bool
    query: dict
    body: Draft202012Validator | None
    conditional: bool = False
    idempotent: bool = False

    @classmethod
    def of(cls, name, row):
        query = {
            key: Parameter(
                one["decode"],
                one["repeats"],
                one["required"],
                one.get("default"),
                Draft202012Validator(one["schema"]),
            )
            for key, one in row["query"].items()
        }
        body = row.get("body")
        return cls(
            name,
            row["method"],
            row["path"],
            row["sign_in"],
            query,
            Draft202012Validator(body) if body else None,
            row["conditional"],
            row["idempotent"],
        )


_TABLE = json.loads(_FILE.read_text(encoding="utf-8"))
# All of them are served: the conformance suite asks for each.
CAPABILITIES = _TABLE["capabilities"]
ENDPOINTS = {name: Endpoint.of(name, row) for name, row in _TABLE["endpoints"].items()}
