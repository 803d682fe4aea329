// What may import what: the rooms of scripts/lib/house/rooms.mjs, and no circle among files, types included.
// By hand: npx depcruise src webview
import { rooms } from './scripts/lib/house/rooms.mjs';

/** The files right in these folders. @param {readonly string[]} folders */
const filesIn = (folders) => `^(${folders.join('|')})/[^/]+$`;

/** @satisfies {import('dependency-cruiser').IConfiguration} */
const configuration = {
  forbidden: [
    {
      name: 'circle',
      comment: 'Files that import each other are one file in two: move what both need below them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-room',
      comment: 'This folder is in no table: say in scripts/lib/house/rooms.mjs what it may import.',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: filesIn(Object.keys(rooms)) },
      to: {},
    },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `from ${room}`,
      comment: `${room} may import from itself and: ${allowed.join(', ') || 'nothing'}.`,
      severity: /** @type {const} */ ('error'),
      from: { path: filesIn([room]) },
      to: { path: '^(src|webview|test|bench|ci|scripts)/', pathNot: filesIn([room, ...allowed]) },
    })),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^(test|bench|ci|scripts)/'] },
    exclude: { path: 'node_modules' },
    moduleSystems: ['es6'],
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.svelte.ts', '.svelte', '.d.ts', '.mjs'] },
  },
};

// The tool reads its configuration as a module's default.
export default configuration;
