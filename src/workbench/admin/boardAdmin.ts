import type { BoardStore } from '../../board/boardStore';
import type { Board } from '../../contract/entities';
import type { Choice } from '../../widgets/rows';
import { say, shown, shownName, type ShownText } from '../../widgets/shownText';
import type { Prompts } from '../prompts/prompts';
import { attempt, type Admin, keptBoard, refuseName } from './admin';

// The flows that make a board and change what it is called and who sees it.

type Visibility = Board['visibility'];

const visibilities = (): Choice<Visibility>[] => [
  { label: say('Private'), detail: say('Only its members see it.'), value: 'private' },
  { label: say('Team'), detail: say('All employees see it.'), value: 'team' },
  {
    label: say('Public'),
    detail: say('All employees see it, and invited people from outside.'),
    value: 'public',
  },
];

/** @returns the id of the new board; nothing when the person stepped back or the server refused */
export async function createBoard(prompts: Prompts, store: BoardStore): Promise<string | undefined> {
  const title = say('New board');
  const name = await prompts.text({ title, prompt: say('Name of the board'), refuse: refuseName });
  if (name === undefined) return undefined;
  const description = await prompts.text({ title, prompt: say('What it is for; may stay empty') });
  if (description === undefined) return undefined;
  // The team's first: it is what the contract takes when nothing is said.
  const [first, team, last] = visibilities();
  const visibility = await prompts.pick(title, [team!, first!, last!], say('Who sees it?'));
  if (visibility === undefined) return undefined;
  const made = await attempt(
    prompts,
    {
      doing: say('Making the board…'),
      done: say('Made the board {0}.', shownName(name)),
      notDone: say('Board not made'),
    },
    () =>
      store.admin.createBoard({
        name: name.trim(),
        ...(description.trim() !== '' && { description: description.trim() }),
        visibility,
      }),
  );
  return made?.value.board_id;
}

export async function editBoard(admin: Admin): Promise<void> {
  const board = (await keptBoard(admin))?.board;
  if (!board) return;
  const { prompts } = admin;
  const visibility = visibilities().find(({ value }) => value === board.visibility)!;
  const what = await prompts.pick(say('Edit the board {0}', shownName(board.name)), [
    { label: say('Name'), description: shownName(board.name), value: 'name' as const },
    {
      label: say('Description'),
      description: shown(oneLine(board.description ?? '')),
      value: 'description' as const,
    },
    { label: say('Who sees it'), description: visibility.label, value: 'visibility' as const },
  ]);
  switch (what) {
    case 'name':
      return rename(admin, board);
    case 'description':
      return describe(admin, board);
    case 'visibility':
      return show(admin, board, visibility);
    case undefined:
  }
}

async function rename(admin: Admin, board: Board): Promise<void> {
  const typed = await admin.prompts.text({
    title: say('Edit the board {0}', shownName(board.name)),
    prompt: say('The new name.'),
    value: board.name,
    refuse: refuseName,
  });
  const name = typed?.trim();
  if (name === undefined || name === board.name) return;
  await save(admin, { name }, say('Board renamed to {0}.', shownName(name)));
}

async function describe(admin: Admin, board: Board): Promise<void> {
  if (board.description_lossy) {
    admin.prompts.refused(
      say('This description was formatted in Odoo in ways that would be lost here. It can be edited there.'),
    );
    return;
  }
  const before = board.description ?? '';
  const typed = await admin.prompts.text({
    title: say('Edit the board {0}', shownName(board.name)),
    prompt: before.includes('\n')
      ? say('What it is for; {0} begins a new line', shown(BREAK))
      : say('What it is for; may stay empty'),
    value: oneLine(before),
  });
  if (typed === undefined) return;
  const description = manyLines(typed);
  if (description === before.trim()) return;
  await save(admin, { description: description === '' ? null : description }, say('Description saved.'));
}

async function show(admin: Admin, board: Board, present: Choice<Visibility>): Promise<void> {
  const picked = await admin.prompts.pick(
    say('Who sees {0}?', shownName(board.name)),
    visibilities().map((choice) =>
      choice.value === present.value ? { ...choice, description: say('as it is now') } : choice,
    ),
  );
  if (picked === undefined || picked === board.visibility) return;
  await save(admin, { visibility: picked }, say('It is now set who sees {0}.', shownName(board.name)));
}

async function save(
  { prompts, store, boardId }: Admin,
  changes: Parameters<typeof store.admin.updateBoard>[1],
  done: ShownText,
): Promise<void> {
  await attempt(prompts, { doing: say('Changing the board…'), done, notDone: say('Board not changed') }, () =>
    store.admin.updateBoard(boardId, changes),
  );
}

// An input box has one line, and would drop the others.
const BREAK = '⏎';
const oneLine = (text: string) => text.trim().replace(/\r?\n/g, ` ${BREAK} `);
const manyLines = (text: string) => text.trim().replace(/ ?⏎ ?/g, '\n');
