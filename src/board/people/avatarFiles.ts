import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { drawableUri } from '../../client/picture';
import { accountFolder } from '../../base/accountFolder';
import { writeWhole } from '../../base/wholeFile';

/** A picture as it was last read. */
export interface KeptAvatar {
  /** Path and query without the token. */
  readonly address: string;
  /** A `data:` URI. */
  readonly uri: string;
  readonly etag?: string;
  /** When the server last said so, in milliseconds since the epoch. */
  readonly at: number;
}

/** Keeps people's pictures of one account, for a start without a connection. What can't be read is as if not there. */
export interface AvatarCache {
  load(partnerId: number): Promise<KeptAvatar | null>;
  save(partnerId: number, avatar: KeptAvatar): Promise<void>;
  /** Forgets them all: the account is gone. */
  clear(): Promise<void>;
}

/** So many are kept of an account; of more, those that were read longest ago go. */
const MAX_FILES = 500;

/** Keeps pictures as files, beside the account's snapshots. */
export function avatarFiles(root: string, account: string, maxFiles = MAX_FILES): AvatarCache {
  const folder = join(accountFolder(root, account), 'avatars');
  const path = (partnerId: number) => join(folder, `${partnerId}.json`);
  const prune = async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    if (names.length <= maxFiles) return;
    const aged = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
    );
    const oldest = aged.sort((a, b) => a.at - b.at).slice(0, names.length - maxFiles);
    await Promise.all(oldest.map(({ name }) => rm(join(folder, name), { force: true })));
  };
  return {
    async load(partnerId) {
      try {
        const kept = JSON.parse(await readFile(path(partnerId), 'utf8')) as { v: 1; value: KeptAvatar };
        // What an earlier version took may be more than is drawn today.
        const uri = kept.v === 1 ? drawableUri(kept.value.uri) : undefined;
        return uri === undefined ? null : { ...kept.value, uri };
      } catch {
        return null;
      }
    },
    async save(partnerId, value) {
      await mkdir(folder, { recursive: true });
      await writeWhole(path(partnerId), JSON.stringify({ v: 1, value }), String(process.pid));
      await prune();
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
