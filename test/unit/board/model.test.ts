import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BoardStore } from '../../../src/board/boardStore';
import { Journal } from '../../../src/board/journal/journal';
import { addComment, editCard } from '../../../src/board/mutations/mutation';
import { TaskboardError } from '../../../src/client/taskboardError';
import { anna, card } from './builders';
import { Disk } from './diskStorage';
import { FakeClock, settle } from './fakeClock';
import { BOARD } from './opened';
import { type HeldWrite, scriptedClient } from './scriptedClient';

/** What must hold, in a few words: every change that was called saved is on the server once, or waits, or was given up. */
class Model {
  /** By card: the names of its changes that were called saved and not given up, in order. */
  readonly saved = new Map<string, string[]>();

  keep(cardId: string, name: string): void {
    this.saved.set(cardId, [...(this.saved.get(cardId) ?? []), name]);
  }

  drop(cardId: string, name: string): void {
    this.saved.set(
      cardId,
      (this.saved.get(cardId) ?? []).filter((each) => each !== name),
    );
  }

  /** @param done by card, what the server did @param waiting by card, what is unsent, in order */
  check(done: Map<string, string[]>, waiting: Map<string, string[]>): void {
    for (const cardId of CARDS) {
      const [there, left] = [done.get(cardId) ?? [], waiting.get(cardId) ?? []];
      assert.equal(new Set(there).size, there.length, 'done once');
      const wanted = this.saved.get(cardId) ?? [];
      const all = [...there, ...left.filter((name) => !there.includes(name))];
      assert.deepEqual(all, wanted, `${cardId}: done ${there.join(' ')}, waiting ${left.join(' ')}`);
    }
  }
}

const CARDS = ['task:1', 'task:2'];

/** The real thing: store, outbox and journal on a disk, and a server that does what the commands say. */
class Real {
  readonly disk = new Disk();
  readonly done = new Map<string, string[]>();
  private readonly keys = new Set<string>();
  private answered = 0;
  private names = 0;
  /** What this run of the program did: the stack is gone with it. */
  private undoable: string[] = [];
  private windows = 0;
  private parts!: {
    store: BoardStore;
    clock: FakeClock;
    writes: HeldWrite[];
    storage: ReturnType<Disk['storage']>;
    server: ReturnType<typeof scriptedClient>['server'];
  };

  async start(): Promise<void> {
    const storage = this.disk.storage();
    const { client, writes, server } = scriptedClient(
      [card(1), card(2)],
      ['snapshot', 'idempotency', 'etag'],
    );
    const clock = new FakeClock();
    const window = `w${++this.windows}`;
    const journal = await Journal.open({ storage, clock, window });
    let ids = 0;
    const uuid = () => `${window}-${++ids}`;
    const store = new BoardStore({ client, journal, account: 'a', uuid, clock, random: () => 0.5 });
    this.parts = { store, clock, writes, storage, server };
    this.answered = 0;
    this.undoable = [];
    await settle();
    await store.open(BOARD);
    await settle();
  }

  async change(model: Model, cardId: string, kind: 'comment' | 'title'): Promise<void> {
    const name = `n${++this.names}`;
    const comment = { localId: name, body_md: name, mentions: [], author: anna, at: '' };
    const mutation = kind === 'title' ? editCard(cardId, { title: name }) : addComment(cardId, comment);
    const { saved } = this.parts.store.mutate(BOARD, mutation);
    await settle();
    await saved.then(
      () => {
        model.keep(cardId, name);
        this.undoable.push(name);
      },
      () => {},
    );
  }

