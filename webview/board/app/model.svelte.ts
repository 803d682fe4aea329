import { keyOf, sameBoard } from '../../../src/contract/keys';
import type {
  BoardIdentity,
  BoardView,
  CardView,
  ColumnView,
  MoveCards,
} from '../../../src/messages/boardMessages';
import { applyMove } from '../logic/arrange';
import { matches } from '../logic/filter';
import { columnOf, type Focus } from '../logic/focus';
import type { Layout } from '../logic/layout';
import { continueOn, preview, type MoveSession } from '../logic/moveSession';
import type { ViewState } from '../logic/viewState';

/**
 * How reading more of a column stands: on its way, refused (with the reason), or answered with nothing new. `loaded`:
 * how many cards there were then; once there are others, it is forgotten and reading goes on by itself.
 */
export type Page =
  | { name: 'loading' }
  | { name: 'failed'; loaded: number; sentence: string }
  | { name: 'stuck'; loaded: number };

/** Of so many boards that are not shown it is remembered which columns were folded. */
const MAX_OTHER_FOLDS = 20;

/** A column as it is shown: `cards` passed the filter, `loaded` are all that the host sent. */
export interface ShownColumn extends ColumnView {
  loaded: CardView[];
  folded: boolean;
}

/** A move that was committed here and that no snapshot shows yet. `revision` is the answer's, once it came. */
interface Unconfirmed {
  move: MoveCards;
  revision: number | null;
}

/** What the board shows. Snapshots come from the host and are never changed here; the rest belongs to the viewer. */
export class BoardModel {
  /** The last snapshot; null until the first arrives. */
  view = $state.raw<BoardView | null>(null);
  session = $state.raw<MoveSession | null>(null);
  /** What drives the session: a key's preview moves the cards, a pointer's shows a line. */
  driver = $state<'keys' | 'pointer'>('keys');
  focus = $state.raw<Focus | null>(null);
  selected = $state.raw<ReadonlySet<string>>(new Set());
  filter = $state('');
  layout = $state<Layout>('wide');
  /** Folding is the viewer's own; without a word of theirs Odoo's `fold` decides. */
  folds = $state.raw<Record<string, boolean>>({});
  /** Those of the boards that were shown before. */
  otherFolds: NonNullable<ViewState['otherFolds']> = {};
  /** A folded column that a drag opened for a while. */
  openedByDrag = $state<string | null>(null);
  /** The stage whose tab is chosen, while columns do not stand side by side. */
  stageId = $state<string | null>(null);
  /** The first of the two columns that are shown at middle width. */
  pairFrom = $state(0);
  renaming = $state<string | null>(null);
  creatingIn = $state<string | null>(null);
  /** The card below which the new one goes; null: on top. */
  creatingAfter = $state<string | null>(null);
  /** The half-typed title of a new card. */
  newTitle = $state('');
  /** By stage: how reading more cards of it stands. */
  pages = $state.raw<ReadonlyMap<string, Page>>(new Map());
  /** Readings on their way, by stage: whoever wants more of the same column waits for them. */
  reading = new Map<string, Promise<boolean>>();
  /** An error that stays readable until it is dismissed. */
  notice = $state<string | null>(null);
  helpOpen = $state(false);
  /** At small widths the filter is folded away until it is asked for. */
  filterOpen = $state(false);
  /** Cards that this view archived: that they go is no news. */
  leaving = $state.raw<ReadonlySet<string>>(new Set());
  /** Cards that somebody else changed just now. */
  lit = $state.raw<ReadonlySet<string>>(new Set());
  /** The card that was opened last while it kept the focus: opening it again pins it. */
  opened: string | null = null;
  /** Where the selection of a row of cards began. */
  anchor: string | null = null;
  /** What waits for the end of a move, beside the snapshot. */
  afterSession: (() => void) | null = null;
  /** What hangs on the pointer, in px of the viewport. */
  ghost = $state.raw<{ x: number; y: number; width: number } | null>(null);
  /** Cards that wait for a word: archive them all? */
  archiveAsked = $state.raw<string[] | null>(null);

