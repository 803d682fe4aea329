import { stateName, texts as common } from '../../common/strings';
import { tellDue } from '../../common/due';
import type { CardView, ColumnView } from '../../../src/messages/boardMessages';
import { plural, t } from '../../common/l10n';

const cards = (count: number) => plural(count, '{0} card', '{0} cards');
const what = (title: string, count: number) => (count > 1 ? cards(count) : title);

/** Whole phrases: other languages put the words the other way round. */
const priorityTexts: Record<CardView['priority'], string> = {
  '0': t('Low priority'),
  '1': t('Normal priority'),
  '2': t('High priority'),
  '3': t('Urgent priority'),
};
const priorityText = (priority: CardView['priority']) => priorityTexts[priority];
const nowOn = (title: string | null) => (title === null ? '' : ` ${t('Now on {0}.', title)}`);

/** What entering a column means, as said after the place: a mail to the customer, a limit that is passed. */
const consequences = (column: ColumnView, entering: boolean) =>
  (entering && column.mails ? ` ${t('Customer will be e-mailed.')}` : '') +
  (column.wipLimit !== null && column.total > column.wipLimit
    ? ` ${plural(column.wipLimit, 'Over the limit of {0} card.', 'Over the limit of {0} cards.')}`
    : '');

const place = (column: ColumnView, position: number, total: number, entering: boolean) =>
  t('{0}, {1} of {2}.', column.name, position, total) + consequences(column, entering);

