import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  BOARD_INTENTS,
  type BoardHostMethods,
  type BoardViewMethods,
} from '../../../../src/messages/boardMessages';
import { CARD_INTENTS } from '../../../../src/messages/cardMessages';
import { Channel, type Handlers } from '../../../../src/messages/channel';
import { CountedLog } from '../../../../src/workbench/page/countedLog';
import { hostPort } from '../../../../src/workbench/page/hostPort';

const KILOBYTE = 1_000;

/** The host's end of a board's line, with a page that sends what a test makes up. */
function host(intents: typeof BOARD_INTENTS | typeof CARD_INTENTS = BOARD_INTENTS) {
  const lines: string[] = [];
  const answers: unknown[] = [];
  const handled: unknown[] = [];
  let send: (message: unknown) => void = () => {};
  const webview = {
    postMessage: (message: unknown) => {
      answers.push(message);
      return Promise.resolve(true);
    },
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      send = listener;
      return { dispose: () => {} };
    },
  } as unknown as Parameters<typeof hostPort>[0];
  const log = {
    warn: (line: string) => lines.push(line),
    error: (line: string | Error) => lines.push(String(line)),
  };
  const handlers = Object.fromEntries(
    Object.keys(intents).map((name) => [name, (input: unknown) => void handled.push({ name, input })]),
  ) as unknown as Handlers<BoardHostMethods>;
  const channel = new Channel<BoardHostMethods, BoardViewMethods>(hostPort(webview, intents, log), handlers);
  return { channel, send: (message: unknown) => send(message), lines, answers, handled };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const written = (lines: readonly string[]) => lines.reduce((sum, { length }) => sum + length, 0);

describe('a page that was taken over', () => {
  it('fills no log and gets no more answers, whatever it asks for without end', async () => {
    const { send, lines, answers, handled } = host();
    for (let each = 0; each < 20_000; each++)
      send({ kind: 'request', id: each, name: `unknown${each}`, input: {} });
    await turn();
    assert.deepEqual(handled, []);
    assert.ok(answers.length < 1_000, `${answers.length} answers`);
    assert.ok(written(lines) < 4 * KILOBYTE, `${written(lines)} characters in the log`);
    assert.ok(lines.length < 10, lines.join('\n'));
  });

  it('is not listened to when a name is longer than any of ours', async () => {
    const { send, lines, answers, handled } = host();
    const name = 'x'.repeat(5_000_000);
    for (const kind of ['request', 'notice']) send({ kind, id: 1, name, input: {} });
    send({ kind: 'failure', id: 1, failure: { sentence: 5 } });
    send({ kind: 'request', id: Number.MAX_VALUE, name: 'refresh', input: {} });
    await turn();
    assert.deepEqual([answers, handled], [[], []]);
    assert.ok(written(lines) < KILOBYTE);
  });

  it('is refused what is larger than any message of ours, before a schema looks at it', async () => {
    const { send, lines, answers, handled } = host();
    let deep: unknown = 'task:1';
    for (let each = 0; each < 10_000; each++) deep = [deep];
    const large = [
      { cardIds: new Array(1_000_000).fill({}), to: {} },
      { cardIds: ['task:1'], to: { stageId: 'x'.repeat(5_000_000), after: null } },
      Object.fromEntries(Array.from({ length: 200_000 }, (_, each) => [`key${each}`, each])),
      deep,
    ];
    for (const input of large) send({ kind: 'notice', name: 'moveCards', input });
    for (const about of large) send({ kind: 'notice', name: 'refresh', input: {}, about });
    await turn();
    assert.deepEqual([answers, handled], [[], []]);
    assert.ok(written(lines) < KILOBYTE, lines.join('\n'));
  });

  it('makes the host do nothing but what is on the list, as it must be', async () => {
    const names = fc.oneof(
      fc.constantFrom(
        ...Object.keys(BOARD_INTENTS),
        ...Object.keys(CARD_INTENTS),
        '__proto__',
        'constructor',
      ),
      fc.string(),
    );
    const message = fc.oneof(
      fc.anything(),
      fc.record({
        kind: fc.constantFrom('request', 'notice', 'answer', 'failure', 'other'),
        id: fc.oneof(fc.integer(), fc.double(), fc.anything()),
        name: fc.oneof(names, fc.anything()),
        input: fc.anything(),
        about: fc.anything(),
        failure: fc.anything(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(BOARD_INTENTS, CARD_INTENTS),
        fc.array(message),
        async (intents, messages) => {
          const { send, handled, lines } = host(intents);
          for (const each of messages) send(each);
          await turn();
          for (const each of handled as { name: string; input: unknown }[]) {
            assert.ok(Object.hasOwn(intents, each.name));
            const schema = intents[each.name as keyof typeof intents] as { parse(input: unknown): unknown };
            assert.deepEqual(schema.parse(each.input), each.input);
          }
          assert.ok(written(lines) < 8 * KILOBYTE);
        },
      ),
    );
  });

  it('is heard again later: a page of ours may have been busy for a moment', async () => {
    const { send, handled } = host();
    for (let each = 0; each < 300; each++) send({ kind: 'notice', name: 'refresh', input: {} });
    await turn();
    assert.equal(handled.length, 300);
  });
});

describe('a log of what may happen any number of times', () => {
  it('has one line a kind and minute, and how many more there were', () => {
    const lines: string[] = [];
    const minutes: (() => void)[] = [];
    const log = new CountedLog({ warn: (line: string) => lines.push(line), error: () => {} }, (work) =>
      minutes.push(work),
    );
    for (let each = 0; each < 1_000; each++) log.write('warn', 'odd', () => `Odd: ${'x'.repeat(10_000)}`);
    assert.equal(lines.length, 1);
    assert.ok(lines[0]!.length < 3_000);
    minutes.shift()!();
    assert.match(lines[1]!, /999 more/);
    log.write('warn', 'odd', () => 'Odd again');
    assert.equal(lines[2], 'Odd again');
    for (let each = 0; each < 1_000; each++) log.write('warn', `kind ${each}`, () => 'One of many');
    assert.ok(lines.length < 100, 'kinds beyond a few are one');
  });
});