  /** The board that focus, filter and folds are about; at first the one that was saved. */
  identity = $state.raw<BoardIdentity | null>(null);
  /** Whether the board's first frame was painted: until then columns out of view have no cards. */
  painted = $state(false);
  /** Whether it is still the board whose view state was saved. */
  restoring = true;

  private unconfirmed = $state.raw<readonly Unconfirmed[]>([]);
  private held: BoardView | null = null;
  private readonly shownBefore = new WeakMap<ColumnView, { filter: string; shown: ShownColumn }>();

  /** All columns with what was committed here and not yet confirmed. */
  readonly settled = $derived.by(() =>
    this.unconfirmed.reduce<readonly ColumnView[]>(
      (columns, { move }) => applyMove(columns, move),
      this.view?.columns ?? [],
    ),
  );

  /** What is on screen. */
  readonly columns: readonly ShownColumn[] = $derived.by(() => {
    const arranged =
      this.session && this.driver === 'keys' ? preview(this.session, this.settled) : this.settled;
    return arranged.map((column) => this.shown(column, this.filter, this.isFolded(column)));
  });

  /** What the arrow keys walk over: a folded column shows no cards. */
  readonly walked = $derived(
    this.columns.map((column) => (column.folded ? { ...column, cards: [] } : column)),
  );

  constructor(saved: ViewState) {
    this.identity = saved.identity;
    this.filter = saved.filter;
    // An empty field would only take the focus when the page loads.
    if (saved.newCard && saved.newCard.title !== '') {
      this.creatingIn = saved.newCard.stageId;
      this.newTitle = saved.newCard.title;
    }
    this.folds = saved.folds;
    this.otherFolds = saved.otherFolds ?? {};
    this.stageId = saved.stageId;
    if (saved.stageId !== null) this.focus = { stageId: saved.stageId, cardId: saved.cardId };
  }

  /** Takes a snapshot. During a move it waits for the end: nothing may slide away under the card. */
  show(view: BoardView): void {
    if (this.session) {
      this.held = view;
      return;
    }
    if (view.identity && !sameBoard(view.identity, this.identity)) this.forgetBoard(view.identity);
    if (view.identity || view.status === 'noBoard') this.identity = view.identity;
    this.view = view;
    this.unconfirmed = this.unconfirmed.filter(
      ({ revision }) => revision === null || revision > view.revision,
    );
    const ids = new Set(view.columns.flatMap(({ cards }) => cards.map(({ cardId }) => cardId)));
    if ([...this.selected].some((id) => !ids.has(id)))
      this.selected = new Set([...this.selected].filter((id) => ids.has(id)));
    if (this.creatingAfter !== null && !ids.has(this.creatingAfter)) this.creatingAfter = null;
    if (this.renaming !== null && !ids.has(this.renaming)) this.renaming = null;
  }

  /** Goes on with a move on what the server sent meanwhile: somebody waits for it to get further. */
  takeHeld(): void {
    const { session, held } = this;
    if (!session || !held) return;
    this.held = null;
    this.session = null;
    this.show(held);
    this.session = continueOn(session, this.columns);
  }

  /** Ends the session; then what the server sent meanwhile is shown. */
  endSession(): void {
    this.session = null;
    this.openedByDrag = null;
    const held = this.held;
    this.held = null;
    if (held) this.show(held);
    const after = this.afterSession;
    this.afterSession = null;
    after?.();
  }

