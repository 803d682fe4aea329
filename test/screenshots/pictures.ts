import { join } from 'node:path';
import { root } from '../../scripts/lib/prepare.mjs';

export const IMAGES = join(root, 'docs', 'images');
/** What the walkthrough shows, each picture beside the step of its name. */
export const STEPS_FOLDER = join(root, 'media', 'walkthrough');
export type StepName = 'connect' | 'board' | 'card';
/** The moving picture of the README, in docs/images. */
export const TOUR = 'tour.gif';
export const PAGE = join(root, 'docs', 'screenshots.md');

/** Every picture of docs/images by its name, in the order of docs/screenshots.md, with its caption. */
export const PICTURES = {
  board: 'A board in an editor tab, with the boards tree and the board of the side bar beside it.',
  'board-light': 'The same in the light theme.',
  'board-hc-dark': 'The same in the dark high-contrast theme.',
  'board-hc-light': 'The same in the light high-contrast theme.',
  sidebar: 'In the side bar: one stage at a time, a strip of all stages on top.',
  'two-columns': 'Between 480 and 700 px: two columns and the strip.',
  compact: 'Compact cards.',
  'over-limit': 'A stage over its WIP limit: said in words and colour, never blocked.',
  drag: 'A drag: the card hangs on the pointer, a line shows where it would go, its old place is dimmed.',
  grab: 'A card grabbed with `m` and taken two stages on by the arrow keys; Enter drops it.',
  selection: 'Three cards are selected; what is done next is done to all of them.',
  undo: 'Undone with Ctrl+Z; that a mail to the customer stays sent is said.',
  help: 'All keys, at `?`.',
  rename: 'Rename in place, with `e` or F2.',
  'new-card': 'A new card in place, with `n`.',
  'quick-create': 'A new card from anywhere; how the line is read shows before Enter.',
  card: 'A card in its editor.',
  tree: 'The boards tree with stages and cards.',
  loading: 'Loading: the shape of a board, no spinner.',
  'empty-board': 'A board without cards, and the one thing to do.',
  'empty-column': 'Stages without cards.',
  'filter-none': 'A filter that no card matches.',
  'column-error': 'What failed in one stage stays in that stage.',
  offline: 'Offline: what was moved carries a clock and is sent later.',
  unsent: 'What has not reached the server, in the tree.',
  'as-of': 'Opened without a connection: the last state from the disk, and from when it is.',
  conflict: 'Somebody else changed the same text: theirs on the left, yours on the right.',
  'signed-out': 'Signed out: nothing that waits is lost.',
  french: 'In French (the page in a browser of its own, with French texts and sample cards).',
} as const;
export type PictureName = keyof typeof PICTURES;
export const PICTURE_NAMES = Object.keys(PICTURES) as PictureName[];

/** docs/screenshots.md, whole. */
export function page(): string {
  const parts = Object.entries(PICTURES).map(
    ([name, caption]) => `![${caption}](images/${name}.png)\n\n${caption}`,
  );
  return `# Screenshots

\`npm run screenshots\` makes all of them anew, in a real VS Code with the demo boards; this page too. With \`-- tour\` it
makes the moving one and those of the walkthrough alone.

![A drag, a move by keys, and a card from one line.](images/${TOUR})

A drag, a move by keys, and a card from one line.

${parts.join('\n\n')}
`;
}
