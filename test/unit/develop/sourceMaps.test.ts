import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root } from '../../../scripts/lib/prepare.mjs';

// What F5 stands on: an editor sets a breakpoint in a source by the map of what was built from it. A debugger can't be
// had here, so the maps are asked as it asks them: where does this place of the bundle come from?

const FOLDER = join('out', 'maps');

interface Place {
  file: string;
  /** From 1. */
  line: number;
}

/** A bundle, with the map that a debugger finds for it. */
class Bundle {
  private constructor(
    private readonly url: string,
    readonly lines: string[],
    private readonly map: SourceMap,
    private readonly sourceRoot: string | undefined,
  ) {}

  /** @param linked how the bundle names its map: as a file beside it, or with all of it */
  static async read(file: string, linked: 'beside' | 'inside'): Promise<Bundle> {
    const path = join(root, FOLDER, file);
    const text = await readFile(path, 'utf8');
    const named = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(text)?.[1];
    assert.ok(named, `${file} names no map`);
    assert.equal(named.startsWith('data:'), linked === 'inside', named.slice(0, 40));
    const json =
      linked === 'inside'
        ? Buffer.from(named.slice(named.indexOf(',') + 1), 'base64').toString()
        : await readFile(join(dirname(path), named), 'utf8');
    const payload = JSON.parse(json) as SourceMapPayload;
    // Node's own reader would put the root before the sources without a look at what it is.
    const { sourceRoot, ...rest } = payload;
    // A script inside a page has the page's address: nothing can be found from there.
    const url = linked === 'inside' ? 'vscode-webview://a/index.html' : pathToFileURL(path).href;
    return new Bundle(url, text.split('\n'), new SourceMap(rest as SourceMapPayload), sourceRoot);
  }

  /** Where a line that the bundle holds once comes from. */
  origin(text: string): Place {
    const at = this.lines.findIndex((line) => line.trim() === text);
    assert.notEqual(at, -1, `The bundle does not hold ${text}`);
    const entry = this.map.findEntry(at, this.lines[at]!.indexOf(text));
    assert.ok('originalSource' in entry, `${text} comes from nowhere`);
    const source = new URL(entry.originalSource, this.sourceRoot || this.url);
    return { file: fileURLToPath(source), line: entry.originalLine + 1 };
  }
}

/** The lines of a source that its bundle holds as they are, with where they stand in the source. */
async function knownLines(bundle: Bundle, file: string): Promise<[line: string, place: Place][]> {
  const path = join(root, file);
  const lines = (await readFile(path, 'utf8')).split('\n').map((line) => line.trim());
  const built = bundle.lines.map((line) => line.trim());
  const once = (all: string[], line: string) => all.indexOf(line) === all.lastIndexOf(line);
  return lines.flatMap((line, index): [string, Place][] =>
    /^(?!else|catch|finally)[a-z].{20,}[;{]$/.test(line) &&
    once(lines, line) &&
    built.includes(line) &&
    once(built, line)
      ? [[line, { file: path, line: index + 1 }]]
      : [],
  );
}

describe('a build for development', function () {
  before(async function () {
    const { build } = await import('../../../esbuild.mjs');
    await build({ folder: FOLDER });
  });

  it('leads from dist/host.js to the lines of the outbox', async () => {
    const bundle = await Bundle.read('host.js', 'beside');
    const known = await knownLines(bundle, 'src/board/outbox/outbox.ts');
    assert.ok(known.length >= 20, `${known.length} lines are in the bundle as they are`);
    for (const [line, place] of known) assert.deepEqual(bundle.origin(line), place, line);
  });

  it('leads from dist/webview/board.js to the lines of a component', async () => {
    const bundle = await Bundle.read('webview/board.js', 'inside');
    for (const component of ['Rename', 'NewCard']) {
      const known = await knownLines(bundle, `webview/board/view/${component}.svelte`);
      assert.ok(known.length >= 1, `${known.length} lines of ${component} are in the bundle as they are`);
      for (const [line, place] of known) assert.deepEqual(bundle.origin(line), place, line);
    }
  });

  it('leads from both webviews to no source that is not there', async () => {
    for (const app of ['board', 'card']) {
      const path = join(root, FOLDER, 'webview', `${app}.js.map`);
      const { sources, sourceRoot } = JSON.parse(await readFile(path, 'utf8')) as {
        sources: string[];
        sourceRoot: string;
      };
      const files = sources.map((source) => fileURLToPath(new URL(source, sourceRoot)));
      const ours = files.filter((file) => file.startsWith(join(root, 'webview')));
      assert.ok(ours.some((file) => file.endsWith('.svelte')));
      for (const file of ours) assert.ok(existsSync(file), file);
    }
  });

  it('is not minified', async () => {
    const host = await Bundle.read('host.js', 'beside');
    assert.ok(host.lines.length > 5_000, `${host.lines.length} lines`);
  });
});