  /**
   * Keeps a committed move on screen. `confirm` tells the revision that shows it: the preview stays until a snapshot
   * of that revision is here; `drop` takes it back.
   */
  keep(move: MoveCards): { confirm(revision: number): void; drop(): void } {
    let entry: Unconfirmed = { move, revision: null };
    this.unconfirmed = [...this.unconfirmed, entry];
    const drop = () => {
      this.unconfirmed = this.unconfirmed.filter((each) => each !== entry);
    };
    const confirm = (revision: number) => {
      if ((this.view?.revision ?? 0) >= revision) return drop();
      const confirmed = { move, revision };
      this.unconfirmed = this.unconfirmed.map((each) => (each === entry ? confirmed : each));
      entry = confirmed;
    };
    return { confirm, drop };
  }

  /** Chooses the stage to show while columns do not stand side by side; of two, the pair moves as little as it must. */
  showStage(stageId: string): void {
    const at = this.view?.columns.findIndex((column) => column.stageId === stageId) ?? -1;
    if (at < 0) return;
    this.stageId = stageId;
    if (at < this.pairFrom) this.pairFrom = at;
    else if (at > this.pairFrom + 1) this.pairFrom = at - 1;
  }

  card(cardId: string): CardView | undefined {
    return this.column(cardId)?.loaded.find((card) => card.cardId === cardId);
  }

  /** The column that a loaded card stands in. */
  column(cardId: string): ShownColumn | undefined {
    return (
      columnOf(this.columns, cardId) ??
      this.columns.find(({ loaded }) => loaded.some((card) => card.cardId === cardId))
    );
  }

  columnById(stageId: string): ShownColumn | undefined {
    return this.columns.find((column) => column.stageId === stageId);
  }

  /** What an action is about: the selection when the focused card is part of it, else that card. */
  get acting(): string[] {
    const focused = this.focus?.cardId;
    if (!focused) return [];
    if (!this.selected.has(focused)) return [focused];
    return this.columns.flatMap(({ cards }) =>
      cards.map(({ cardId }) => cardId).filter((id) => this.selected.has(id)),
    );
  }

  /** A column that did not change stays the same object: then nothing of it is looked at again. */
  private shown(column: ColumnView, filter: string, folded: boolean): ShownColumn {
    const known = this.shownBefore.get(column);
    if (known?.filter === filter && known.shown.folded === folded) return known.shown;
    const cards = filter === '' ? column.cards : column.cards.filter((card) => matches(card, filter));
    const shown = { ...column, loaded: column.cards, folded, cards };
    this.shownBefore.set(column, { filter, shown });
    return shown;
  }

  private isFolded(column: ColumnView): boolean {
    if (this.layout !== 'wide' || this.openedByDrag === column.stageId) return false;
    return this.folds[column.stageId] ?? column.fold;
  }

  /** Nothing of one board is true of the next: its ids may name other things there. */
  private forgetBoard(next: BoardIdentity): void {
    this.keepFolds(next);
    this.restoring = false;
    this.painted = false;
    this.view = null;
    this.unconfirmed = [];
    this.selected = new Set();
    this.focus = null;
    this.stageId = null;
    this.filter = '';
    this.creatingIn = null;
    this.creatingAfter = null;
    this.newTitle = '';
    this.renaming = null;
    this.notice = null;
    this.archiveAsked = null;
    this.pages = new Map();
    this.reading = new Map();
    this.helpOpen = false;
    this.opened = null;
    this.anchor = null;
    this.filterOpen = false;
    this.ghost = null;
    this.afterSession = null;
    this.pairFrom = 0;
    this.openedByDrag = null;
    this.leaving = new Set();
    this.lit = new Set();
  }

  private keepFolds(next: BoardIdentity): void {
    const others = Object.entries(this.otherFolds).slice(-MAX_OTHER_FOLDS);
    const key = foldsKey(next);
    this.otherFolds = Object.fromEntries(others.filter(([each]) => each !== key));
    if (this.identity && Object.keys(this.folds).length > 0)
      this.otherFolds[foldsKey(this.identity)] = this.folds;
    this.folds = others.find(([each]) => each === key)?.[1] ?? {};
  }
}

const foldsKey = ({ connectionId, boardId }: BoardIdentity) => keyOf('folds', connectionId, boardId);
