// SQL from tests, through psql: no driver to install.
import { psql } from './cluster.mjs';

/** @typedef {string | number | boolean | null} Param */

/**
 * Runs one statement that gives rows, and gives them as objects; times are strings as PostgreSQL writes them in JSON.
 * @param {import('./cluster.mjs').Cluster} cluster
 * @param {string} db
 * @param {string} sql `$1` … stand for the params
 * @param {Param[]} [params]
 * @returns {Promise<any[]>}
 */
export async function query(cluster, db, sql, params = []) {
  const bound = bind(sql, params);
  const out = await psql(cluster, db, `WITH q AS (${bound}) SELECT coalesce(json_agg(q), '[]') FROM q`);
  return JSON.parse(out);
}

/** Puts the params in, but not inside quotes. @param {string} sql @param {Param[]} params */
function bind(sql, params) {
  return sql.replace(/'(?:[^']|'')*'|"[^"]*"|\$(\d+)/g, (match, /** @type {string | undefined} */ place) => {
    if (place === undefined) return match;
    const value = params[Number(place) - 1];
    if (value === undefined)
      throw new Error(`The query names ${match}, but there are ${params.length} params.`);
    return literal(value);
  });
}

/** @param {Param} value */
function literal(value) {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  // In parentheses: a minus sign before a negative number would begin a comment.
  return `(${String(value)})`;
}
