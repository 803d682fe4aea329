import assert from 'node:assert/strict';
import { Avatars } from '../../src/board/people/avatars';
import { createRestClient } from '../../src/client/restClient';
import type { Partner } from '../../src/contract/entities';
import { FakeClock } from '../unit/board/fakeClock';
import { callKw, openSession } from './rpc';
import { odooServer, type RunningOdoo } from './server';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('avatars of a real Odoo', function () {
  let odoo: RunningOdoo;
  let session: string;
  let me: Partner;
  let clock: FakeClock;
  let answers: { status: number; headers: Headers }[];
  let avatars: Avatars;

  before(async function () {
    odoo = await odooServer(this);
    session = await openSession(
      odoo,
      odoo.users.find(({ role }) => role === 'admin'),
    );
    me = await readMe();
    await draw(PIXEL);
  });
  after(() => odoo && draw(false));
  beforeEach(() => {
    clock = new FakeClock();
    answers = [];
    avatars = new Avatars({
      ...{ origin: odoo.url, database: odoo.db, clock, signedIn: () => true },
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        answers.push(response);
        return response;
      },
      cache: { load: async () => null, save: async () => {}, clear: async () => {} },
    });
  });
  afterEach(() => avatars.dispose());

  const draw = (image: string | false) =>
    callKw(odoo, session, 'res.partner', 'write', [[me.partner_id], { image_1920: image }]);
  const readMe = async () => {
    const client = createRestClient({
      ...{ origin: odoo.url, fetch: (url, init) => fetch(url, init), token: () => odoo.token },
    });
    return (await client.getMe({})).value.partner;
  };
  const shown = async (avatar_url: string | null | undefined = me.avatar_url) => {
    const uris: string[] = [];
    await avatars.show({ partner_id: me.partner_id, avatar_url }, true, (uri) => uris.push(uri));
    return uris;
  };

  it('are exactly the picture that a person has there', async () => {
    me = await readMe();
    const [row] = await callKw<{ avatar_128: string }[]>(odoo, session, 'res.partner', 'read', [
      [me.partner_id],
      ['avatar_128'],
    ]);
    assert.deepEqual(await shown(), [`data:image/png;base64,${row?.avatar_128}`]);
    assert.equal(row?.avatar_128, PIXEL);
  });

  it('are found though Odoo is wrong about its own address', async () => {
    const { pathname, search } = new URL(me.avatar_url!);
    assert.deepEqual(await shown(`https://wrong.invalid${pathname}${search}`), [
      `data:image/png;base64,${PIXEL}`,
    ]);
  });

  it('are not Odoo’s grey placeholder when the token is not good', async () => {
    assert.deepEqual(await shown(me.avatar_url!.replace(/access_token=.{8}/, 'access_token=00000000')), []);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200],
      'it gives one',
    );
  });

  it('are not sent again a day later, unless they changed', async () => {
    await shown();
    await clock.advance(24 * 3_600_000);
    assert.deepEqual(await shown(), [`data:image/png;base64,${PIXEL}`]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 304],
    );
    await draw(false);
    await clock.advance(24 * 3_600_000);
    const [, drawn] = await shown();
    assert.match(drawn!, /^data:image\/(svg\+xml|png);base64,/, 'what Odoo draws for somebody without');
    await draw(PIXEL);
  });
});
