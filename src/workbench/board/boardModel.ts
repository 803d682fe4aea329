import type { Connection } from '../../account/connection';
import type { BoardState } from '../../board/sync/boardState';
import type { Day } from '../../base/userDay';
import { type BoardSnapshot, cardsIn } from '../../board/snapshot/snapshot';
import { uniqueValues } from '../../base/unique';
import { unreadableSentence } from '../../board/mutations/unreadable';
import type { TaskboardError } from '../../client/taskboardError';
import type { Card, Me, Tag } from '../../contract/entities';
import { dayIn } from '../../base/days';
import type { BoardRef } from '../../contract/keys';
import type { BoardView, CardView, ColumnView } from '../../messages/boardMessages';
import { type BoardLook, DEFAULT_LOOK } from '../../messages/look';
import type { ProblemView } from '../../messages/shared';
import { peopleViews, tagView } from '../shared/people';
import { problemOf } from '../shared/problems';
import { boardAddress, stagelessIn, stagelessText } from '../shared/stageless';
import { dateLocale, plural, t } from '../../l10n/l10n';
import { named } from '../../l10n/visible';

/** What the board's view is made from; all of it is known before anything is drawn. */
export interface BoardModelInput {
  ref: BoardRef | null;
  state: BoardState | undefined;
  signedIn: boolean;
  canPlace: boolean;
  me: Me | null;
  day: Day;
  /** Where the board's server is. */
  connection?: Connection | undefined;
  look?: BoardLook;
}

/** Makes the whole snapshot that a board's webview shows. */
export function boardModel({
  ref,
  state,
  signedIn,
  canPlace,
  me,
  day,
  connection,
  look = DEFAULT_LOOK,
}: BoardModelInput): BoardView {
  const snapshot = state?.snapshot;
  const stageless = snapshot && stagelessView(snapshot, connection);
  const base: BoardView = {
    revision: state?.revision ?? 0,
    identity: ref && { connectionId: ref.connectionId, boardId: ref.boardId },
    status: 'loading',
    boardId: ref?.boardId ?? null,
    boardName: snapshot ? named(snapshot.board.name) : '',
    canPlace,
    look,
    columns: snapshot && state ? columnsOf(snapshot, state.pending, look, day.zone) : [],
    ...(stageless && { stageless }),
    ...(me && { me: me.partner.partner_id }),
    today: day.today,
    ...(state?.leftOut && { problem: { sentence: leftOutSentence(state.leftOut) } }),
    ...(state?.error && { problem: staleProblem(state.error, state.asOf, day) }),
  };
  if (!ref) return { ...base, status: signedIn ? 'noBoard' : 'signedOut' };
  if (!signedIn) {
    const problem = {
      sentence: t('You are signed out. Sign in again to go on; nothing on the server is lost.'),
      action: { label: t('Sign In'), does: 'signIn' as const },
    };
    return { ...base, status: snapshot ? 'ready' : 'signedOut', problem };
  }
  if (snapshot) return { ...base, status: 'ready' };
  return { ...base, status: state?.error && !state.loading ? 'failed' : 'loading' };
}

/** Said over a board that lacks cards which could not be read. */
const leftOutSentence = (count: number) =>
  plural(
    count,
    '{0} card can’t be shown. Open the board in Odoo to see it.',
    '{0} cards can’t be shown. Open the board in Odoo to see them.',
  );

/** Why the board could not be read, and from when what is shown is. */
function staleProblem(error: TaskboardError, asOf: number | undefined, day: Day): ProblemView {
  const problem = problemOf(error);
  return asOf === undefined
    ? problem
    : { ...problem, sentence: `${problem.sentence} ${t('Shown as of {0}.', momentText(asOf, day))}` };
}

/** `10:42`, with the day when it is another one. */
function momentText(moment: number, { zone: timeZone, today }: Day): string {
  const time = new Intl.DateTimeFormat(dateLocale(), { timeStyle: 'short', timeZone });
  const whole = new Intl.DateTimeFormat(dateLocale(), { dateStyle: 'short', timeStyle: 'short', timeZone });
  return (dayIn(timeZone, moment) === today ? time : whole).format(moment);
}

