import {
  addComment,
  createCard,
  editCard,
  type Mutation,
  moveCards,
} from '../../src/board/mutations/mutation';
import type { BoardSnapshot } from '../../src/board/snapshot/snapshot';
import type { Random } from '../../src/demo/seed/random';

/** One planned change: what it does, and the trace that it must leave on the server, once. */
export interface Planned {
  mutation: Mutation;
  /** The card, by its id or the temporary one. */
  cardId: string;
  /** How it shows in the card's activity; null when it leaves no trace there (a place within a column). */
  trace: string | null;
}

/** What `made` looks like in a card's description: the card is found by it whatever its title becomes. */
export const madeMark = (localId: string) => `made as ${localId}`;

/** The next change that a person makes on what they see. */
export function nextMutation(
  snapshot: BoardSnapshot,
  random: Random,
  name: string,
  mayTouch: (cardId: string) => boolean = () => true,
): Planned {
  const cards = [...snapshot.cards.values()].filter(({ card_id }) => mayTouch(card_id));
  const card = random.pick(cards);
  const cardId = card.card_id;
  const dice = random.next();
  if (dice < 0.3) {
    const comment = { localId: `local ${name}`, body_md: name, mentions: [], author: AUTHOR, at: AT };
    return { mutation: addComment(cardId, comment), cardId, trace: `comment ${name}` };
  }
  if (dice < 0.55) return { mutation: editCard(cardId, { title: name }), cardId, trace: `title ${name}` };
  if (dice < 0.65) {
    const localId = `local-${name}`;
    const stage = random.pick(snapshot.board.stages);
    const made = {
      board_id: snapshot.board.board_id,
      stage_id: stage.stage_id,
      title: name,
      description_md: madeMark(localId),
    };
    return { mutation: createCard(localId, made, AT), cardId: localId, trace: `made ${name}` };
  }
  const within = dice > 0.88;
  const from = snapshot.board.stages.find(({ stage_id }) => stage_id === card.stage_id)!;
  const to = within ? from : random.pick(snapshot.board.stages.filter((stage) => stage !== from));
  const others = (snapshot.columns.get(to.stage_id)?.cardIds ?? []).filter((id) => id !== cardId);
  const after = others.length === 0 || random.next() < 0.3 ? null : random.pick(others);
  return {
    mutation: moveCards([cardId], { stageId: to.stage_id, after }),
    cardId,
    trace: within ? null : `stage ${from.name} > ${to.name}`,
  };
}

const AUTHOR = { partner_id: 1, email: 'dev@example.com', name: 'Dev' };
const AT = '2026-01-01T00:00:00Z';
