// The page that Odoo shows of the addon, made of its readme fragments.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { root } from './prepare.mjs';

const folder = join(root, 'odoo-module', 'ipai_taskboard_api');

/** Fragments in OCA's order, with the headings of their parts of the page; the first needs none. */
const parts = /** @type {const} */ ([
  ['DESCRIPTION', ''],
  ['INSTALL', 'Installation'],
  ['CONFIGURE', 'Configuration'],
  ['USAGE', 'Usage'],
  ['ROADMAP', 'Known limits'],
  ['HISTORY', 'Changelog'],
  ['CONTRIBUTORS', 'Contributors'],
]);

export const pagePath = join(folder, 'static', 'description', 'index.html');

/** The page as it should be now. @returns {Promise<string>} */
export async function addonPage() {
  const markdown = new MarkdownIt();
  const rendered = await Promise.all(
    parts.map(async ([name, heading]) => {
      const text = await readFile(join(folder, 'readme', `${name}.md`), 'utf8');
      return `${heading && `<h2>${heading}</h2>\n`}${markdown.render(text)}`;
    }),
  );
  return `<!-- Made of readme/ by "npm run addon": change the fragments there. -->
<section class="container">
<h1>Taskboard API</h1>
${rendered.join('')}</section>
`;
}
