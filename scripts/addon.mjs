// npm run addon [-- --check | --icon | --terms]: what is generated in the Odoo addon.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare, root } from './lib/prepare.mjs';

const usage = `Usage: npm run addon [-- --check | --icon | --terms]
           writes static/description/index.html from readme/
  --check  only says whether that is up to date
  --icon   draws static/description/icon.png from media/icon.svg, in a browser
  --terms  brings i18n/ up to what the addon says, with Odoo 19 or the one that ODOO_SOURCE names; run it with 18 and with
           19, each has terms that the other lacks`;

const { values } = parseArgs({
  options: {
    check: { type: 'boolean' },
    icon: { type: 'boolean' },
    terms: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
await prepare();
if (values.help) console.log(usage);
else if (values.terms) await terms();
else if (values.icon) await icon();
else await page();

async function page() {
  const { addonPage, pagePath } = await import('./lib/addonPage.mjs');
  const text = await addonPage();
  if (!values.check) return writeFile(pagePath, text);
  if ((await readFile(pagePath, 'utf8').catch(() => '')) === text) return;
  console.error("static/description/index.html is not what the addon's readme/ says. Run: npm run addon");
  process.exitCode = 1;
}

async function icon() {
  const { launchBrowser } = await import('./lib/browser.mjs');
  const svg = await readFile(join(root, 'media', 'icon.svg'), 'utf8');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 128, height: 128 }, deviceScaleFactor: 2 });
    await page.setContent(`<style>body { margin: 0 }</style>${svg}`);
    const path = join(root, 'odoo-module', 'ipai_taskboard_api', 'static', 'description', 'icon.png');
    await page.locator('svg').screenshot({ path, omitBackground: true });
  } finally {
    await browser.close();
  }
}

async function terms() {
  const { updateTerms } = await import('./lib/odoo/terms.mjs');
  for (const line of await updateTerms()) console.log(`to translate: ${line}`);
}
