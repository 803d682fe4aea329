import assert from 'node:assert/strict';
import { type Log, type LogLevel, logOf, stackOf, systemCodeOf } from '../../../src/base/log';

const LEVELS: LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];

/** A log that remembers, each line with its level. */
function remembering() {
  const lines: string[] = [];
  const log = Object.fromEntries(
    LEVELS.map((level) => [level, (line: string) => lines.push(`${level} ${line}`)]),
  ) as unknown as Log;
  return { log, lines };
}

describe('log', () => {
  it('names the part of the program in each line, and keeps its level', () => {
    const { log, lines } = remembering();
    const part = logOf(logOf(log, 'demo'), 'outbox');
    for (const level of LEVELS) part[level]('goes on');
    assert.deepEqual(
      lines,
      LEVELS.map((level) => `${level} demo: outbox: goes on`),
    );
  });

  it('tells an error of ours with its stack and those of its causes', () => {
    function innermost() {
      return new TypeError('no such stage');
    }
    const text = stackOf(new Error('not drawn', { cause: innermost() }));
    assert.match(text, /^Error: not drawn\n {4}at /);
    assert.match(text, /\ncaused by TypeError: no such stage\n {4}at innermost/);
  });

  it('ends where errors cause each other in a circle', () => {
    const one = new Error('one');
    const two = new Error('two', { cause: one });
    one.cause = two;
    assert.equal(stackOf(one).match(/caused by/g)?.length, 5);
    assert.equal(systemCodeOf(one), undefined);
  });

  it('tells of what is no error its kind alone: it may be what a person wrote', () => {
    assert.equal(stackOf('a title'), 'thrown: string');
    assert.equal(stackOf(new Error('outer', { cause: { title: 'a title' } })).includes('a title'), false);
  });

  it('says what the system said, of the innermost cause that has a code', () => {
    const refused = Object.assign(new Error('x'), {
      ...{ code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 8069 },
    });
    const failed = new TypeError('fetch failed', { cause: refused });
    assert.equal(systemCodeOf(failed), 'ECONNREFUSED connect 127.0.0.1:8069');
    assert.equal(systemCodeOf(Object.assign(new Error('x'), { code: 'ENOSPC' })), 'ENOSPC');
    assert.equal(systemCodeOf(new Error('x')), undefined);
    assert.equal(systemCodeOf({ code: 'ENOSPC' }), undefined);
  });
});
