import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { Harness, type ViewPage } from './harness';
import { fullCard, html as text } from './samples';

// What the card editor makes of hostile HTML, as if the host had rendered it. The policy of the page would stop most
// of it as well; so what comes out is also set into a page without any policy, and every event is fired at it. The
// same is done with what went in: a list of payloads of which none works proves nothing. (Parsing such a payload, even
// into an inert document, may be reported as a violation of the policy; what Markdown makes is not, see card.test.ts.)

const payloads = [
  '<script>ran()</script>',
  '<img src=x onerror=ran()>',
  '<img src=/probe>',
  "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='ran()'/>\">",
  '<img srcset="/probe 1x">',
  '<picture><source srcset=/probe><img alt=x></picture>',
  '<svg onload=ran()></svg>',
  '<svg><script>ran()</script></svg>',
  '<svg><a href="javascript:ran()"><text y=20>x</text></a></svg>',
  '<svg><image href=/probe></image></svg>',
  '<svg><animate onbegin=ran() attributeName=x dur=1s></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=ran()&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=ran()>',
  '<svg></p><style><a id="</style><img src=1 onerror=ran()>">',
  '<noscript><p title="</noscript><img src=x onerror=ran()>">',
  '<template><img src=x onerror=ran()></template>',
  '<iframe srcdoc="<script>parent.ran()</script>"></iframe>',
  '<iframe src="javascript:parent.ran()"></iframe>',
  '<iframe src=/probe></iframe>',
  '<object data=/probe></object>',
  '<embed src=/probe>',
  '<video src=/probe onerror=ran()></video>',
  '<audio src=/probe onerror=ran()></audio>',
  '<video><source onerror=ran() src=x></video>',
  '<video poster=/probe></video>',
  '<link rel=stylesheet href=/probe>',
  '<style>@import "/probe"; body{background:url(/probe)}</style>',
  '<p style="background:url(/probe)">x</p>',
  '<table background=/probe><tr><td background=/probe>x</td></tr></table>',
  '<body onload=ran() background=/probe>',
  '<base href="/probe/"><a href="x">x</a><img src=y>',
  '<meta http-equiv=refresh content="0;url=javascript:ran()">',
  '<a href="javascript:ran()">x</a>',
  '<a href="&#106;ava&#x09;script:ran()">x</a>',
  '<a href=" javascript:ran()">x</a>',
  '<a href="JaVaScRiPt:ran()">x</a>',
  '<a href="data:text/html,<script>ran()</script>">x</a>',
  '<a href="vbscript:ran()">x</a>',
  '<a href="command:workbench.action.terminal.new">x</a>',
  '<a href="vscode://file/etc/passwd">x</a>',
  '<a href="//evil.invalid/x" ping="/probe">x</a>',
  '<a href="#" onclick=ran()>x</a>',
  '<a href="https://example.com" target=_blank onauxclick=ran()>x</a>',
  '<p onmouseover=ran() onfocus=ran() tabindex=0>x</p>',
  '<details open ontoggle=ran()>x</details>',
  '<marquee onstart=ran()>x</marquee>',
  '<input autofocus onfocus=ran()>',
  '<select onfocus=ran() autofocus><option>x</select>',
  '<textarea autofocus onfocus=ran()></textarea>',
  '<button onclick=ran()>x</button>',
  '<form action="javascript:ran()"><input type=submit></form>',
  '<form id=document><input name=cookie></form>',
  '<img name=getElementById><img id=app>',
  '<p class="banner" id="app">x</p>',
  '<div contenteditable oninput=ran()>x</div>',
  '<dialog open oncancel=ran()>x</dialog>',
  '<p><a href="x"><p>nested</a></p>',
  '<table><td><img src=x onerror=ran()><tr>',
  '<b><i></b><img src=x onerror=ran()></i>',
  '<!--><img src=x onerror=ran()>-->',
  '<![CDATA[<img src=x onerror=ran()>]]>',
  '<custom-element onclick=ran()>x</custom-element>',
  '<p is="x-y" onclick=ran()>x</p>',
  '<img src="https://example.com/tracker.gif" alt="chart">',
];

