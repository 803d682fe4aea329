import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import {
  BOARD_INTENTS,
  type BoardHostMethods,
  type BoardViewMethods,
} from '../../../src/messages/boardMessages';
import { CARD_INTENTS } from '../../../src/messages/cardMessages';
import {
  Channel,
  type Envelope,
  type Handlers,
  type Port,
  RequestFailed,
} from '../../../src/messages/channel';
import { validateIntent } from '../../../src/messages/intents';

/** Two ports with a wire between them; what is posted is cloned as `postMessage` does. */
function wire(): { host: Port; view: Port; toHost: (message: unknown) => void; sent: Envelope[] } {
  const listeners = { host: (_: unknown) => {}, view: (_: unknown) => {} };
  const sent: Envelope[] = [];
  const port = (own: 'host' | 'view', other: 'host' | 'view', validate: Port['validate']): Port => ({
    post: (message) => {
      sent.push(message);
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => listeners[other](copy));
    },
    listen: (receive) => {
      listeners[own] = receive;
      return () => (listeners[own] = () => {});
    },
    validate,
    describe: (error) => ({ reason: 'internal', sentence: (error as Error).message }),
  });
  return {
    host: port('host', 'view', (name, input) => validateIntent(BOARD_INTENTS, name, input)),
    view: port('view', 'host', (_, input) => input),
    toHost: (message) => listeners.host(message),
    sent,
  };
}

describe('messages between host and webview', () => {
  function pair(handlers: Partial<Handlers<BoardHostMethods>> = {}, timeoutMs = 1000) {
    const lines = wire();
    const calls: unknown[] = [];
    const host = new Channel<BoardHostMethods, BoardViewMethods>(lines.host, {
      moveCards: (input: unknown) => {
        calls.push(input);
        return { revision: 7 };
      },
      ...handlers,
    } as Handlers<BoardHostMethods>);
    const shown: unknown[] = [];
    const view = new Channel<BoardViewMethods, BoardHostMethods>(
      lines.view,
      {
        show: (input) => void shown.push(input),
        avatars: () => {},
        announce: () => {},
        othersChanged: () => {},
        command: () => {},
      },
      timeoutMs,
    );
    return { ...lines, host, view, calls, shown };
  }
  const move = { cardIds: ['task:1'], to: { stageId: 'stage:2', after: null } };

  it('answers an intent with the revision that shows it', async () => {
    const { view, calls } = pair();
    assert.deepEqual(await view.request('moveCards', move), { revision: 7 });
    assert.deepEqual(calls, [move]);
  });

  it('passes a handler’s failure on as a sentence', async () => {
    const { view } = pair({ moveCards: () => Promise.reject(new Error('No right to do this.')) });
    await assert.rejects(
      view.request('moveCards', move),
      (error) => RequestFailed.is(error) && /No right/.test(error.message),
    );
  });

  it('handles no malformed and no unknown intent', async () => {
    const { view, calls } = pair();
    const malformed = [
      { ...move, extra: 1 },
      { cardIds: [], to: move.to },
      { cardIds: ['task:1'], to: { stageId: 'stage:2' } },
      { cardIds: 'task:1', to: move.to },
    ];
    for (const input of malformed)
      await assert.rejects(view.request('moveCards', input as never), /malformed/);
    for (const name of ['runCommand', 'constructor', '__proto__', 'toString'])
      await assert.rejects(view.request(name as 'ready', {}), /no method|not known/);
    assert.deepEqual(calls, []);
  });

  it('is deaf to what is no message of ours', async () => {
    const { toHost, calls, sent } = pair();
    for (const junk of [
      null,
      1,
      'moveCards',
      {},
      { kind: 'request', name: 'moveCards' },
      { kind: 'request', id: 'x', name: 1 },
    ])
      toHost(junk);
    await turn();
    assert.deepEqual(calls, []);
    assert.deepEqual(sent, []);
  });

  it('gives up a request that gets no answer, and rejects all when it closes', async () => {
    const forever = { moveCards: () => new Promise<never>(() => {}) };
    await assert.rejects(pair(forever, 5).view.request('moveCards', move), /No answer came in time/);
    const { view } = pair(forever);
    const waiting = view.request('moveCards', move);
    view.dispose();
    await assert.rejects(waiting, /closed/);
    await assert.rejects(view.request('moveCards', move), /closed/);
  });

  it('waits for a person for as long as it takes', async () => {
    const answers: (() => void)[] = [];
    const asking = {
      moveCards: () => new Promise<{ revision: number }>((done) => answers.push(() => done({ revision: 7 }))),
    };
    const { view } = pair(asking, 5);
    const patient = view.request('moveCards', move, 'none');
    // Asked later and with a deadline: when that is over, the other one would have been over too.
    await assert.rejects(view.request('moveCards', move), /No answer came in time/);
    answers[0]!();
    assert.deepEqual(await patient, { revision: 7 });
  });

  it('has strict schemas for every intent', () => {
    for (const intents of [BOARD_INTENTS, CARD_INTENTS])
      for (const name of Object.keys(intents))
        assert.throws(() => validateIntent(intents, name, { surprise: 1 }), /malformed/, name);
  });
});