  /** Answers the oldest request under way: done, or done with its answer lost, or refused, or not reached at all. */
  async answer(how: 'done' | 'lost' | 'refused' | 'missed' | 'conflict'): Promise<void> {
    await settle();
    const write = this.parts.writes[this.answered];
    if (!write) return;
    this.answered++;
    const { endpoint, request, options } = write;
    const cardId = request.params!.card_id;
    const name = String(request.body?.['body_md'] ?? request.body?.['title']);
    if (how === 'conflict' && endpoint === 'updateCard' && !this.keys.has(options.idempotencyKey!)) {
      const now = { ...card(Number(cardId.slice(5))), title: `theirs ${name}` };
      this.parts.server.cards = this.parts.server.cards.map((each) => (each.card_id === cardId ? now : each));
      write.fail(failure('conflict', { status: 412, details: { card: now }, etag: `"${name}"` }));
    } else if (how === 'refused' && !this.keys.has(options.idempotencyKey!))
      write.fail(failure('permission', { status: 403 }));
    else if (how === 'missed') write.fail(failure('network', {}));
    else {
      if (!this.keys.has(options.idempotencyKey!))
        this.done.set(cardId, [...(this.done.get(cardId) ?? []), name]);
      this.keys.add(options.idempotencyKey!);
      const now = { ...card(Number(cardId.slice(5))), ...(endpoint === 'updateCard' && { title: name }) };
      if (endpoint === 'updateCard')
        this.parts.server.cards = this.parts.server.cards.map((each) =>
          each.card_id === cardId ? now : each,
        );
      const activity = { event_id: `msg:${this.keys.size}`, type: 'comment', author: anna, created_at: '' };
      if (how === 'lost') write.fail(failure('network', { ambiguous: true }));
      else write.confirm(endpoint === 'updateCard' ? { card: now } : { activity });
    }
    await settle();
  }

  async crash(torn: number): Promise<void> {
    this.parts.storage.crash(torn);
    this.parts.store.dispose();
    await this.start();
  }

  pass = (ms: number) => this.parts.clock.advance(ms);

  /** A person settles the first thing that waits for them. */
  async decide(model: Model, how: 'again' | 'discard'): Promise<void> {
    const record = this.parts.store.unsentRecords().find(({ state }) => state.name !== 'queued');
    if (!record) return;
    if (how === 'discard') {
      await this.parts.store.discard(record.id);
      model.drop(record.operation.cardId, nameOf(record));
      this.undoable = this.undoable.filter((each) => each !== nameOf(record));
    } else if (record.state.name === 'conflict') await this.parts.store.resolve(record.id, 'mine');
    else await this.parts.store.retry(record.id);
    await settle();
  }

  /** Takes back the last change while it is not sent yet; later that is another change, which this model does not follow. */
  async undo(model: Model): Promise<void> {
    const name = this.undoable.at(-1);
    const last = this.parts.store.unsentRecords().find((record) => nameOf(record) === name);
    if (!name || !last || last.call || last.state.name !== 'queued') return;
    assert.ok((await this.parts.store.undo(BOARD)).done);
    this.undoable.pop();
    model.drop(last.operation.cardId, name);
    await settle();
  }

  check(model: Model): void {
    const waiting = new Map<string, string[]>();
    for (const record of this.parts.store.unsentRecords()) {
      const { cardId } = record.operation;
      waiting.set(cardId, [...(waiting.get(cardId) ?? []), nameOf(record)]);
    }
    model.check(this.done, waiting);
  }
}

const failure = (kind: TaskboardError['kind'], facts: object) => new TaskboardError(kind, { kind, ...facts });

function nameOf({
  operation,
}: {
  operation: { kind: string; changes?: { title?: string }; body_md?: string };
}): string {
  return operation.changes?.title ?? operation.body_md ?? '';
}

const command = (
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
): fc.AsyncCommand<Model, Real> => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real);
    real.check(model);
  },
  toString: () => name,
});

describe('the engine against a model', function () {
  this.timeout(120_000);

  it('keeps every saved change once and in order, whatever happens in whatever order', async () => {
    const commands = [
      fc
        .record({
          cardId: fc.constantFrom(...CARDS),
          kind: fc.constantFrom('comment' as const, 'title' as const),
        })
        .map(({ cardId, kind }) =>
          command(`${kind} ${cardId}`, (model, real) => real.change(model, cardId, kind)),
        ),
      fc
        .constantFrom(
          'done' as const,
          'done' as const,
          'lost' as const,
          'refused' as const,
          'missed' as const,
          'conflict' as const,
        )
        .map((how) => command(how, (_, real) => real.answer(how))),
      fc
        .double({ min: 0, max: 1, noNaN: true })
        .map((torn) => command(`crash ${torn}`, (_, real) => real.crash(torn))),
      fc.constant(command('wait', (_, real) => real.pass(120_000))),
      fc
        .constantFrom('again' as const, 'discard' as const)
        .map((how) => command(how, (model, real) => real.decide(model, how))),
      fc.constant(command('undo', (model, real) => real.undo(model))),
    ];
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { size: '+1' }), async (all) => {
        const real = new Real();
        await real.start();
        await fc.asyncModelRun(() => ({ model: new Model(), real }), all);
      }),
      { numRuns: 80 },
    );
  });
});
