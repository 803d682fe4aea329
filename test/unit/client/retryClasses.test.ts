import assert from 'node:assert/strict';
import { createBreaker } from '../../../src/client/breaker';
import { delayBefore, type RetryClass, retryClassOf } from '../../../src/client/retryClasses';
import { TaskboardError } from '../../../src/client/taskboardError';

const failure = (facts: ConstructorParameters<typeof TaskboardError>[1]) => new TaskboardError('x', facts);

describe('retry classes', () => {
  const byStatus: [number, RetryClass][] = [
    [400, 'park'],
    [401, 'signIn'],
    [403, 'park'],
    [404, 'park'],
    [405, 'park'],
    [409, 'park'],
    [412, 'stale'],
    [413, 'park'],
    [415, 'park'],
    [422, 'park'],
    [429, 'again'],
    [500, 'few'],
    [501, 'few'],
    [502, 'again'],
    [503, 'again'],
    [504, 'again'],
  ];
  for (const [status, wanted] of byStatus)
    it(`${status} is ${wanted}`, () => {
      assert.equal(retryClassOf(failure({ kind: 'server', status })), wanted);
    });

  it('no answer is tried again; an unreadable one is not understood', () => {
    assert.equal(retryClassOf(failure({ kind: 'network' })), 'again');
    assert.equal(retryClassOf(failure({ kind: 'timeout' })), 'again');
    assert.equal(retryClassOf(failure({ kind: 'contract', status: 200 })), 'unknown');
  });

  it('a twin that still runs is waited for', () => {
    assert.equal(retryClassOf(failure({ kind: 'conflict', status: 409, retryAfterMs: 1_000 })), 'again');
  });

  it('waits with full jitter that doubles to a minute, and never less than the server asks', () => {
    const error = failure({ kind: 'network' });
    assert.equal(
      delayBefore(1, error, () => 0),
      0,
    );
    assert.deepEqual(
      [1, 2, 3, 6, 7, 8, 50].map((failures) => delayBefore(failures, error, () => 1)),
      [1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000],
    );
    assert.equal(
      delayBefore(1, failure({ kind: 'rateLimited', retryAfterMs: 120_000 }), () => 0.5),
      120_000,
    );
  });
});

describe('the breaker of a server', () => {
  it('leaves a server alone after five failures in a row, and comes back when it answers', async () => {
    const breaker = createBreaker(60_000);
    let calls = 0;
    const call = () => {
      calls++;
      return Promise.reject(failure({ kind: 'network', ambiguous: true }));
    };
    for (let i = 0; i < 8; i++) await assert.rejects(breaker.run(call));
    assert.equal(calls, 5);
    await assert.rejects(
      breaker.run(call),
      (error: TaskboardError) => !error.ambiguous && error.retryAfterMs === 60_000,
    );
    breaker.reset();
    assert.equal(await breaker.run(() => Promise.resolve('back')), 'back');
  });

  it('does not mind refusals', async () => {
    const breaker = createBreaker(60_000);
    for (let i = 0; i < 8; i++)
      await assert.rejects(breaker.run(() => Promise.reject(failure({ kind: 'permission', status: 403 }))));
    assert.equal(await breaker.run(() => Promise.resolve(1)), 1);
  });
});
