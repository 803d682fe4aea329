import assert from 'node:assert/strict';
import { Avatars } from '../../../../src/board/people/avatars';
import { type BoardSnapshot, peopleIn, withDetail } from '../../../../src/board/snapshot/snapshot';
import type { AvatarsView } from '../../../../src/messages/shared';
import { PageAvatars } from '../../../../src/workbench/page/pageAvatars';
import { board, card, snapshot } from '../../board/builders';
import { FakeClock, settle } from '../../board/fakeClock';
import { pngOf } from '../../client/pictures';

const ORIGIN = 'https://odoo.example.com';
const picture = (text: string) => `data:image/png;base64,${pngOf(1, 1, text).toString('base64')}`;
const address = (id: number, token = 'signed') =>
  `${ORIGIN}/web/image/res.partner/${id}/avatar_128?access_token=${token}`;
const person = (id: number, avatar_url: string | null = address(id)) => ({
  ...{ partner_id: id, email: '', name: `Person ${id}` },
  avatar_url,
});

describe('the pictures of a page', () => {
  let posted: AvatarsView[];
  let asked: string[];
  let shown: BoardSnapshot | undefined;
  let connectionId: string;
  let reachable: boolean;
  let clock: FakeClock;
  let page: PageAvatars;
  let looks: number;
  let answering: Promise<void>;

  beforeEach(() => {
    posted = [];
    asked = [];
    shown = undefined;
    connectionId = 'one';
    reachable = true;
    looks = 0;
    answering = Promise.resolve();
    clock = new FakeClock();
    const open = () =>
      new Avatars({
        ...{ origin: ORIGIN, clock, signedIn: () => true },
        // The picture of partner 7 is a text that says so.
        fetch: async (url) => {
          const id = /partner\/([0-9]+)/.exec(url)![1]!;
          asked.push(id);
          await answering;
          return new Response(new Uint8Array(pngOf(1, 1, `${id} at ${clock.now()}`)), {
            headers: { 'content-type': 'image/png' },
          });
        },
        cache: { load: async () => null, save: async () => {}, clear: async () => {} },
      });
    const accounts = new Map([
      ['one', open()],
      ['two', open()],
    ]);
    page = new PageAvatars({
      connectionId: () => connectionId,
      avatars: () => accounts.get(connectionId),
      people: () => {
        looks++;
        return shown ? peopleIn(shown) : [];
      },
      reachable: () => reachable,
      post: (pictures) => posted.push(pictures),
    });
  });

  const cards = (...ids: number[]) => snapshot(ids.map((id) => card(id, { owners: [person(id)] })));

  it('are those of the people that it asks for, and of nobody else', async () => {
    shown = cards(...Array.from({ length: 1_000 }, (_, index) => index + 1));
    page.want({ connectionId, partnerIds: [7, 900] });
    await settle();
    assert.deepEqual(asked, ['7', '900']);
    const all = Object.assign({}, ...posted.map(({ pictures }) => pictures)) as Record<number, string>;
    assert.deepEqual(all, { 7: picture('7 at 0'), 900: picture('900 at 0') });
    page.again();
    await settle();
    assert.equal(asked.length, 2, 'and once');
    assert.equal(looks, 1, 'nobody is looked for who is found');
  });

  it('come once, however often the board changes meanwhile', async () => {
    let answer = () => {};
    answering = new Promise((resolve) => (answer = resolve));
    shown = cards(1);
    page.want({ connectionId, partnerIds: [1] });
    for (let i = 0; i < 3; i++) {
      page.again();
      await settle();
    }
    answer();
    await settle();
    assert.deepEqual(posted, [{ connectionId: 'one', pictures: { 1: picture('1 at 0') } }]);
  });

  it('come in one message when they are all there, and again to a page that was loaded again', async () => {
    shown = cards(1, 2, 3);
    page.want({ connectionId, partnerIds: [1, 2, 3] });
    await settle();
    posted = [];
    page.want({ connectionId, partnerIds: [1, 2, 3] });
    await settle();
    assert.deepEqual(
      posted.map(({ pictures }) => Object.keys(pictures)),
      [['1', '2', '3']],
    );
    assert.equal(asked.length, 3);
  });

  it('come when somebody becomes known, gets one, or the server is back', async () => {
    page.want({ connectionId, partnerIds: [1] });
    await settle();
    shown = snapshot([card(1, { owners: [person(1, null)] })]);
    page.again();
    await settle();
    shown = snapshot([card(1, { owners: [person(1, address(1, ''))] })]);
    page.again(); // from the disk: without a signature
    reachable = false;
    shown = cards(1);
    page.again();
    await settle();
    assert.deepEqual([asked, posted], [[], []]);
    reachable = true;
    page.again();
    await settle();
    assert.deepEqual(posted, [{ connectionId: 'one', pictures: { 1: picture('1 at 0') } }]);
  });

  it('are sent again only when they changed', async () => {
    shown = cards(1);
    page.want({ connectionId, partnerIds: [1] });
    await settle();
    await clock.advance(25 * 3_600_000);
    reachable = false;
    page.want({ connectionId, partnerIds: [1] });
    await settle();
    for (let i = 0; i < 3; i++) page.again();
    await settle();
    assert.deepEqual(
      posted.map(({ pictures }) => pictures[1]),
      [picture('1 at 0'), picture('1 at 0')],
    );
    reachable = true;
    page.again();
    await settle();
    assert.equal(posted.at(-1)?.pictures[1], picture(`1 at ${25 * 3_600_000}`));
    assert.equal(posted.length, 3);
  });

  it('are never those of another account’s people', async () => {
    shown = cards(1);
    page.want({ connectionId: 'two', partnerIds: [1] });
    await settle();
    assert.deepEqual(asked, [], 'asked by a page that shows another one by now');
    page.want({ connectionId: 'one', partnerIds: [1] });
    connectionId = 'two';
    page.again();
    await settle();
    assert.deepEqual(posted, [], 'nor what was under way');
    page.want({ connectionId: 'two', partnerIds: [1] });
    await settle();
    assert.deepEqual(
      posted.map(({ connectionId: of }) => of),
      ['two'],
    );
  });

  it('are found for everybody on a board or an open card, by the newest address', () => {
    const [member, owner, watcher, author] = [person(1), person(2), person(3), person(4)];
    const one = card(1, { owners: [person(1, address(1, 'old')), person(5)] });
    const activity = {
      ...{ event_id: 'msg:1', type: 'comment' as const, author },
      created_at: '2026-01-01T10:00:00Z',
    };
    const whole = withDetail(
      { ...snapshot([one]), board: { ...board([one]), owner, members: [{ ...member, role: 'viewer' }] } },
      { card: { ...one, watchers: [watcher] }, activities: [activity], activityTotal: 1 },
    );
    const first = new Map<number, string | null | undefined>();
    for (const { partner_id, avatar_url } of peopleIn(whole))
      if (!first.has(partner_id)) first.set(partner_id, avatar_url);
    assert.deepEqual([...first.keys()].sort(), [1, 2, 3, 4, 5]);
    assert.equal(first.get(1), address(1));
  });
});
