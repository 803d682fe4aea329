import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Board } from '../../contract/entities';
import { accountFolder } from '../../base/accountFolder';
import type { CachedBoard, SnapshotCache } from './snapshotCache';
import { writeWhole } from '../../base/wholeFile';

/** What a file holds, with a version: a later one that holds something else is as if not there. */
interface Kept<T> {
  v: 1;
  value: T;
}

/** The tokens in the addresses of people's pictures; within a text the quotes would be escaped. */
const AVATAR_TOKEN = /("avatar_url":"[^"]{0,2000}?[?&]access_token=)[^"&]+/g;

/**
 * The file of a board: `project-7` for `project:7`. No two ids have the same, whatever stands in them and however a
 * disk takes upper case; `boards` is none of them.
 */
function fileOf(boardId: string): string {
  const escaped = boardId.replace(/[^a-z0-9:]/g, (other) => `_${other.charCodeAt(0).toString(16)}_`);
  return escaped.includes(':') ? escaped.replaceAll(':', '-') : `_-${escaped}`;
}

/** Keeps snapshots of an account in a folder of their own. */
export function snapshotFiles(root: string, account: string): SnapshotCache {
  const folder = accountFolder(root, account);
  const path = (name: string) => join(folder, `${name}.json`);
  const load = async <T>(name: string): Promise<T | null> => {
    try {
      const kept = JSON.parse(await readFile(path(name), 'utf8')) as Kept<T>;
      return kept.v === 1 ? kept.value : null;
    } catch {
      return null;
    }
  };
  const save = async (name: string, value: unknown) => {
    await mkdir(folder, { recursive: true });
    const text = JSON.stringify({ v: 1, value } satisfies Kept<unknown>);
    await writeWhole(path(name), text.replace(AVATAR_TOKEN, '$1'), String(process.pid));
  };
  return {
    loadBoard: async (boardId) => {
      const kept = await load<CachedBoard>(fileOf(boardId));
      return kept?.board.board_id === boardId ? kept : null;
    },
    saveBoard: (boardId, board) => save(fileOf(boardId), board),
    loadList: () => load<readonly Board[]>('boards'),
    saveList: (boards) => save('boards', boards),
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
