import assert from 'node:assert/strict';
import { connectionTo, labelOf, parseOrigin } from '../../../src/account/connection';

describe('server address', () => {
  it('makes an origin of what a person types', () => {
    const origins = {
      'https://odoo.example.com': 'https://odoo.example.com',
      ' odoo.example.com/web#action=1 ': 'https://odoo.example.com',
      'ODOO.Example.com:8443/odoo': 'https://odoo.example.com:8443',
      'localhost:8069': 'http://localhost:8069',
      '127.0.0.1:8069/': 'http://127.0.0.1:8069',
      '[::1]:8069': 'http://[::1]:8069',
      'http://127.0.0.1': 'http://127.0.0.1',
      'https//x.example': 'https://x.example',
      'https:/x.example': 'https://x.example',
      'https:x.example': 'https://x.example',
      'https:///x.example': 'https://x.example',
      'https:\\\\x.example': 'https://x.example',
      'https;//x.example': 'https://x.example',
      '\u200bhttps://x.example': 'https://x.example',
      'https://x.example,': 'https://x.example',
      '“https://x.example”.': 'https://x.example',
      '<https://x.example/odoo>': 'https://x.example',
      'https://x.exa\u200bmple:8443': 'https://x.example:8443',
      'http:/localhost:8069': 'http://localhost:8069',
    };
    for (const [typed, origin] of Object.entries(origins))
      assert.deepEqual(parseOrigin(typed), { origin }, typed);
  });

  it('refuses the rest with what to do', () => {
    const problems = {
      '': /Type the address/,
      'http://odoo.example.com': /https:\/\//,
      'http://127.0.0.1.evil.example': /https:\/\//,
      'ftp://odoo.example.com': /https:\/\//,
      'https://user:secret@odoo.example.com': /Leave login and password out/,
      'https://': /no web address/,
    };
    for (const [typed, problem] of Object.entries(problems)) {
      const parsed = parseOrigin(typed);
      assert.ok('problem' in parsed, typed);
      assert.match(parsed.problem, problem, typed);
      assert.ok(!parsed.problem.includes('secret'));
    }
  });

  it('takes any login that a server may say, as far as an id holds it', () => {
    const odd = connectionTo({ origin: 'https://x.example' }, `\ud83d${'漢'.repeat(5_000)}`, 'apiKey', 7);
    assert.equal(odd.login.length, 300);
    assert.ok(odd.id.length < 4_096, 'what a page may name a connection by');
    assert.ok(odd.login.startsWith('\ufffd漢'));
  });

  it('binds a connection to origin, database and login', () => {
    const server = { origin: 'https://a.example' };
    const ids = [
      connectionTo(server, 'x@y', 'token'),
      connectionTo(server, 'z@y', 'token'),
      connectionTo({ ...server, database: 'x' }, 'x@y', 'token'),
      connectionTo({ origin: 'https://b.example' }, 'x@y', 'token'),
    ].map(({ id }) => id);
    assert.equal(new Set(ids).size, 4);
    assert.equal(connectionTo(server, 'X@Y', 'apiKey').id, ids[0], 'a login has no case');
    assert.equal(
      labelOf(connectionTo({ ...server, database: 'db' }, 'x@y', 'token')),
      'x@y at a.example (db)',
    );
  });
});
