// The rooms of the house, from the ground up: each folder that holds code, and the rooms that it may import from besides
// itself. `npm run check` holds the imports to it (.dependency-cruiser.mjs), docs/architecture.md draws it.

const ground = ['src/base', 'src/l10n'];
const contract = [...ground, 'src/contract'];
const client = [...contract, 'src/client'];

const board = ['snapshot', 'mutations', 'journal', 'sync', 'outbox', 'history', 'people', 'admin'].map(
  (name) => `src/board/${name}`,
);
const allOfBoard = ['src/board', ...board];
const under = [...client, 'src/messages', 'src/widgets', 'src/account', ...allOfBoard];
const shared = [...under, 'src/workbench/markdown', 'src/workbench/shared'];
const surfaces = [...shared, 'src/workbench/page', 'src/workbench/prompts'];
const rows = [...surfaces, 'src/workbench/unsent'];
const commands = ['board', 'card', 'unsent', 'tree', 'create', 'admin'].map(
  (name) => `src/workbench/${name}`,
);

const page = [...ground, 'src/contract', 'src/messages', 'webview/common', 'webview/controls'];

/** @type {Record<string, readonly string[]>} a folder → the folders it may import from; a folder stands below all that may import it */
export const rooms = {
  'src/base': [],
  'src/l10n': [],
  'src/contract': ground,
  'src/messages': contract,

  'src/client': contract,
  'src/demo/records': contract,
  'src/demo/rules': [...contract, 'src/demo/records'],
  'src/demo/endpoints': [...contract, 'src/demo/records', 'src/demo/rules'],
  'src/demo/seed/texts': [...contract, 'src/demo/records'],
  'src/demo/seed': [...contract, 'src/demo/records', 'src/demo/seed/texts'],
  'src/demo/http': [
    ...contract,
    ...['records', 'rules', 'endpoints', 'seed'].map((name) => `src/demo/${name}`),
  ],

  'src/widgets': ground,
  'src/account': [...client, 'src/widgets'],
  'src/board/snapshot': client,
  'src/board/mutations': [...client, 'src/board/snapshot'],
  'src/board/journal': [...client, 'src/board/snapshot', 'src/board/mutations'],
  'src/board/sync': [...client, 'src/board/snapshot', 'src/board/mutations'],
  'src/board/outbox': [...client, 'src/board/snapshot', 'src/board/mutations', 'src/board/journal'],
  'src/board/history': [...client, 'src/board/snapshot', 'src/board/mutations', 'src/board/sync'],
  'src/board/people': client,
  'src/board/admin': [...client, 'src/board/snapshot'],
  'src/board': [...client, ...board],

  'src/workbench/markdown': [...ground, 'src/messages'],
  'src/workbench/shared': [...under, 'src/workbench/markdown', 'src/demo/http', 'src/demo/records'],
  'src/workbench/page': shared,
  'src/workbench/prompts': shared,
  'src/workbench/board': surfaces,
  'src/workbench/card': surfaces,
  'src/workbench/unsent': surfaces,
  'src/workbench/tree': rows,
  'src/workbench/create': rows,
  'src/workbench/admin': rows,
  'src/workbench': [...surfaces, ...commands],
  src: [...surfaces, ...commands, 'src/workbench'],

  'webview/common': [...ground, 'src/contract', 'src/messages'],
  'webview/controls': [...ground, 'src/contract', 'src/messages', 'webview/common'],
  'webview/board/logic': page,
  'webview/board/page': [...page, 'webview/board/logic'],
  'webview/board/app': [...page, 'webview/board/logic', 'webview/board/page'],
  'webview/board/view': [...page, 'webview/board/logic', 'webview/board/page', 'webview/board/app'],
  'webview/board': [...page, ...['logic', 'page', 'app', 'view'].map((name) => `webview/board/${name}`)],
  'webview/card': page,
};
