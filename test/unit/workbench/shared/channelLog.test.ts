import assert from 'node:assert/strict';
import { ChannelLog } from '../../../../src/workbench/shared/channelLog';

type Channel = ConstructorParameters<typeof ChannelLog>[0];

describe('log in the output channel', () => {
  /** A channel that keeps what it gets. */
  function opened() {
    const written: string[] = [];
    const to = (level: string) => (line: string) => void written.push(`${level} ${line}`);
    const levels = ['trace', 'debug', 'info', 'warn', 'error'].map((level) => [level, to(level)]);
    const channel = { ...Object.fromEntries(levels), show: to('show'), dispose() {} } as unknown as Channel;
    let time = Date.UTC(2026, 2, 12, 9, 30);
    const log = new ChannelLog(channel, () => (time += 1_000));
    return { log, written };
  }

  it('writes each line at its level, and remembers all but traces with moment and level', () => {
    const { log, written } = opened();
    log.trace('one');
    log.debug('two');
    log.info('three');
    log.warn('four');
    log.error('five');
    assert.deepEqual(written, ['trace one', 'debug two', 'info three', 'warn four', 'error five']);
    assert.deepEqual(log.last, [
      '2026-03-12T09:30:01.000Z [debug] two',
      '2026-03-12T09:30:02.000Z [info] three',
      '2026-03-12T09:30:03.000Z [warn] four',
      '2026-03-12T09:30:04.000Z [error] five',
    ]);
  });

  it('remembers the last two hundred, the oldest first', () => {
    const { log } = opened();
    for (let each = 1; each <= 300; each++) log.info(`line ${each}`);
    assert.equal(log.last.length, 200);
    assert.match(log.last[0]!, / line 101$/);
    assert.match(log.last.at(-1)!, / line 300$/);
  });

  it('cuts a line that is too long, in the channel and in what it remembers', () => {
    const { log, written } = opened();
    log.error('x'.repeat(1_000_000));
    assert.equal(written[0]!.length, 'error '.length + 8_001);
    assert.ok(log.last[0]!.length < 8_100 && log.last[0]!.endsWith('x…'));
  });
});
