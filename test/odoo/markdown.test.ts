import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureApt } from '../../scripts/lib/apt.mjs';
import { root } from '../../scripts/lib/prepare.mjs';
import { renderMarkdown } from '../../src/workbench/markdown/markdownDialect';
import { orSkip } from '../orSkip';
import { canonicalHtml } from './canonicalHtml';

interface Read {
  html: string;
  markdown: string;
  lossy: boolean;
  again: string;
}

const corpus = (name: string): string[] =>
  JSON.parse(readFileSync(join(root, 'fixtures', 'markdown', `${name}.json`), 'utf8')) as string[];

/** What the addon makes of texts; it needs no Odoo for that. */
function inAddon(texts: readonly string[]): Read[] {
  const arguments_ = [join(root, 'test/odoo/readTexts.py'), join(root, 'odoo-module/ipai_taskboard_api')];
  const options = { input: JSON.stringify(texts), maxBuffer: 64 * 2 ** 20 };
  return JSON.parse(execFileSync('/usr/bin/python3', arguments_, options).toString()) as Read[];
}

describe('one markdown dialect on both sides', () => {
  for (const name of ['commonmark', 'ours']) {
    describe(name, () => {
      const texts = corpus(name);
      let read: Read[];

      before(async function () {
        await orSkip(this, () =>
          ensureApt('odoo', ['python3-markdown-it', 'python3-linkify-it', 'python3-lxml']),
        );
        read = inAddon(texts);
      });

      it('is shown in the client as it is stored in Odoo', () => {
        const pairs = texts.map((text, index) => {
          const [client, odoo] = [renderMarkdown(text) ?? '', read[index]!.html].map(canonicalHtml);
          return { text, client, odoo };
        });
        assert.deepEqual(
          pairs.filter(({ client, odoo }) => client !== odoo),
          [],
        );
      });

      it('comes back as markdown that says the same', () => {
        const pairs = texts.map((text, index) => {
          const { html, again, lossy } = read[index]!;
          // Emphasis in emphasis looks like one, a heading of nothing like none, and a space of no width too.
          const [before, after] = [html, again].map((one) =>
            canonicalHtml(one).replace(/<(?!\/?(?:li|t[dhr]|pre|img))[^>]*>|\s|\u200b|⏎/g, ''),
          );
          return { text, lossy, before, after };
        });
        assert.deepEqual(
          pairs.filter(({ lossy, before, after }) => lossy || before !== after),
          [],
        );
      });

      it('comes back the same from then on', () => {
        const once = read.map(({ markdown }) => markdown);
        assert.deepEqual(
          inAddon(once).map(({ markdown }) => markdown),
          once,
        );
      });
    });
  }
});
