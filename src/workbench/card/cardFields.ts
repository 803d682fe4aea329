import type { BoardStore } from '../../board/boardStore';
import { chosenFor, countsOf, sameValues } from '../prompts/choices';
import { MOST_PEOPLE, MOST_TAGS } from '../../board/sync/directory';
import { editCards } from '../../board/mutations/mutation';
import { partReadable } from '../../board/mutations/unreadable';
import { TaskboardError } from '../../client/taskboardError';
import type { Card, Partner, Tag } from '../../contract/entities';
import type { CardChanges } from '../../contract/requests';
import type { BoardRef } from '../../contract/keys';
import type { CardField } from '../../messages/boardMessages';
import { dueInFull } from '../../messages/dueWords';
import { tell } from '../../widgets/notices';
import { joined, say, sayMany, shown, shownName, type ShownText } from '../../widgets/shownText';
import type { BoardFocus } from '../shared/boardFocus';
import { askDue, pickShared, pickPriority, type Shared } from '../prompts/fieldInputs';
import { shownNumber } from '../prompts/tellApart';
import type { Services } from '../shared/services';
import { showSlowChange } from '../shared/slowChange';

/** What one question about cards came to: each card's changes, and the words for all of them. */
interface Answer {
  changes: (card: Card) => CardChanges;
  said: ShownText;
}

interface Asked {
  store: BoardStore;
  ref: BoardRef;
  cards: readonly Card[];
}

/** Changes one field of one or many cards, asked for by native picks and inputs: one mutation, one thing to undo. */
export class CardFields {
  constructor(
    private readonly services: Services,
    private readonly focus: BoardFocus,
  ) {}

  async change(field: CardField, ref: BoardRef, cardIds: readonly string[]): Promise<void> {
    const store = this.services.stores.of(ref.connectionId);
    if (!store) return;
    try {
      await store.open(ref.boardId);
      const known = store.state(ref.boardId).snapshot?.cards;
      const cards = cardIds.flatMap((id) => known?.get(id) ?? []);
      if (cards.length === 0) return;
      const answer = await this.ask(field, { store, ref, cards });
      if (answer) await this.save({ store, ref, cards }, answer);
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      tell('error', say('Not changed: {0}', shown(error.message)));
    }
  }

  private ask(field: CardField, asked: Asked): Promise<Answer | undefined> {
    if (field === 'owners') return askOwners(asked);
    if (field === 'me') return takeMyself(asked);
    if (field === 'tags') return askTags(asked);
    return field === 'priority' ? askPriority(asked) : askDay(asked);
  }

  private async save({ store, ref, cards }: Asked, { changes, said }: Answer): Promise<void> {
    // A card goes on top of its new priority: the last one first, and they stand in the order that they had.
    // What a list holds is what it holds now, not when the question was asked.
    const now = store.state(ref.boardId).snapshot?.cards;
    const edits = cards
      .map((card) => now?.get(card.card_id) ?? card)
      .toReversed()
      .map((card) => ({ card, cardId: card.card_id, changes: changes(card) }))
      .filter((edit) => Object.keys(edit.changes).length > 0);
    if (edits.length === 0) return this.focus.tell(say('Nothing to change.'));
    const { made, left } = partReadable(edits);
    const mutated = store.mutate(
      ref.boardId,
      editCards(made.map(({ cardId, changes }) => ({ cardId, changes }))),
    );
    await mutated.saved;
    const many = made.length > 1 && sayMany(made.length, '{0} card.', '{0} cards.');
    this.focus.tell(joined([shown(`${said}.`), many || undefined, say('Control Z to undo.')]));
    if (left.length > 0) tell('warning', leftSentence(left.map(({ card }) => card)));
    if (made.length > 1)
      void showSlowChange(
        store,
        made.map(({ cardId }) => cardId),
        mutated.settled,
      );
  }
}

/** Names those that were left, as many as a sentence holds. */
const leftSentence = (cards: readonly Card[]): ShownText =>
  sayMany(
    cards.length,
    '{0} card is as it was, since Taskboard can’t read all of it: {1}. Change it in Odoo.',
    '{0} cards are as they were, since Taskboard can’t read all of them: {1}. Change them in Odoo.',
    joined(
      [...cards.slice(0, 3).map(({ title }) => shownName(title)), cards.length > 3 ? shown('…') : undefined],
      ', ',
    ),
  );

const ownersOf = ({ owners }: Card) => owners.map(({ partner_id }) => partner_id);
const several = ({ cards }: Asked): ShownText =>
  cards.length > 1 ? sayMany(cards.length, '{0} card', '{0} cards') : shownName(cards[0]?.title ?? '');

const ownersSaid = (names: ShownText) =>
  names === '' ? say('Assigned to nobody') : say('Assigned to {0}', names);

