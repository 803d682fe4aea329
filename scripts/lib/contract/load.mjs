import { build } from 'esbuild';
import { root } from '../prepare.mjs';

/**
 * The contract's modules in one bundle with their own zod, so that plain Node can run TypeScript that shares one copy
 * of it.
 */
const ENTRY = `
  export * as z from 'zod/mini';
  export * from './src/contract/schemas';
  export * from './src/contract/endpoints';
  export * from './src/contract/beyondSchema';
  export * from './src/contract/capabilities';
  export * from './src/contract/errors';
  export * from './src/contract/query';
  export * from './src/contract/version';
  export { pathParams } from './src/contract/endpoint';
  export { BoardId, CardId } from './src/contract/ids';
`;

/**
 * @typedef {typeof import('../../../src/contract/schemas')
 *   & typeof import('../../../src/contract/endpoints')
 *   & typeof import('../../../src/contract/beyondSchema')
 *   & typeof import('../../../src/contract/capabilities')
 *   & typeof import('../../../src/contract/errors')
 *   & typeof import('../../../src/contract/query')
 *   & typeof import('../../../src/contract/version')
 *   & Pick<typeof import('../../../src/contract/endpoint'), 'pathParams'>
 *   & Pick<typeof import('../../../src/contract/ids'), 'BoardId' | 'CardId'>
 *   & { z: typeof import('zod/mini') }} Contract
 */

/** Loads `src/contract` as it stands now. @returns {Promise<Contract>} */
export async function loadContract() {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  const source = Buffer.from(outputFiles[0]?.contents ?? '').toString('base64');
  return import(`data:text/javascript;base64,${source}`);
}
