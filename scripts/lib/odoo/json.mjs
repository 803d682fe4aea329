import { readFile, rename, writeFile } from 'node:fs/promises';

/** @param {string} path @returns {Promise<any>} undefined when it is not there or no JSON */
export async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Writes a file that only its owner may read, whole or not at all. @param {string} path @param {unknown} value */
export async function writePrivateJson(path, value) {
  await writeFile(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