async function askOwners(asked: Asked): Promise<Answer | undefined> {
  const { store, ref, cards } = asked;
  const people = new Map<number, Partner>();
  for (const { owners } of cards) for (const owner of owners) people.set(owner.partner_id, owner);
  const listed = await store.directory.people(ref.boardId, '');
  for (const person of listed) people.set(person.partner_id, person);
  const me = (await store.directory.whoAmI())?.partner.partner_id;
  return askList(
    asked,
    say('Assign {0}', several(asked)),
    'owners',
    ownersOf,
    [...people.values()].map((person) =>
      person.partner_id === me
        ? { ...personEntry(person), label: say('{0} (you)', shownName(person.name)) }
        : personEntry(person),
    ),
    async (typed) => (await store.directory.people(ref.boardId, typed)).map(personEntry),
    listed.length >= MOST_PEOPLE,
  );
}

const personEntry = ({ partner_id, name, email }: Partner) => ({
  value: partner_id,
  label: shownName(name),
  detail: shown(email),
  number: shown(`#${partner_id}`),
});

async function askTags(asked: Asked): Promise<Answer | undefined> {
  const { store, ref, cards } = asked;
  const listed = await store.directory.tags(ref.boardId, '');
  const known = new Map<string, Tag>();
  for (const tag of listed) known.set(tag.tag_id, tag);
  for (const tag of store.state(ref.boardId).snapshot?.board.tags ?? []) known.set(tag.tag_id, tag);
  // What the cards have can be taken off, whether or not it is among those that a server gives at once.
  for (const id of cards.flatMap(({ tags }) => tags))
    if (!known.has(id)) known.set(id, { tag_id: id, name: id });
  return askList(
    asked,
    say('Tags of {0}', several(asked)),
    'tags',
    ({ tags }) => tags,
    [...known.values()].map(tagEntry),
    async (typed) => (await store.directory.tags(ref.boardId, typed)).map(tagEntry),
    listed.length >= MOST_TAGS,
  );
}

const tagEntry = ({ tag_id, name }: Tag) => ({
  value: tag_id,
  label: shownName(name),
  detail: shown(''),
  number: shownNumber(tag_id),
});

async function askList<T extends string | number>(
  { cards }: Asked,
  title: ShownText,
  field: 'owners' | 'tags',
  own: (card: Card) => T[],
  choices: Omit<Shared<T>, 'on'>[],
  find: (typed: string) => Promise<Omit<Shared<T>, 'on'>[]>,
  partial: boolean,
): Promise<Answer | undefined> {
  const counts = countsOf(cards.map(own));
  const ticked = choices.map(({ value }) => value).filter((value) => counts.get(value) === cards.length);
  const on = (value: T) => counts.get(value) ?? 0;
  const chosen = await pickShared(
    title,
    cards.length,
    choices.map((choice) => ({ ...choice, on: on(choice.value) })),
    async (typed) => (await find(typed)).map((choice) => ({ ...choice, on: on(choice.value) })),
    partial,
  );
  if (!chosen) return undefined;
  const values = chosen.map(({ value }) => value);
  const names = joined(
    chosen.map(({ label }) => label),
    ', ',
  );
  return {
    said: field === 'owners' ? ownersSaid(names) : names === '' ? say('No tags') : say('Tags {0}', names),
    changes: (card) => {
      const wanted = chosenFor(own(card), ticked, values);
      return sameValues(wanted, own(card)) ? {} : { [field]: wanted };
    },
  };
}

/** Assigns the user to all of the cards; off all of them when they are on each already. */
async function takeMyself({ store, cards }: Asked): Promise<Answer | undefined> {
  const me = (await store.directory.whoAmI())?.partner.partner_id;
  if (me === undefined)
    throw new TaskboardError(say('The server does not say who you are.'), { kind: 'validation' });
  const off = cards.every((card) => ownersOf(card).includes(me));
  return {
    said: off ? say('No longer assigned to you') : say('Assigned to you'),
    changes: (card) => {
      const owners = ownersOf(card);
      if (off) return { owners: owners.filter((id) => id !== me) };
      return owners.includes(me) ? {} : { owners: [...owners, me] };
    },
  };
}

async function askPriority(asked: Asked): Promise<Answer | undefined> {
  const picked = await pickPriority(
    say('Priority of {0}', several(asked)),
    asked.cards.map(({ priority }) => priority),
  );
  return (
    picked && {
      said: say('Priority {0}', picked.label),
      changes: ({ priority }) => (priority === picked.priority ? {} : { priority: picked.priority }),
    }
  );
}

async function askDay(asked: Asked): Promise<Answer | undefined> {
  const { store, cards } = asked;
  await store.directory.whoAmI(); // their zone
  const days = new Set(cards.map(({ due_date }) => due_date));
  const [only] = days.size === 1 ? days : [];
  const due = await askDue(say('Due date of {0}', several(asked)), only ?? '', () => store.day.today);
  if (due === undefined) return undefined;
  return {
    said: due === null ? say('No due date') : say('Due {0}', shown(dueInFull(due, store.day.today))),
    changes: ({ due_date }) => (due_date === due ? {} : { due_date: due }),
  };
}
