import { numberOf } from '../../contract/ids';
import { refused } from '../records/apiError';
import { compareInBand } from '../records/cardOrder';
import type { CardRecord } from '../records/data';
import type { World } from '../records/world';

/** Which cards get which sequence so that a card stands where it was asked to. */
export type Resequence = [CardRecord, number][];

type Place = Pick<CardRecord, 'id' | 'board' | 'stage' | 'priority' | 'due' | 'sequence'>;

/**
 * Works out `position`: after another card of the target stage, or on top. Odoo orders by priority first, so a place
 * outside the card's own priority becomes the edge of that priority.
 * @param card as it will be: its target stage and priority; id 0 for a new one
 * @returns the card's own sequence, and those of as few others as can be
 * @throws ApiError refused: `after` is no other card of that stage
 */
export function place(
  world: World,
  card: Place,
  after: string | null,
): { sequence: number; others: Resequence } {
  const stage = [...world.cardsOf(card.board)].filter(
    (each) => world.isShown(each) && each.stage === card.stage && each.id !== card.id,
  );
  const band = stage.filter((each) => each.priority === card.priority).sort(compareInBand);
  const index = after === null ? 0 : indexAfter(stage, band, card, numberOf(after));
  return insert(band, index, card);
}

function indexAfter(stage: CardRecord[], band: CardRecord[], card: Place, after: number): number {
  const anchor = stage.find(({ id }) => id === after);
  if (!anchor) throw refused('position', 'position.after must be another card of the target stage');
  if (anchor.priority > card.priority) return 0;
  if (anchor.priority < card.priority) return band.length;
  return band.indexOf(anchor) + 1;
}

/** Puts a card before `band[index]`, pushing up or down whichever way fewer cards have to move. */
function insert(band: CardRecord[], index: number, card: Place): { sequence: number; others: Resequence } {
  const before = band[index - 1];
  const next = band[index];
  const alone = sequenceBetween(before, next, card);
  if (alone !== null) return { sequence: alone, others: [] };
  const down = push(band.slice(index), before, card, 1);
  const up = push(band.slice(0, index).reverse(), next, card, -1);
  return down.others.length <= up.others.length ? down : up;
}

/** A sequence that needs no other card to move, or null. A card that is well placed keeps its own. */
function sequenceBetween(before: Place | undefined, next: Place | undefined, card: Place): number | null {
  const fits = (sequence: number): boolean => {
    const moved = { ...card, id: card.id || Infinity, sequence };
    return (!before || compareInBand(before, moved) < 0) && (!next || compareInBand(moved, next) < 0);
  };
  if (fits(card.sequence)) return card.sequence;
  const low = before?.sequence;
  const high = next?.sequence;
  if (low === undefined) return high === undefined ? card.sequence : high - 10;
  if (high === undefined) return low + 10;
  const candidates = [Math.floor((low + high) / 2), low, high];
  return candidates.find(fits) ?? null;
}

/** Places the card next to its neighbour on one side, and pushes the others away from it as far as needed. */
function push(
  row: CardRecord[],
  neighbour: Place | undefined,
  card: Place,
  step: 1 | -1,
): { sequence: number; others: Resequence } {
  const beyond = (last: Place, each: Place): Place => {
    const moved = { ...each, sequence: last.sequence };
    return isBeyond(last, moved, step) ? moved : { ...moved, sequence: last.sequence + step };
  };
  const own = { ...card, id: card.id || Infinity };
  let last = neighbour ? beyond(neighbour, own) : own;
  const { sequence } = last;
  const others: Resequence = [];
  for (const each of row) {
    if (isBeyond(last, each, step)) break;
    last = beyond(last, each);
    others.push([each, last.sequence]);
  }
  return { sequence, others };
}

const isBeyond = (last: Place, each: Place, step: 1 | -1): boolean => compareInBand(last, each) * step < 0;
