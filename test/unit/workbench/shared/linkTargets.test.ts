import assert from 'node:assert/strict';
import { linkTarget, ownPage } from '../../../../src/workbench/shared/linkTargets';
import { markupIn } from '../../../hostileTexts';

const BASE = 'https://odoo.example.com:8443';
const questionOf = (href: string, base = BASE) => {
  const target = linkTarget(href, base);
  return target.kind === 'asked' ? target.question : target.kind;
};

describe('a link of a text', () => {
  it('opens a page of the own server unasked', () => {
    for (const [href, url] of [
      ['/odoo/project/1/tasks/7', `${BASE}/odoo/project/1/tasks/7`],
      ['/web#id=7&model=project.task', `${BASE}/web#id=7&model=project.task`],
      [`${BASE}/mail/view?model=project.task&res_id=7`, `${BASE}/mail/view?model=project.task&res_id=7`],
      ['/my/tasks/7', `${BASE}/my/tasks/7`],
      ['/web/image/12', `${BASE}/web/image/12`],
      ['#anchor', `${BASE}/#anchor`],
    ] as const)
      assert.deepEqual(linkTarget(href, BASE), { kind: 'page', url });
  });

  it('asks before one of the own server that may act', () => {
    for (const path of [
      '/web/session/logout?redirect=/odoo',
      '/web/session/logout',
      '/odoo/../web/session/logout',
      '/odoo/%2e%2e/web/session/logout',
      '/odoo/%2e%2e%2fweb%2fsession%2flogout',
      '/mail/unfollow?model=project.task&res_id=7&pid=3&token=x',
      '/mail/view?model=project.task&res_id=7&do=it',
      '/my/orders/1/accept',
      '/odoo?debug=1',
      '/web/login?redirect=//evil.example',
      '/anything',
    ])
      assert.match(
        questionOf(path),
        /^Open odoo\.example\.com:8443\/.*\? It may do something there\.$/,
        path,
      );
    assert.equal(
      questionOf('/web/session/logout?redirect=/odoo'),
      'Open odoo.example.com:8443/web/session/logout?redirect=/odoo? It may do something there.',
    );
  });

  it('names another server with its port and in punycode', () => {
    assert.equal(
      questionOf('https://odoo.example.com/x'),
      'Open odoo.example.com?',
      'another port is another server',
    );
    assert.equal(questionOf('https://odoo.example.com:9999/x'), 'Open odoo.example.com:9999?');
    assert.equal(questionOf('https://оdoo.example.com/'), 'Open xn--doo-red.example.com?');
    assert.equal(questionOf('//other.example'), 'Open other.example?');
    assert.equal(
      questionOf('http://plain.example:81/'),
      'Open plain.example:81? The connection is not encrypted.',
    );
  });

  it('shows all that a mail carries', () => {
    assert.equal(questionOf('mailto:a@b.example'), 'Write an e-mail to a@b.example?');
    assert.equal(
      questionOf('mailto:a@b.example?cc=c@d.example&bcc=e@f.example&subject=Pay%20now&body=1%2B1'),
      'Write an e-mail to a@b.example? It carries: cc: c@d.example; bcc: e@f.example; subject: Pay now; body: 1+1',
    );
    assert.equal(questionOf('mailto:?to=x@y.example'), 'Write an e-mail to ?? It carries: to: x@y.example');
    assert.match(
      questionOf(`mailto:a@b.example?subject=${'x'.repeat(900)}&BCC=hidden@x.example`),
      /BCC: hidden@x\.example/,
    );
    assert.deepEqual(markupIn(questionOf('mailto:a?subject=[x](command:y)$(bug)')), []);
  });

  it('is dead when it is of another kind, or hides a login', () => {
    for (const href of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'command:x',
      'vscode://a/b',
      'ftp://a/b',
      'tel:1',
    ])
      assert.equal(questionOf(href), 'dead', href);
    for (const href of ['https://odoo.example.com:8443@evil.example/', 'https://a:b@c.example', 'https://'])
      assert.equal(questionOf(href), 'dead', href);
  });
});

describe('the page of a card', () => {
  it('stands at the address by which the server is reached', () => {
    const path = '/odoo/project/1/tasks/7';
    for (const origin of [BASE, 'http://127.0.0.1:8069'])
      for (const named of [path, `https://odoo.example.com${path}`, `http://10.0.0.3:8069${path}`])
        assert.equal(ownPage(named, origin), origin + path);
    assert.equal(ownPage('http://x/web#id=7', BASE), `${BASE}/web#id=7`);
  });

  it('is none when the server names what is no page', () => {
    for (const named of [
      'javascript:alert(1)',
      'https://x/web/session/logout',
      'https://x//evil.example/',
      'mailto:a',
    ])
      assert.equal(ownPage(named, BASE), undefined, named);
  });
});
