import type { BoardStore } from '../board/boardStore';
import type { Board } from '../contract/entities';
import { t } from '../l10n/l10n';
import type { Asks, Choice } from './asks';
import { attempt, type Keeping, keptBoard, refuseName } from './keeping';

// The flows that make a board and change what it is called and who sees it.

type Visibility = Board['visibility'];

const visibilities = (): Choice<Visibility>[] => [
  { label: t('Private'), detail: t('Only its members see it.'), value: 'private' },
  { label: t('Team'), detail: t('All employees see it.'), value: 'team' },
  {
    label: t('Public'),
    detail: t('All employees see it, and invited people from outside.'),
    value: 'public',
  },
];

/** @returns the id of the new board; nothing when the person stepped back or the server refused */
export async function createBoard(asks: Asks, store: BoardStore): Promise<string | undefined> {
  const title = t('New board');
  const name = await asks.text({ title, prompt: t('Name of the board'), refuse: refuseName });
  if (name === undefined) return undefined;
  const description = await asks.text({ title, prompt: t('What it is for; may stay empty') });
  if (description === undefined) return undefined;
  // The team's first: it is what the contract takes when nothing is said.
  const [first, team, last] = visibilities();
  const visibility = await asks.pick(title, [team!, first!, last!], t('Who sees it?'));
  if (visibility === undefined) return undefined;
  const made = await attempt(
    asks,
    {
      doing: t('Making the board…'),
      done: t('Made the board {0}.', name.trim()),
      notDone: t('Board not made'),
    },
    () =>
      store.keeping.createBoard({
        name: name.trim(),
        ...(description.trim() !== '' && { description: description.trim() }),
        visibility,
      }),
  );
  return made?.value.board_id;
}

export async function editBoard(keeping: Keeping): Promise<void> {
  const board = (await keptBoard(keeping))?.board;
  if (!board) return;
  const { asks } = keeping;
  const visibility = visibilities().find(({ value }) => value === board.visibility)!;
  const what = await asks.pick(t('Edit the board {0}', board.name), [
    { label: t('Name'), description: board.name, value: 'name' as const },
    { label: t('Description'), description: oneLine(board.description ?? ''), value: 'description' as const },
    { label: t('Who sees it'), description: visibility.label, value: 'visibility' as const },
  ]);
  switch (what) {
    case 'name':
      return rename(keeping, board);
    case 'description':
      return describe(keeping, board);
    case 'visibility':
      return show(keeping, board, visibility);
    case undefined:
  }
}

async function rename(keeping: Keeping, board: Board): Promise<void> {
  const typed = await keeping.asks.text({
    title: t('Edit the board {0}', board.name),
    prompt: t('The new name.'),
    value: board.name,
    refuse: refuseName,
  });
  const name = typed?.trim();
  if (name === undefined || name === board.name) return;
  await save(keeping, { name }, t('Board renamed to {0}.', name));
}

async function describe(keeping: Keeping, board: Board): Promise<void> {
  if (board.description_lossy) {
    keeping.asks.refused(
      t('This description was formatted in Odoo in ways that would be lost here. It can be edited there.'),
    );
    return;
  }
  const before = board.description ?? '';
  const typed = await keeping.asks.text({
    title: t('Edit the board {0}', board.name),
    prompt: before.includes('\n')
      ? t('What it is for; {0} begins a new line', BREAK)
      : t('What it is for; may stay empty'),
    value: oneLine(before),
  });
  if (typed === undefined) return;
  const description = manyLines(typed);
  if (description === before.trim()) return;
  await save(keeping, { description: description === '' ? null : description }, t('Description saved.'));
}

async function show(keeping: Keeping, board: Board, present: Choice<Visibility>): Promise<void> {
  const picked = await keeping.asks.pick(
    t('Who sees {0}?', board.name),
    visibilities().map((choice) =>
      choice.value === present.value ? { ...choice, description: t('as it is now') } : choice,
    ),
  );
  if (picked === undefined || picked === board.visibility) return;
  await save(keeping, { visibility: picked }, t('It is now set who sees {0}.', board.name));
}

async function save(
  { asks, store, boardId }: Keeping,
  changes: Parameters<typeof store.keeping.updateBoard>[1],
  done: string,
): Promise<void> {
  await attempt(asks, { doing: t('Changing the board…'), done, notDone: t('Board not changed') }, () =>
    store.keeping.updateBoard(boardId, changes),
  );
}

// An input box has one line, and would drop the others.
const BREAK = '⏎';
const oneLine = (text: string) => text.trim().replace(/\r?\n/g, ` ${BREAK} `);
const manyLines = (text: string) => text.trim().replace(/ ?⏎ ?/g, '\n');
