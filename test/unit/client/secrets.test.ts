import assert from 'node:assert/strict';
import { createRestClient } from '../../../src/client/restClient';
import { TaskboardError } from '../../../src/client/taskboardError';
import { Secrets } from '../../../src/client/secrets';
import { card } from '../board/builders';
import { type FaultServer, json, startFaultServer } from './faultServer';

const TOKEN = 'canary+token/9f8e7d6c5b4a';
const PASSWORD = 'correct horse & "staple"';
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A secret in the ways in which a server may say it. */
const ways = (secret: string): Record<string, string> => ({
  'as it is': secret,
  'in a sentence': `you sent Bearer ${secret}, which is wrong`,
  'in a URL': `https://x.example/?t=${encodeURIComponent(secret)}`,
  'in a form': new URLSearchParams({ t: secret }).toString(),
  'in base64': base64(secret),
  'in base64 behind one letter': base64(`a${secret}`),
  'in base64 behind two, and before more': base64(`ab${secret} and more`),
  'in base64 for basic sign-in': base64(`anna@example.com:${secret}`),
  'in base64 for URLs': Buffer.from(`abc${secret}`).toString('base64url'),
  'in JSON within a text': JSON.stringify({ authorization: `Bearer ${secret}` }),
});

/** Whether a text tells the secret, in any of those ways. */
function tells(text: string, secret: string): boolean {
  if (
    [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].some((form) =>
      text.includes(form),
    )
  )
    return true;
  const words = text.match(/[A-Za-z0-9+/_-]{12,}/g) ?? [];
  return words.some((word) =>
    [0, 1, 2, 3].some((skip) =>
      Buffer.from(word.slice(skip), 'base64').toString('latin1').includes(secret.slice(2, -4)),
    ),
  );
}

describe('a secret that a server says back', () => {
  let server: FaultServer;
  beforeEach(async () => void (server = await startFaultServer()));
  afterEach(() => server.stop());
  const client = (token = TOKEN) =>
    createRestClient({ origin: server.origin, fetch: (url, init) => fetch(url, init), token: () => token });
  const caught = async (call: Promise<unknown>): Promise<TaskboardError> => {
    const error = await call.then(
      () => assert.fail('the call went through'),
      (reason: unknown) => reason,
    );
    assert.ok(TaskboardError.is(error), String(error));
    return error;
  };
  const allOf = (error: TaskboardError) =>
    [
      error.message,
      error.stack,
      error.code,
      error.etag,
      JSON.stringify(error.details ?? {}),
      String(error.cause),
      (error.cause as Error | undefined)?.stack,
    ].join('\n');

  for (const [way, text] of Object.entries(ways(TOKEN)))
    it(`is in no error, ${way}`, async () => {
      const error = { code: text, message: text, details: { reference: text, [text]: [text] } };
      for (const status of [400, 409, 500]) {
        server.answer(json(status, { error }));
        const told = allOf(await caught(client().getMe({})));
        assert.ok(!tells(told, TOKEN), told);
      }
      for (const header of ['x-contract-version', 'content-type', 'etag']) {
        server.answer(json(header === 'etag' ? 412 : 200, {}, { [header]: text }));
        const told = allOf(await caught(client().getMe({})));
        assert.ok(!tells(told, TOKEN), `${header}: ${told}`);
      }
    });

  for (const [way, text] of Object.entries(ways(TOKEN)))
    it(`is in no card, ${way}`, async () => {
      server.answer(json(200, card(1, { title: text })));
      const { value } = await client().getCard({ params: { card_id: 'task:1' } });
      assert.ok(!tells(value.title, TOKEN), value.title);
    });

  it('is found behind escapes that JSON does not need', async () => {
    const escaped = [...TOKEN]
      .map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
    const body = JSON.stringify(card(1, { title: 'HERE' })).replace('HERE', escaped);
    server.answer((_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-contract-version': '1.0.0' })
        .end(body);
    });
    const { value } = await client().getCard({ params: { card_id: 'task:1' } });
    assert.ok(!tells(value.title, TOKEN), value.title);
  });

  it('is no password either, when signing in is refused; a token is taken as it is', async () => {
    const signIn = () => client(undefined).createToken({ body: { username: 'anna', password: PASSWORD } });
    for (const text of Object.values(ways(PASSWORD))) {
      server.answer(
        json(400, { error: { code: 'VALIDATION_ERROR', message: text, details: { got: text } } }),
      );
      const told = allOf(await caught(signIn()));
      assert.ok(!tells(told, PASSWORD), told);
    }
    server.answer(json(200, { token: PASSWORD, expires_in: 1 }));
    assert.equal((await signIn()).value.token, PASSWORD);
  });

  it('is in no error of sending: a header that can’t be sent is quoted by the runtime', async () => {
    const token = `${TOKEN}\u200b`;
    const told = allOf(await caught(client(token).getMe({})));
    assert.ok(!tells(told, TOKEN), told);
  });

  it('takes nothing else away', () => {
    const secrets = new Secrets([TOKEN, 'abc', undefined]);
    const value = { title: 'abc: canary+token', list: [1, null, true, 'x'] };
    assert.deepEqual(secrets.value(value), value);
    assert.equal(secrets.parsed(value, JSON.stringify(value)), value);
  });
});
