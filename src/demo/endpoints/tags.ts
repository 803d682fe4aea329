import { DEFAULT_LIMITS } from '../../contract/query';
import { denied } from '../records/apiError';
import { byName, tagView } from '../rules/boardView';
import type { Call, Reply } from './call';

export function listTags({ world, query }: Call<'listTags'>): Reply<'listTags'> {
  const { q = '', limit = DEFAULT_LIMITS.listTags } = query();
  const sought = q.toLowerCase();
  const tags = world.data.tags.filter(({ name }) => name.toLowerCase().includes(sought)).sort(byName);
  return { body: { tags: tags.slice(0, limit).map(tagView) } };
}

/** Tags belong to no board: whoever may work on one may make them. */
export function createTag({ world, user, tx, body }: Call<'createTag'>): Reply<'createTag'> {
  const works =
    user.kind === 'internal' ||
    world.data.boards.some(({ collaborators }) => collaborators.includes(user.partner));
  if (!works) throw denied('Viewers may not make tags.');
  const { name, color } = body();
  const wanted = name.trim();
  const known = world.data.tags.find((tag) => tag.name.toLowerCase() === wanted.toLowerCase());
  if (known) return { body: { tag: tagView(known) }, status: 200 };
  return { body: { tag: tagView(tx.addTag({ name: wanted, color: color ?? null })) } };
}