const allowed = new Set(
  'A B BLOCKQUOTE BR CAPTION CODE DD DEL DL DT EM H1 H2 H3 H4 H5 H6 HR I IMG INPUT INS KBD LI MARK OL P PRE S STRONG SUB SUP TABLE TBODY TD TFOOT TH THEAD TR U UL'.split(
    ' ',
  ),
);
const allowedAttributes = new Set(
  'href src alt title start colspan rowspan type checked disabled aria-label'.split(' '),
);

describe('the sanitiser', function () {
  this.timeout(120_000);
  let harness: Harness;
  let view: ViewPage;
  let bare: Page;
  let probes = 0;
  let revision = 1;

  before(async () => {
    harness = await Harness.start();
    view = await harness.open('card');
    bare = await harness.unprotected();
    bare.on('request', (request) => {
      if (request.url().includes('/probe')) probes++;
    });
    await bare.exposeFunction('ran', () => void 0);
  });
  after(async () => {
    await harness.stop();
  });

  /** What the card editor shows for such a description. */
  const shown = async (html: string): Promise<string> => {
    await view.show({ ...fullCard({ description: text(html) }), revision: ++revision });
    const prose = view.page.locator('.description .prose');
    return (await prose.evaluate((each) => each.innerHTML)).replaceAll('<!---->', '');
  };

  /** How often something ran or loaded when this is a page's content and every event is fired at it. */
  const damage = async (html: string): Promise<number> => {
    probes = 0;
    const runs = await bare.evaluate(async (content) => {
      const here = window as unknown as { hits: number; ran(): void };
      here.hits = 0;
      here.ran = () => void here.hits++;
      document.body.innerHTML = content;
      const names: string[] = [];
      for (const name in document.body) if (name.startsWith('on')) names.push(name.slice(2));
      for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
        if (element instanceof HTMLAnchorElement && element.protocol === 'javascript:') element.click();
        for (const name of names)
          element.dispatchEvent(new Event(name, { bubbles: false, cancelable: true }));
      }
      await new Promise((done) => setTimeout(done, 60));
      const { hits } = here;
      document.body.innerHTML = '';
      return hits;
    }, html);
    return runs + probes;
  };

  it('lets nothing run and nothing load, of payloads that do so without it', async () => {
    let live = 0;
    for (const payload of payloads) {
      if ((await damage(payload)) > 0) live++;
      const clean = await shown(payload);
      assert.equal(await damage(clean), 0, `${payload} became ${clean}`);
    }
    console.log(`      ${live} of ${payloads.length} payloads work without the sanitiser`);
    assert.ok(live > payloads.length / 2, `only ${live} payloads of the control run work`);
  });

  it('leaves known tags and attributes only', async () => {
    for (const payload of payloads) {
      await shown(payload);
      const found = await view.page
        .locator('.description .prose *')
        .evaluateAll((elements) =>
          elements.flatMap((each) => [
            `<${each.namespaceURI === 'http://www.w3.org/1999/xhtml' ? each.tagName : 'foreign'}`,
            ...[...each.attributes].map(({ name, value }) => `${name}=${value}`),
          ]),
        );
      for (const each of found) {
        if (each.startsWith('<')) assert.ok(allowed.has(each.slice(1)), `${each} of ${payload}`);
        else {
          const [name = '', value = ''] = each.split(/=(.*)/s);
          assert.ok(allowedAttributes.has(name), `${name} of ${payload}`);
          if (name === 'href') assert.match(value, /^(https?|mailto):/i, payload);
          if (name === 'src') assert.match(value, /^data:image\/(png|jpeg|gif|webp);base64,/, payload);
        }
      }
    }
  });

  it('shows as text what it can’t take, never nothing', async () => {
    for (const start of [
      '<frameset>',
      '<frameset><frame src=/probe>',
      '<html><body>',
      '</body>',
      '<!doctype html>',
    ])
      assert.match(await shown(`${start}<p>still here</p>`), /still here/, start);
    const view_ = fullCard({
      description: { as: 'html', html: '<hr>'.repeat(60_000), text: 'many *rules*' },
    });
    await view.show({ ...view_, revision: ++revision });
    const description = view.page.locator('.description');
    assert.equal(await description.locator('.prose').textContent(), 'many *rules*');
    await description.getByText('Shown as text: it is too long or too intricate to be formatted.').waitFor();
  });

  it('makes links inside Odoo links to the server, and dead ones text', async () => {
    const odoo = 'https://odoo.example.com';
    const links: [href: string, shown: string | null][] = [
      ['/odoo/project/1', `${odoo}/odoo/project/1`],
      ['/web#id=3&amp;model=project.task', `${odoo}/web#id=3&amp;model=project.task`],
      ['#anchor', `${odoo}/#anchor`],
      ['//other.example.com/x', 'https://other.example.com/x'],
      ['http://example.com', 'http://example.com/'],
      ['mailto:a@example.com', 'mailto:a@example.com'],
      ['https://', null],
      ['https://user:secret@example.com/', null],
      ['ftp://example.com', null],
      ['file:///etc/passwd', null],
      [`https://example.com/${'a'.repeat(5_000)}`, null],
    ];
    for (const [href, address] of links)
      assert.equal(
        await shown(`<p><a href="${href}">x <b>y</b></a></p>`),
        address === null ? '<p>x <b>y</b></p>' : `<p><a href="${address}">x <b>y</b></a></p>`,
        href,
      );
    await view.show({
      ...fullCard({ description: text('<a href="/odoo">x</a>') }, { origin: undefined }),
      revision: ++revision,
    });
    assert.equal(await view.page.locator('.description .prose a').count(), 0, 'the demo has no server');
  });

  it('shows boxes that say whether they are ticked, and no other field', async () => {
    assert.equal(
      await shown(
        '<ul><li><input type="checkbox" disabled="" checked="">a</li><li><input type="checkbox">b</li></ul>',
      ),
      '<ul><li><input type="checkbox" disabled="" checked="" aria-label="Done">a</li>' +
        '<li><input type="checkbox" disabled="" aria-label="Not done">b</li></ul>',
    );
    assert.equal(await shown('<p>a<input type="text"><input type="radio"></p>'), '<p>a</p>');
  });

  it('gives what stays the same when it goes in again, and when it is parsed again', async () => {
    const { description } = fullCard().card!;
    assert.ok(description.as === 'html');
    for (const payload of [...payloads, description.html]) {
      const once = await shown(payload);
      const parsed = await bare.evaluate((html) => {
        const inert = document.implementation.createHTMLDocument('');
        inert.body.innerHTML = html;
        return inert.body.innerHTML;
      }, once);
      assert.equal(parsed, once, payload);
      assert.equal(await shown(once), once, payload);
    }
  });

  it('keeps what Markdown makes', async () => {
    const text =
      '<h1>Plan</h1>\n<p>A <strong>bold</strong> <em>word</em>, <s>gone</s>, <code>code</code><br>' +
      '<a href="https://example.com/a?b=1&amp;c=2" title="t">link</a> <a href="mailto:a@example.com">mail</a></p>\n' +
      '<ol start="3">\n<li>three</li>\n</ol>\n<ul>\n<li>x</li>\n</ul>\n<blockquote>\n<p>q</p>\n</blockquote>\n' +
      '<pre><code>a &lt; b\n</code></pre>\n<table>\n<thead>\n<tr>\n<th>h</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>d</td>\n</tr>\n</tbody>\n</table>\n';
    assert.equal(await shown(text), text);
  });

  it('shows pictures that are in the text, and a note for others', async () => {
    const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    assert.equal(
      await shown(`<p><img src="${pixel}" alt="dot"></p>`),
      `<p><img src="${pixel}" alt="dot"></p>`,
    );
    assert.equal(
      await shown('<p><img src="https://example.com/a.png" alt="chart"></p>'),
      '<p><mark>Image: chart, open in Odoo to see it</mark></p>',
    );
  });
});
