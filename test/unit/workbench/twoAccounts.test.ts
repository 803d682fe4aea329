import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { avatarFiles } from '../../../src/board/people/avatarFiles';
import { Avatars } from '../../../src/board/people/avatars';
import { BoardStore } from '../../../src/board/boardStore';
import { Journal } from '../../../src/board/journal/journal';
import { addComment, editCard } from '../../../src/board/mutations/mutation';
import { snapshotFiles } from '../../../src/board/sync/snapshotFiles';
import { TaskboardError } from '../../../src/client/taskboardError';
import { type CardRef, sameBoard, sameCard } from '../../../src/contract/keys';
import type { AvatarsView } from '../../../src/messages/shared';
import { Drafts } from '../../../src/workbench/shared/drafts';
import { PageAvatars } from '../../../src/workbench/page/pageAvatars';
import { ShownRefs } from '../../../src/workbench/page/shownRefs';
import { Saved } from '../../../webview/card/savedText';
import { anna, board, card } from '../board/builders';
import { Disk } from '../board/diskStorage';
import { FakeClock, settle } from '../board/fakeClock';
import { scriptedClient } from '../board/scriptedClient';
import { pngOf } from '../client/pictures';

// Two firms whose servers count alike: everything of the one has the same ids as something of the other.
const ACCOUNTS = ['https://one.example.com|db|anna', 'https://two.example.com|db|anna'];
const CARDS = ['task:64', 'task:1'];
const BOARDS = ['project:1', 'project:2'];
const anyCard = fc.record(
  {
    connectionId: fc.constantFrom(...ACCOUNTS),
    boardId: fc.constantFrom(...BOARDS),
    cardId: fc.constantFrom(...CARDS),
  },
  { noNullPrototype: true },
);
const name = (ref: CardRef) => JSON.stringify([ref.connectionId, ref.boardId, ref.cardId]);
const everyCard = ACCOUNTS.flatMap((connectionId) =>
  BOARDS.flatMap((boardId) => CARDS.map((cardId) => ({ connectionId, boardId, cardId }))),
);

/** What somebody does about one card. */
const deed = fc.record({
  about: anyCard,
  does: fc.constantFrom('comment', 'description', 'discard'),
  text: fc.string(),
});

