# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The triggers that write the log of changes.

Odoo writes past its models in many places: it merges contacts, loads translations
and archives in SQL, and PostgreSQL itself removes links to what is deleted. What a
trigger notes does not depend on who changes a table, and is gone with the savepoint
that is rolled back.

A trigger sees what its own statement changed; that everything is looked up by
arrays of numbers keeps PostgreSQL to its indexes, however much that is.
"""

from odoo.tools import SQL

from .change_sources import KINDS

PREFIX = "ipai_taskboard_"
# After a task is deleted its links are gone, and with them what shows it.
_ROW_BY_ROW = "project_task"

# Which cluster, and which database in it: transactions of another one say nothing
# here, though its rows may be (restored, moved, copied, upgraded). Odoo's role may
# mostly ask; a host that forbids it leaves us the database's own number.
_CLUSTER = f"""
CREATE OR REPLACE FUNCTION {PREFIX}cluster() RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    system text := '0';
BEGIN
    IF has_function_privilege('pg_control_system()', 'EXECUTE') THEN
        system := (SELECT system_identifier FROM pg_control_system());
    END IF;
    RETURN system || '.' || (
        SELECT oid FROM pg_database WHERE datname = current_database()
    );
END
$$
"""
# The line of its history that the cluster is on. One that was set back to an earlier
# moment, or a standby that took over, gives out once more the numbers of transactions
# that were lost.
_TIMELINE = f"""
CREATE OR REPLACE FUNCTION {PREFIX}timeline() RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF pg_is_in_recovery() THEN
        RETURN (SELECT timeline_id FROM pg_control_checkpoint());
    END IF;
    RETURN ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int;
EXCEPTION WHEN insufficient_privilege OR feature_not_supported THEN
    RETURN '0';
END
$$
"""
# Odoo would date a card anew when the same stage is written again, and it does not
# tell one from the other in every place.
_STAGE_SINCE = f"""
CREATE OR REPLACE FUNCTION {PREFIX}stage_since() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage_id IS DISTINCT FROM OLD.stage_id
    AND NEW.taskboard_stage_since IS NOT DISTINCT FROM OLD.taskboard_stage_since THEN
        NEW.taskboard_stage_since := now() AT TIME ZONE 'UTC';
    END IF;
    RETURN NEW;