/** Everything that the board says or shows in words. */
export const texts = {
  ...common,

  board: (name: string) => t('Board {0}', name),
  chooseBoard: t('Switch board…'),
  refresh: t('Refresh'),
  filter: t('Filter cards'),
  filterPlaceholder: t('Filter (title, tag, person, state:…)'),
  clearFilter: t('Clear the filter'),
  filterPartly: (loaded: number, total: number) => t('Filtering the {0} loaded of {1} cards.', loaded, total),
  loadRest: t('Load the rest'),
  filterMatches: (count: number) => plural(count, '{0} card matches.', '{0} cards match.'),
  stages: t('Stages'),
  help: t('Keyboard shortcuts'),
  boardMenu: t('More actions'),
  close: t('Close'),

  count: (column: ColumnView) =>
    column.wipLimit === null ? `${column.total}` : `${column.total} / ${column.wipLimit}`,
  countSpoken: (column: ColumnView) =>
    column.wipLimit === null
      ? cards(column.total)
      : column.total > column.wipLimit
        ? t('{0}, the limit is {1}, over the limit', cards(column.total), column.wipLimit)
        : t('{0}, the limit is {1}', cards(column.total), column.wipLimit),
  overLimit: (column: ColumnView) => t('Over the limit by {0}', column.total - (column.wipLimit ?? 0)),
  mails: t('A card that enters this stage e-mails the customer'),
  fold: (name: string) => t('Fold {0}', name),
  unfold: (name: string) => t('Unfold {0}', name),
  newCardIn: (name: string) => t('New card in {0}', name),
  newCardTitle: t('Title of the new card'),
  newCardHint: t('Enter adds it, Escape closes'),
  newCardBelow: (title: string) => t('Goes below {0}.', title),
  tryAgain: (title: string) => t('Try again: {0}', title),
  rename: t('New title'),
  showMore: (shown: number, total: number) => t('Show more ({0} of {1})', shown, total),
  loadingMore: t('Loading…'),
  notLoaded: (name: string, reason: string) => t('No more cards of {0}: {1}', name, reason),
  emptyColumn: t('No cards'),
  noMatch: t('No card matches'),
  noMatchLoaded: (loaded: number, total: number) =>
    t('No card matches among the {0} of {1} that are loaded', loaded, total),
  noneLoaded: (total: number) => plural(total, '{0} card, not loaded yet', '{0} cards, not loaded yet'),
  overdueInside: t('has overdue cards'),
  stateNamed: (state: string) => stateName(state) ?? t('In progress'),
  stateCount: (state: string, count: number, { loaded, total }: { loaded: unknown[]; total: number }) =>
    loaded.length < total
      ? t('{0}: {1} of the {2} loaded', stateName(state) ?? t('In progress'), count, loaded.length)
      : t('{0}: {1} of {2}', stateName(state) ?? t('In progress'), count, total),

  /** All that a card shows beside its title, in words: its name is both. */
  cardFacts: (card: CardView, today: string): string => {
    const due = card.dueDate ? tellDue(card.dueDate, today) : null;
    const parts = [
      card.priority === '1' ? '' : priorityText(card.priority),
      stateName(card.state) ?? '',
      due
        ? due.urgency === 'overdue' && !card.closed
          ? t('Due {0}, overdue', due.text)
          : t('Due {0}', due.text)
        : '',
      card.milestone ? t('Milestone {0}', card.milestone) : '',
      card.tags.length > 0 ? t('Tags {0}', card.tags.map(({ name }) => name).join(', ')) : '',
      card.checklist ? t('Checklist {0} of {1}', card.checklist.done, card.checklist.total) : '',
      card.subtasks ? t('Subtasks {0} of {1}', card.subtasks.done, card.subtasks.total) : '',
      card.comments > 0 ? plural(card.comments, '{0} comment', '{0} comments') : '',
      card.owners.map(({ name }) => name).join(', '),
      card.fresh ? t('Being created') : card.pending ? t('Not yet saved on the server') : '',
    ];
    return parts.filter(Boolean).join('. ');
  },
  priorityText,
  pending: t('Not yet saved on the server'),
  fresh: t('Being created'),
  days: (days: number) => t('{0} d', days),
  inStageFor: (days: number) => plural(days, 'In this stage for {0} day', 'In this stage for {0} days'),
  more: (count: number) => `+${count}`,

  grabbed: (title: string, count: number, column: ColumnView, position: number, total: number) =>
    t(
      'Grabbed {0}. {1}, {2} of {3}. Arrows to move, Enter to drop, Escape to cancel.',
      what(title, count),
      column.name,
      position,
      total,
    ),
  placed: place,
  blockedByPriority: t('Cards are ordered by priority first: no further place.'),
  blockedByServer: t('This server places cards within a column itself.'),
  blockedByEdge: t('No further place.'),
  dropped: (column: ColumnView, position: number, total: number, snapped: boolean) =>
    t('Moved to {0}, {1} of {2}.', column.name, position, total) +
    (snapped ? ` ${t('Placed within its priority.')}` : '') +
    ` ${t('Control Z to undo.')}`,
  droppedInPlace: t('Dropped where it was.'),
  moveCancelled: (title: string, count: number) => t('Move cancelled. {0} restored.', what(title, count)),
  notMoved: (reason: string) => t('Not moved: {0} Restored.', reason),
  cantMoveFresh: t('This card is still being created. It can be moved in a moment.'),
  cantOpenFresh: t('This card is still being created. It can be opened in a moment.'),
  draggedCount: cards,
  withinPriority: (priority: CardView['priority']) => t('Stays within: {0}', priorityText(priority)),

  gone: (title: string, now: string | null) => t('{0} is no longer on the board.', title) + nowOn(now),
  hidden: (title: string, now: string | null) => t('{0} no longer matches the filter.', title) + nowOn(now),
  created: (title: string, column: string) => t('Added {0} to {1}.', title, column),
  notCreated: (reason: string) => t('Not added: {0}', reason),
  renamed: (title: string) => t('Renamed to {0}.', title),
  notRenamed: (reason: string) => t('Not renamed: {0}', reason),
  archived: (title: string, count: number) => t('Archived {0}.', what(title, count)),
  notArchived: (reason: string) => t('Not archived: {0}', reason),
  archiveMany: (count: number) => plural(count, 'Archive {0} card?', 'Archive {0} cards?'),
  archive: t('Archive'),
  cancel: t('Cancel'),
  linkCopied: t('Link copied.'),
  refreshed: t('Refreshed.'),
  selectedLoaded: (count: number, total: number) =>
    t('{0} of {1} selected: those that are loaded.', count, cards(total)),
  selected: (count: number) =>
    count === 0 ? t('Nothing selected.') : plural(count, '{0} card selected.', '{0} cards selected.'),
  folded: (name: string) => t('{0} folded.', name),
  unfolded: (name: string) => t('{0} unfolded.', name),
  noStage: (number: number) => t('There is no stage {0}.', number),

  loading: t('Loading the board…'),
  signedOutTitle: t('Sign in to see your boards'),
  signedOutText: t('The board shows the tasks of your Odoo projects.'),
  signIn: t('Sign In'),
  noBoardTitle: t('No board chosen'),
  noBoardText: t('Choose one of your boards to see its cards here.'),
  chooseBoardButton: t('Choose a Board'),
  failedTitle: t('The board could not be loaded'),
  failedText: t('The server did not give it. Try again, or look at the log.'),
  retry: t('Try Again'),
  emptyBoardTitle: t('This board is empty'),
  emptyBoardText: t('Add the first card. It stands in the first stage.'),
  newCard: t('New Card'),
  noStagesTitle: t('This board has no stages'),
  noStagesText: t('Add stages to the project in Odoo, then refresh.'),
  showInOdoo: t('Show in Odoo'),
  emptyFilterTitle: t('No card matches the filter'),

  /** Between two keys that do the same. */
  or: t('or'),
  /** The help, by group and line of the table in keyMap.ts. */
  keyGroups: {
    walking: t('Moving about'),
    moving: t('Moving a card, or all that are selected'),
    grabbed: t('While a card is grabbed'),
    card: t('A card'),
    chosen: t('A card, or all that are selected'),
    selecting: t('Selecting'),
    view: t('View'),
  },
  keyLines: {
    walk: t('Card before, after'),
    column: t('Column before, after'),
    ends: t('First, last card of the column'),
    endColumns: t('First, last column'),
    stages: t('Stage before, after'),
    grab: t('Grab, to move it by keys'),
    moveOnce: t('Move at once'),
    pickStage: t('Move to a stage…'),
    toStage: t('Move to that stage'),
    undo: t('Undo'),
    redo: t('Redo'),
    step: t('One place on'),
    stepToEnd: t('As far as it goes'),
    drop: t('Drop it here'),
    putBack: t('Put it back'),
    open: t('Open; again to keep it open'),
    peek: t('Peek'),
    newCard: t('New card on top of the column'),
    newCardBelow: t('New card below this one'),
    rename: t('Rename'),
    assign: t('Assign…'),
    assignToMe: t('Assign to me, or no longer'),
    priority: t('Priority…'),
    due: t('Due date…'),
    tags: t('Tags…'),
    comment: t('Comment'),
    copyLink: t('Copy link'),
    archive: t('Archive'),
    menu: t('Menu'),
    select: t('Select or unselect'),
    extend: t('Extend the selection'),
    selectColumn: t('Select the column'),
    clear: t('Select nothing'),
    filter: t('Filter the cards'),
    fold: t('Fold or unfold the column'),
    help: t('This help'),
  },
};
