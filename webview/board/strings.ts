import { stateName, texts as common } from '../common/strings';
import { tellDue } from '../common/due';
import type { CardView, ColumnView } from '../../src/messages/boardMessages';

const cards = (count: number) => (count === 1 ? '1 card' : `${count} cards`);
const what = (title: string, count: number) => (count > 1 ? cards(count) : title);

/** What entering a column means, as said after the place: a mail to the customer, a limit that is passed. */
const consequences = (column: ColumnView, entering: boolean) =>
  (entering && column.mails ? ' Customer will be e-mailed.' : '') +
  (column.wipLimit !== null && column.total > column.wipLimit
    ? ` Over the limit of ${column.wipLimit} cards.`
    : '');

const place = (column: ColumnView, position: number, total: number, entering: boolean) =>
  `${column.name}, ${position} of ${total}.${consequences(column, entering)}`;

/** Everything that the board says or shows in words. */
export const texts = {
  ...common,

  board: (name: string) => `Board ${name}`,
  chooseBoard: 'Switch board…',
  refresh: 'Refresh',
  filter: 'Filter cards',
  filterPlaceholder: 'Filter (title, tag, person)',
  clearFilter: 'Clear the filter',
  filterPartly: (loaded: number, total: number) => `Filtering the ${loaded} loaded of ${total} cards.`,
  loadRest: 'Load the rest',
  filterMatches: (count: number) => `${cards(count)} match${count === 1 ? 'es' : ''}.`,
  stages: 'Stages',
  help: 'Keyboard shortcuts',
  boardMenu: 'More actions',
  close: 'Close',

  count: (column: ColumnView) =>
    column.wipLimit === null ? `${column.total}` : `${column.total} / ${column.wipLimit}`,
  countSpoken: (column: ColumnView) =>
    column.wipLimit === null
      ? cards(column.total)
      : `${cards(column.total)}, the limit is ${column.wipLimit}${column.total > column.wipLimit ? ', over the limit' : ''}`,
  overLimit: (column: ColumnView) => `Over the limit by ${column.total - (column.wipLimit ?? 0)}`,
  mails: 'A card that enters this stage e-mails the customer',
  fold: (name: string) => `Fold ${name}`,
  unfold: (name: string) => `Unfold ${name}`,
  newCardIn: (name: string) => `New card in ${name}`,
  newCardTitle: 'Title of the new card',
  newCardHint: 'Enter adds it, Escape closes',
  newCardBelow: (title: string) => `Goes below ${title}.`,
  tryAgain: (title: string) => `Try again: ${title}`,
  rename: 'New title',
  showMore: (shown: number, total: number) => `Show more (${shown} of ${total})`,
  loadingMore: 'Loading…',
  notLoaded: (name: string, reason: string) => `No more cards of ${name}: ${reason}`,
  emptyColumn: 'No cards',
  noMatch: 'No card matches',
  overdueInside: 'has overdue cards',

  /** All that a card shows beside its title, in words: its name is both. */
  cardFacts: (card: CardView, today: string): string => {
    const due = card.dueDate ? tellDue(card.dueDate, today) : null;
    const parts = [
      card.priority === '1' ? '' : `${common.priorities[card.priority]} priority`,
      stateName(card.state) ?? '',
      due ? `Due ${due.text}${due.urgency === 'overdue' && !card.closed ? ', overdue' : ''}` : '',
      card.milestone ? `Milestone ${card.milestone}` : '',
      card.tags.length > 0 ? `Tags ${card.tags.map(({ name }) => name).join(', ')}` : '',
      card.checklist ? `Checklist ${card.checklist.done} of ${card.checklist.total}` : '',
      card.subtasks ? `Subtasks ${card.subtasks.done} of ${card.subtasks.total}` : '',
      card.comments > 0 ? (card.comments === 1 ? '1 comment' : `${card.comments} comments`) : '',
      card.owners.map(({ name }) => name).join(', '),
      card.fresh ? 'Being created' : card.pending ? 'Not yet saved on the server' : '',
    ];
    return parts.filter(Boolean).join('. ');
  },
  pending: 'Not yet saved on the server',
  fresh: 'Being created',
  days: (days: number) => `${days} d`,
  inStageFor: (days: number) => `In this stage for ${days} days`,
  more: (count: number) => `+${count}`,

  grabbed: (title: string, count: number, column: ColumnView, position: number, total: number) =>
    `Grabbed ${what(title, count)}. ${column.name}, ${position} of ${total}. Arrows to move, Enter to drop, Escape to cancel.`,
  placed: place,
  blockedByPriority: 'Cards are ordered by priority first: no further place.',
  blockedByServer: 'This server places cards within a column itself.',
  blockedByEdge: 'No further place.',
  dropped: (column: ColumnView, position: number, total: number, snapped: boolean) =>
    `Moved to ${column.name}, ${position} of ${total}.${snapped ? ' Placed within its priority.' : ''}`,
  droppedInPlace: 'Dropped where it was.',
  moveCancelled: (title: string, count: number) => `Move cancelled. ${what(title, count)} restored.`,
  notMoved: (reason: string) => `Not moved: ${reason} Restored.`,
  cantMoveFresh: 'This card is still being created. It can be moved in a moment.',
  cantOpenFresh: 'This card is still being created. It can be opened in a moment.',
  draggedCount: cards,
  withinPriority: (priority: CardView['priority']) =>
    `Stays among ${common.priorities[priority].toLowerCase()} priority`,

  gone: (title: string, now: string | null) =>
    `${title} is no longer on the board.${now === null ? '' : ` Now on ${now}.`}`,
  hidden: (title: string, now: string | null) =>
    `${title} no longer matches the filter.${now === null ? '' : ` Now on ${now}.`}`,
  created: (title: string, column: string) => `Added ${title} to ${column}.`,
  notCreated: (reason: string) => `Not added: ${reason}`,
  renamed: (title: string) => `Renamed to ${title}.`,
  notRenamed: (reason: string) => `Not renamed: ${reason}`,
  archived: (title: string, count: number) => `Archived ${what(title, count)}.`,
  notArchived: (reason: string) => `Not archived: ${reason}`,
  archiveMany: (count: number) => `Archive ${cards(count)}?`,
  archive: 'Archive',
  cancel: 'Cancel',
  linkCopied: 'Link copied.',
  refreshed: 'Refreshed.',
  selectedLoaded: (count: number, total: number) =>
    `${count} of ${cards(total)} selected: those that are loaded.`,
  selected: (count: number) => (count === 0 ? 'Nothing selected.' : `${cards(count)} selected.`),
  folded: (name: string) => `${name} folded.`,
  unfolded: (name: string) => `${name} unfolded.`,
  noStage: (number: number) => `There is no stage ${number}.`,

  loading: 'Loading the board…',
  signedOutTitle: 'Sign in to see your boards',
  signedOutText: 'The board shows the tasks of your Odoo projects.',
  signIn: 'Sign In',
  noBoardTitle: 'No board chosen',
  noBoardText: 'Choose one of your boards to see its cards here.',
  chooseBoardButton: 'Choose a Board',
  failedTitle: 'The board could not be loaded',
  failedText: 'The server did not give it. Try again, or look at the log.',
  retry: 'Try Again',
  emptyBoardTitle: 'This board is empty',
  emptyBoardText: 'Add the first card. It stands in the first stage.',
  newCard: 'New Card',
  noStagesTitle: 'This board has no stages',
  noStagesText: 'Add stages to the project in Odoo, then refresh.',
  emptyFilterTitle: 'No card matches the filter',

  /** Between two keys that do the same. */
  or: 'or',
  /** The help, by group and line of the table in keyMap.ts. */
  keyGroups: {
    walking: 'Moving about',
    moving: 'Moving a card, or all that are selected',
    grabbed: 'While a card is grabbed',
    card: 'A card',
    chosen: 'A card, or all that are selected',
    selecting: 'Selecting',
    view: 'View',
  },
  keyLines: {
    walk: 'Card before, after',
    column: 'Column before, after',
    ends: 'First, last card of the column',
    endColumns: 'First, last column',
    stages: 'Stage before, after',
    grab: 'Grab, to move it by keys',
    moveOnce: 'Move at once',
    pickStage: 'Move to a stage…',
    toStage: 'Move to that stage',
    undo: 'Undo',
    redo: 'Redo',
    step: 'One place on',
    stepToEnd: 'As far as it goes',
    drop: 'Drop it here',
    putBack: 'Put it back',
    open: 'Open; again to keep it open',
    peek: 'Peek',
    newCard: 'New card on top of the column',
    newCardBelow: 'New card below this one',
    rename: 'Rename',
    assign: 'Assign…',
    assignToMe: 'Assign to me, or no longer',
    priority: 'Priority…',
    due: 'Due date…',
    tags: 'Tags…',
    comment: 'Comment',
    copyLink: 'Copy link',
    archive: 'Archive',
    menu: 'Menu',
    select: 'Select or unselect',
    extend: 'Extend the selection',
    selectColumn: 'Select the column',
    clear: 'Select nothing',
    filter: 'Filter the cards',
    fold: 'Fold or unfold the column',
    help: 'This help',
  },
};
