import { TaskboardError } from '../../client/taskboardError';
import type { Card } from '../../contract/entities';
import { findOne } from '../../widgets/picks';
import type { Choice } from '../../widgets/rows';
import { joined, say, shown, shownName } from '../../widgets/shownText';
import { shownNumber } from './tellApart';
import type { Services } from '../shared/services';
import type { BoardRef } from '../../contract/keys';

/**
 * A pick of any card of a board: at first those that are loaded; what is typed, a number too, is looked for on the
 * server.
 */
export async function pickCard(
  { stores }: Services,
  { connectionId, boardId }: BoardRef,
): Promise<string | undefined> {
  const store = stores.of(connectionId);
  if (!store) return undefined;
  await store.open(boardId);
  const { snapshot } = store.state(boardId);
  const stages = new Map(snapshot?.board.stages.map(({ stage_id, name }) => [stage_id, name]));
  const choiceOf = (card: Card): Choice<Card | undefined> => {
    const stage = stages.get(card.stage_id);
    return {
      label: shownName(card.title),
      description: joined(
        [shownNumber(card.card_id), stage === undefined ? undefined : shownName(stage)],
        ' · ',
      ),
      value: card,
    };
  };
  const loaded = [...(snapshot?.cards.values() ?? [])].filter(({ card_id }) => card_id.startsWith('task:'));
  const total = [...(snapshot?.columns.values() ?? [])].reduce((sum, column) => sum + column.total, 0);
  const fits = (typed: string) => {
    const words = typed.toLocaleLowerCase().split(/\s+/u);
    return loaded.filter((card) => {
      const text = `${card.title} #${card.card_id.slice('task:'.length)}`.toLocaleLowerCase();
      return words.every((word) => text.includes(word));
    });
  };
  const search = async (value: string): Promise<Choice<Card | undefined>[]> => {
    const typed = value.trim();
    if (typed === '') return loaded.map(choiceOf);
    const here = fits(typed);
    try {
      const found = await store.findCards(boardId, typed);
      const known = new Set(here.map(({ card_id }) => card_id));
      const cards = [...here, ...found.cards.filter(({ card_id }) => !known.has(card_id))];
      const left = found.total - found.cards.length;
      const more = {
        label: say('{0} more match. Type more words to narrow it down.', left),
        value: undefined,
      };
      return left > 0 ? [...cards.map(choiceOf), more] : cards.map(choiceOf);
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      // An empty list would say that there is no such card.
      const only = say('Only loaded cards were looked through: {0}', shown(error.message));
      return [...here.map(choiceOf), { label: only, value: undefined }];
    }
  };
  const card = await findOne(
    say('Which card?'),
    loaded.length < total
      ? say('{0} of {1} cards are listed; type words or a number to look through all', loaded.length, total)
      : say('Words of its title, or its number'),
    search,
  );
  // What is done with a card is done on the board's snapshot.
  if (card) store.know(boardId, card);
  return card?.card_id;
}
