import { numberOf } from '../../contract/ids';
import type { EndpointRequest } from '../../contract/endpoints';
import { refused } from '../records/apiError';
import { isClosed } from '../records/cardState';
import { dayIn } from '../../base/days';
import type { CardRecord } from '../records/data';
import type { World } from '../records/world';

export type CardFilters = Omit<NonNullable<EndpointRequest<'listGroups'>['query']>, 'by'>;

type Test = (card: CardRecord) => boolean;

/**
 * The filters of a card list as one test: they combine with AND, the values of one with OR.
 * @param tz decides which day today is
 * @throws ApiError refused: an owner that is neither e-mail nor partner id
 */
export function cardFilter(world: World, filters: CardFilters, now: Date, tz: string): Test {
  const { stage, tag, owner, priority, due, due_from, due_to, closed, q } = filters;
  const tests: Test[] = [];
  if (stage) {
    const ids = new Set(stage.map(numberOf));
    tests.push((card) => ids.has(card.stage));
  }
  if (tag) {
    const ids = new Set(tag.map(numberOf));
    tests.push((card) => card.tags.some((id) => ids.has(id)));
  }
  if (owner !== undefined) tests.push(ownerTest(world, owner));
  if (priority) {
    const values = new Set(priority);
    tests.push((card) => values.has(card.priority));
  }
  if (due === 'none') tests.push((card) => card.due === null);
  if (due === 'overdue') {
    const today = dayIn(tz, now.getTime());
    tests.push((card) => card.due !== null && card.due < today && !isClosed(card.state));
  }
  if (due_from !== undefined) tests.push((card) => card.due !== null && card.due >= due_from);
  if (due_to !== undefined) tests.push((card) => card.due !== null && card.due <= due_to);
  if (closed !== undefined) tests.push((card) => isClosed(card.state) === closed);
  if (q !== undefined) {
    const sought = q.toLowerCase();
    tests.push((card) => world.searchText(card).includes(sought));
  }
  return (card) => tests.every((test) => test(card));
}

/** An e-mail, a partner id or `none`; somebody unknown owns nothing. */
function ownerTest(world: World, owner: string): Test {
  if (owner === 'none') return (card) => card.owners.length === 0;
  const isId = /^[1-9][0-9]*$/.test(owner) && Number(owner) <= 2147483647;
  if (!isId && !/^[^@\s]+@[^@\s]+$/.test(owner))
    throw refused('owner', 'owner must be an e-mail address, a partner id or none');
  const id = isId ? Number(owner) : world.partnerByEmail(owner)?.id;
  return (card) => id !== undefined && card.owners.includes(id);
}