END
$$
"""


def create(cr, tables):
    """Make, or make anew, all functions and triggers; ``tables`` are {name: Table}."""
    cr.execute(_CLUSTER)
    cr.execute(_TIMELINE)
    cr.execute(_STAGE_SINCE)
    _attach(cr, "project_task", "stage_since", "BEFORE UPDATE", "FOR EACH ROW")
    for name, table in tables.items():
        cr.execute(_function(name, table))
        note = f"note_{name}"
        _attach(cr, name, note, "AFTER INSERT", "REFERENCING NEW TABLE AS new_rows")
        _attach(
            cr,
            name,
            note,
            "AFTER UPDATE",
            "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
        )
        if name == _ROW_BY_ROW:
            _attach(cr, name, note, "BEFORE DELETE", "FOR EACH ROW")
        else:
            _attach(cr, name, note, "AFTER DELETE", "REFERENCING OLD TABLE AS old_rows")


def drop(cr):
    """Remove all functions, and the triggers with them."""
    cr.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE starts_with(proname, %s)"
        " AND pronamespace = current_schema()::regnamespace",
        [PREFIX],
    )
    for (signature,) in cr.fetchall():
        # As PostgreSQL itself writes it.
        cr.execute(SQL("DROP FUNCTION %s CASCADE", SQL(signature)))


def _attach(cr, table, function, event, how):
    name = f"{PREFIX}{function}_{event.split()[1].lower()}"
    cr.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    cr.execute(
        f"CREATE TRIGGER {name} {event} ON {table} {how}"
        f" EXECUTE FUNCTION {PREFIX}{function}()"
    )


def _function(name, table):
    # {array: (kind, number)}; a row of links may have two numbers of a kind.
    columns = {
        f"{kind}_{place}": (kind, number)
        for kind, numbers in table.noted.items()
        for place, number in enumerate(
            numbers if isinstance(numbers, tuple) else (numbers,)
        )
    }
    declared = "".join(f"    {array} int[];\n" for array in columns)
    taken = ", ".join(
        f"array_agg(DISTINCT {number})"
        if "FILTER" not in number
        else "array_agg(DISTINCT {}) {}".format(*number.split(" ", 1))
        for _kind, number in columns.values()
    )
    parts = [
        part.replace("{ids}", array)
        for array, (kind, _number) in columns.items()
        for part in KINDS[kind]
    ]
    gone = _row(table) if name == _ROW_BY_ROW else _rows(table, "old_rows")
    branches = "".join(
        f"    {word} TG_OP = '{event}' THEN\n        EXECUTE $changed$"
        f"{_taken(table, changed, taken)}$changed$ INTO {', '.join(columns)}"
        f"{using};\n"
        for word, event, changed, using in (
            ("IF", "INSERT", _rows(table, "new_rows"), ""),
            ("ELSIF", "UPDATE", _updated(table), ""),
            ("ELSIF", "DELETE", gone, " USING OLD" if name == _ROW_BY_ROW else ""),
        )
    )
    return (
        f"CREATE OR REPLACE FUNCTION {PREFIX}note_{name}() RETURNS trigger\n"
        "LANGUAGE plpgsql SET search_path FROM CURRENT AS $$\n"
        f"DECLARE\n{declared}BEGIN\n{branches}    END IF;\n"
        f"    IF num_nonnulls({', '.join(columns)}) > 0 THEN\n"
        f"        {_log(parts)};\n    END IF;\n"
        # Which of them fires before the deletion says with it that it may go on.
        f"    {'RETURN OLD' if name == _ROW_BY_ROW else 'RETURN NULL'};\nEND\n$$"
    )


def _taken(table, changed, taken):
    """SELECT of arrays, as ``taken`` says, that also logs the ``rows`` themselves.

    It is planned each time that it runs: a plan for one row that was kept would compare
    each of a hundred thousand rows with every other one.
    """
    logged = f", logged AS ({_log([table.rows])})" if table.rows else ""
    return f"WITH changed AS ({changed}){logged} SELECT {taken} FROM changed"


def _log(parts):
    return (
        "INSERT INTO ipai_taskboard_change"
        " (project_id, task_id, sight, floor, txid, cluster, create_date)"
        " SELECT board, card, bool_or(sight), FALSE, txid_current(),"
        f" {PREFIX}cluster(), now() AT TIME ZONE 'UTC'"
        f" FROM ({' UNION ALL '.join(f'({part})' for part in parts)})"
        " AS noted (board, card, sight)"
        " WHERE board IS NOT NULL GROUP BY board, card ON CONFLICT DO NOTHING"
    )


def _rows(table, source):
    """SELECT of rows that all come, or all go."""
    flags = (f"TRUE AS {flag}" for flag in table.flags)
    return f"SELECT {', '.join((*table.columns, *flags))} FROM {source}"


def _row(table):
    columns = (f"($1).{column} AS {column}" for column in table.columns)
    flags = (f"TRUE AS {flag}" for flag in table.flags)
    return f"SELECT {', '.join((*columns, *flags))}"


def _updated(table):
    if table.key is None:
        return f"{_rows(table, 'old_rows')} UNION ALL {_rows(table, 'new_rows')}"
    both = " UNION ALL ".join(
        f"SELECT {', '.join(f'{row}.{column}' for column in table.columns)}"
        for row in ("old_row", "new_row")
    )
    flags = "".join(
        f", {_differ(parts)} AS {flag}" for flag, parts in table.flags.items()
    )
    where = _differ([f"{{0}}.{name}" for name in table.compared])
    return (
        f"SELECT row.*{flags} FROM old_rows old_row"
        f" JOIN new_rows new_row ON new_row.{table.key} = old_row.{table.key}"
        f" CROSS JOIN LATERAL ({both}) AS row WHERE {where}"
    )


def _differ(parts):
    if not parts:
        return "TRUE"
    old, new = (
        ", ".join(part.format(row) for part in parts) for row in ("old_row", "new_row")
    )
    return f"(ROW({old}) IS DISTINCT FROM ROW({new}))"