describe('two accounts with equal ids', () => {
  it('keep their half-typed texts apart, over a crash of the window', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 20 }), async (deeds) => {
        const disk = new Disk();
        const storage = disk.storage();
        const clock = new FakeClock();
        const drafts = new Drafts(await Journal.open({ storage, clock, window: '1' }));
        const comments = new Map<string, string>();
        const descriptions = new Map<string, string>();
        for (const { about, does, text } of deeds) {
          if (does === 'comment') {
            drafts.typedComment(about, text);
            comments.set(name(about), text);
          } else {
            const draft = does === 'discard' ? null : { text, from: 'before' };
            drafts.typedDescription(about, draft);
            if (draft) descriptions.set(name(about), text);
            else descriptions.delete(name(about));
          }
        }
        const seenIn = (from: Drafts) =>
          everyCard.map((each) => [from.comment(each), from.description(each)?.text]);
        const right = everyCard.map((each) => [comments.get(name(each)) ?? '', descriptions.get(name(each))]);
        assert.deepEqual(seenIn(drafts), right);
        await drafts.flush();
        storage.crash(0);
        const after = new Drafts(await Journal.open({ storage: disk.storage(), clock, window: '2' }));
        assert.deepEqual(seenIn(after), right);
      }),
      { numRuns: 50 },
    );
  });

  it('keep them apart in the state of a page, and a reload restores the card that was shown last', () => {
    let state: unknown;
    Object.assign(globalThis, {
      acquireVsCodeApi: () => ({ setState: (next: unknown) => (state = JSON.parse(JSON.stringify(next))) }),
    });
    fc.assert(
      fc.property(fc.array(deed, { minLength: 1, maxLength: 15 }), (deeds) => {
        const saved = new Saved(null);
        const comments = new Map<string, string | null>();
        for (const { about, text } of deeds) {
          saved.about(about);
          saved.keep(about, { comment: text, description: { text, from: '' } });
          comments.set(name(about), text);
        }
        const last = deeds.at(-1)!.about;
        assert.deepEqual((state as { identity: unknown }).identity, last);
        const restored = new Saved(state);
        for (const each of everyCard) {
          assert.equal(restored.of(each).comment, comments.get(name(each)) ?? null);
          assert.equal(restored.of(each).description?.text, comments.get(name(each)));
        }
      }),
    );
  });

  it('take no half-typed text from a state whose owner is not certain', () => {
    const [first] = everyCard;
    const old = {
      identity: first,
      tab: 'all',
      texts: { [first!.cardId]: { comment: 'Whose?', description: null } },
    };
    for (const each of everyCard) assert.equal(new Saved(old).of(each).comment, null);
  });

  it('take over a comment that was kept before boards stood in the keys, once', async () => {
    const [first] = everyCard;
    const journal = await Journal.open({
      storage: new Disk().storage(),
      clock: new FakeClock(),
      window: '1',
    });
    await journal.setDraft(`${first!.connectionId}/${first!.cardId}` as never, 'From last week');
    const drafts = new Drafts(journal);
    assert.equal(drafts.comment(first!), 'From last week');
    for (const each of everyCard.filter(({ connectionId }) => connectionId !== first!.connectionId))
      assert.equal(drafts.comment(each), '');
    await drafts.setComment(first!, '');
    assert.equal(drafts.comment(first!), '');
  });

  it('send what was written to their own server, each of it once', async () => {
    const clock = new FakeClock();
    const journal = await Journal.open({ storage: new Disk().storage(), clock, window: '1' });
    const made = await Promise.all(
      ACCOUNTS.map(async (account) => {
        const { client, writes } = scriptedClient([card(1), card(64)], ['snapshot', 'idempotency']);
        let ids = 0;
        const store = new BoardStore({
          ...{ client, journal, account, clock, random: () => 0.5 },
          uuid: () => `${account} ${++ids}`,
        });
        await store.open('project:1');
        return { account, store, writes };
      }),
    );
    for (const { account, store } of made) {
      store.mutate('project:1', editCard('task:64', { title: `Of ${account}` }));
      const comment = { localId: 'local', body_md: `To ${account}`, mentions: [], author: anna, at: '' };
      store.mutate('project:1', addComment('task:64', comment));
    }
    await clock.advance(1_000);
    for (const { account, store, writes } of made) {
      assert.equal(writes.length, 1, 'the comment waits for the title: they are about one card');
      writes[0]!.fail(new TaskboardError('No.', { kind: 'validation' }));
      await settle();
      assert.equal((writes[0]!.request as { body: { title: string } }).body.title, `Of ${account}`);
      assert.deepEqual(
        store.unsentRecords().map((record) => [record.account, record.state.name]),
        [
          [account, 'parked'],
          [account, 'queued'],
        ],
      );
    }
    for (const { account } of made)
      assert.deepEqual(
        journal.records(account).map((record) => record.account),
        [account, account],
      );
  });

  it('have pictures and boards of their own on the disk', async () => {
    const root = await mkdtemp(join(tmpdir(), 'taskboard-'));
    try {
      for (const account of ACCOUNTS) {
        const kept = { ...board([card(1)]), name: account };
        await snapshotFiles(root, account).saveBoard('project:1', { at: 1, board: kept, cards: [card(1)] });
        await avatarFiles(root, account).save(7, {
          address: account,
          uri: `data:image/png;base64,${pngOf(1, 1).toString('base64')}`,
          at: 1,
        });
      }
      for (const account of ACCOUNTS) {
        assert.equal((await snapshotFiles(root, account).loadBoard('project:1'))?.board.name, account);
        assert.equal(await snapshotFiles(root, account).loadBoard('project-1'), null);
        assert.equal((await avatarFiles(root, account).load(7))?.address, account);
      }
      await snapshotFiles(root, ACCOUNTS[0]!).clear();
      assert.ok(await snapshotFiles(root, ACCOUNTS[1]!).loadBoard('project:1'));
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  it('are shown their own people, though a page goes from one to the other', async () => {
    const posted: AvatarsView[] = [];
    let shown = ACCOUNTS[0]!;
    const uri = (account: string) => `data:image/png;base64,${pngOf(1, 1, account).toString('base64')}`;
    const avatars = new Map(
      ACCOUNTS.map((account) => [
        account,
        new Avatars({
          ...{ origin: new URL(account.split('|')[0]!).origin, signedIn: () => true, clock: new FakeClock() },
          fetch: () => Promise.reject(new Error('Nobody is asked.')),
          cache: {
            load: async () => ({ address: '', uri: uri(account), at: 0 }),
            save: async () => {},
            clear: async () => {},
          },
        }),
      ]),
    );
    const person = (account: string) => ({
      ...{ partner_id: 7, email: '', name: '' },
      avatar_url: `${account.split('|')[0]}/web/image/res.partner/7/avatar_128?access_token=x`,
    });
    const page = new PageAvatars({
      connectionId: () => shown,
      avatars: () => avatars.get(shown),
      people: () => [person(shown)],
      reachable: () => false,
      post: (pictures) => posted.push(pictures),
    });
    for (const account of [...ACCOUNTS, ...ACCOUNTS]) {
      shown = account;
      page.want({ connectionId: account, partnerIds: [7] });
      page.want({ connectionId: ACCOUNTS.find((other) => other !== account)!, partnerIds: [7] });
    }
    await settle();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(posted.length > 0);
    for (const { connectionId, pictures } of posted) assert.deepEqual(pictures, { 7: uri(connectionId) });
  });
});

describe('what a page may ask about', () => {
  const refused = (error: unknown) => TaskboardError.is(error) && error.kind === 'validation';

  it('is what it was shown, and nothing else, however it is named', () => {
    fc.assert(
      fc.property(fc.array(anyCard, { minLength: 1 }), anyCard, (shown, asked) => {
        const refs = new ShownRefs<CardRef>(sameCard);
        for (const each of shown) refs.show(each);
        if (shown.some((each) => sameCard(each, asked))) assert.ok(sameCard(refs.own(asked), asked));
        else assert.throws(() => refs.own(asked), refused);
      }),
    );
  });

  it('is nothing of another account once another page stands there', () => {
    fc.assert(
      fc.property(fc.array(anyCard, { minLength: 1 }), (shown) => {
        const refs = new ShownRefs<CardRef>(sameCard);
        for (const each of shown) refs.show(each);
        const last = shown.at(-1)!;
        refs.renew(last);
        for (const each of everyCard.filter((other) => !sameCard(other, last)))
          assert.throws(() => refs.own(each), refused);
        assert.ok(sameBoard(refs.own(last), last));
      }),
    );
    assert.throws(() => new ShownRefs<CardRef>(sameCard).own(undefined), refused);
  });
});
