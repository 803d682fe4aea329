import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { worstTexts } from '../../../../bench/lib/worstTexts';
import { TextRenderer } from '../../../../src/workbench/markdown/markdown';
import { root } from '../../../../scripts/lib/prepare.mjs';

const SCRIPTED = join(__dirname, 'scriptedWorker.cjs');
const QUICK = { longest: 20_000, longestHtml: 1_000_000, time: 200, timeAfterSlow: 50, start: 30_000 };

describe('the renderer of texts', function () {
  this.timeout(120_000); // a limit for what hangs: machines are busy
  let renderer: TextRenderer;
  let folder: string;
  let real: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taskboard-'));
    real = join(folder, 'markdownWorker.js');
    const entryPoints = [join(root, 'src', 'workbench', 'markdown', 'markdownWorker.ts')];
    await build({ entryPoints, outfile: real, bundle: true, platform: 'node', target: 'node20' });
  });
  after(() => rm(folder, { recursive: true }));
  const given = (file: string, limits = QUICK) => (renderer = new TextRenderer(file, limits));
  afterEach(() => renderer.dispose());

  const shown = async (text: string, asker: object = {}) => {
    const view = await renderer.render(text, asker);
    return view.as === 'html' ? view.html.trim() : view.why;
  };

  it('renders Markdown in a thread of its own, and knows it from then on', async () => {
    given(real, { ...QUICK, time: 30_000 });
    assert.equal(renderer.known('**a**'), undefined);
    assert.equal(await shown('**a**'), '<p><strong>a</strong></p>');
    assert.deepEqual(renderer.known('**a**'), {
      as: 'html',
      html: '<p><strong>a</strong></p>\n',
      text: '**a**',
    });
    assert.equal(await shown(''), '');
  });

  it('comes to an end with each of the worst texts, as HTML within bounds or as text, and renders the next', async () => {
    given(real, { ...QUICK, time: 1_000, timeAfterSlow: 1_000 });
    for (const { name, make } of worstTexts)
      for (const length of [1 << 20, QUICK.longest]) {
        const text = make(length).slice(0, length);
        const view = await renderer.render(text, {});
        if (view.as === 'html') assert.ok(view.html.length <= QUICK.longestHtml, name);
        else assert.ok(view.text.length > 0 && text.startsWith(view.text), name);
      }
    renderer.dispose();
    given(real, { ...QUICK, time: 30_000 });
    assert.equal(await shown('_next_'), '<p><em>next</em></p>');
  });

  it('never posts a text over the limit, nor one that it knows', async () => {
    given(join(root, 'no-such-worker.js'));
    const view = await renderer.render('a'.repeat(60_000), {});
    assert.deepEqual([view.as, view.as === 'text' && view.cut], ['text', true]);
    assert.equal(view.text.length, 50_000);
  });

  for (const fault of ['hang', 'exit', 'throw', 'memory', 'refuse'])
    it(`gives a text as text when its rendering ends with: ${fault}`, async () => {
      given(SCRIPTED, fault === 'memory' ? { ...QUICK, time: 60_000 } : QUICK);
      const [bad, good] = await Promise.all([shown(`${fault} it`), shown('fine')]);
      assert.deepEqual([bad, good], ['tooMuch', '<p>fine</p>']);
      assert.equal(renderer.known(`${fault} it`)?.as, 'text', 'is not tried again');
    });

  it('gives texts as text when there is no thread to be had', async () => {
    given(join(root, 'no-such-worker.js'));
    assert.deepEqual(await Promise.all([shown('a'), shown('b')]), ['tooMuch', 'tooMuch']);
  });

  it('lets the texts of one asker not keep others waiting', async () => {
    given(SCRIPTED);
    const order: string[] = [];
    const ask = (text: string, asker: object) => shown(text, asker).then(() => order.push(text));
    const [evil, good] = [{}, {}];
    await Promise.all([
      ...['hang 1', 'hang 2', 'hang 3', 'hang 4'].map((text) => ask(text, evil)),
      ...['fine 1', 'fine 2'].map((text) => ask(text, good)),
    ]);
    assert.deepEqual(order, ['hang 1', 'hang 2', 'fine 1', 'hang 3', 'fine 2', 'hang 4']);
  });

  it('answers what waits when it is closed', async () => {
    given(SCRIPTED);
    const waiting = Promise.all([shown('hang'), shown('fine')]);
    renderer.dispose();
    assert.deepEqual(await waiting, ['tooMuch', 'tooMuch']);
  });
});