/** No stage has more; a number beyond is no count, and whoever makes room for so many fails. */
const MOST_CARDS = 100_000;

function columnsOf(
  snapshot: BoardSnapshot,
  pending: ReadonlySet<string>,
  look: BoardLook,
  zone: string,
): ColumnView[] {
  const viewOf = cardViews(snapshot.board.tags, zone);
  const columns = snapshot.board.stages.map((stage): ColumnView => ({
    stageId: stage.stage_id,
    name: named(stage.name),
    total: Math.min(snapshot.columns.get(stage.stage_id)?.total ?? 0, MOST_CARDS),
    wipLimit: look.wipLimits ? stage.wip_limit : null,
    fold: stage.fold ?? false,
    mails: stage.mails_on_entry ?? false,
    cards: cardsIn(snapshot, stage.stage_id).map((card) => viewOf(card, pending.has(card.card_id))),
  }));
  // A card whose stage the board does not list would be nowhere.
  const listed = new Set(columns.map(({ stageId }) => stageId));
  const others = [...snapshot.cards.values()].filter(({ stage_id }) => !listed.has(stage_id));
  if (others.length > 0)
    columns.push({
      stageId: OUTSIDE,
      name: t('In another stage'),
      ...{ total: others.length, wipLimit: null, fold: false, mails: false, outside: true },
      cards: others.map((card) => viewOf(card, pending.has(card.card_id))),
    });
  return columns;
}

/** The column of the cards whose stage is none of the board's. */
const OUTSIDE = 'outside';

function stagelessView(snapshot: BoardSnapshot, connection: Connection | undefined): BoardView['stageless'] {
  const count = stagelessIn(snapshot);
  if (count === 0) return undefined;
  const href = boardAddress(connection, snapshot.board.board_id);
  return { text: stagelessText(count), ...(href !== undefined && { href }) };
}

/** Views by the cards that they show, pending and not, for as long as the board's tags and the user's zone are the same. */
type Views = Record<'pending' | 'sent', WeakMap<Card, CardView>> & { zone: string };
const viewsByTags = new WeakMap<readonly Tag[], Views>();

/** Gives the view of a card, made once: cards are immutable, and most of a board is as it was a moment ago. */
function cardViews(boardTags: readonly Tag[], zone: string): (card: Card, pending: boolean) => CardView {
  let views = viewsByTags.get(boardTags);
  if (views?.zone !== zone)
    viewsByTags.set(boardTags, (views = { zone, pending: new WeakMap(), sent: new WeakMap() }));
  const { pending: unsent, sent } = views;
  const tags = new Map(boardTags.map((tag) => [tag.tag_id, tag]));
  return (card, pending) => {
    const known = pending ? unsent : sent;
    let view = known.get(card);
    if (!view) known.set(card, (view = cardView(card, tags, pending, zone)));
    return view;
  };
}

function cardView(card: Card, tags: ReadonlyMap<string, Tag>, pending: boolean, zone: string): CardView {
  const total = card.checklist_total ?? card.checklist?.length ?? 0;
  const unreadable = unreadableSentence(card);
  const done = card.checklist_done ?? card.checklist?.filter((item) => item.done).length ?? 0;
  return {
    cardId: card.card_id,
    title: card.title,
    priority: card.priority,
    dueDate: card.due_date,
    tags: uniqueValues(card.tags)
      .flatMap((id) => tags.get(id) ?? [])
      .map(tagView),
    owners: peopleViews(card.owners),
    ...(total > 0 && { checklist: { done, total } }),
    ...(card.subtask_ids.length > 0 && {
      subtasks: { done: card.subtasks_done ?? 0, total: new Set(card.subtask_ids).size },
    }),
    comments: card.comment_count ?? 0,
    ...(card.state && { state: card.state }),
    closed: card.closed ?? false,
    ...(card.milestone && { milestone: card.milestone }),
    ...(card.stage_since && { stageSince: dayIn(zone, Date.parse(card.stage_since)) }),
    ...(unreadable !== undefined && { unreadable }),
    pending,
    fresh: !card.card_id.startsWith('task:'),
  };
}
