import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isRealDay } from '../../../src/contract/beyondSchema';
import { CardChanges, Credentials, NewCard, NewComment, NewTag } from '../../../src/contract/requests';
import { REQUEST_SCHEMAS } from '../../../src/contract/schemas';
import { validateBody } from '../../../src/contract/validateBody';
import { MAX_NAME, MAX_TEXT } from '../../../src/contract/values';
import { publishedSchemas } from './documents';

const card = { board_id: 'project:1', stage_id: 'stage:2', title: 'Title' };

const fieldOf = (checked: ReturnType<typeof validateBody>) => (checked.ok ? null : checked.fault.field);

describe('validateBody', () => {
  it('gives the body when all is well', () => {
    assert.deepEqual(validateBody(NewCard, card), { ok: true, body: card });
  });

  it('names body when there is no object', () => {
    for (const value of [undefined, null, 1, 'text', true, [], [card]])
      assert.equal(fieldOf(validateBody(NewCard, value)), 'body');
  });

  it('names the top-level key of a fault inside it, and says where in it', () => {
    const checked = validateBody(CardChanges, { checklist: [{ id: 'a', text: 'x', done: 'no' }] });
    assert.ok(!checked.ok);
    assert.equal(checked.fault.field, 'checklist');
    assert.match(checked.fault.message, /checklist\W0\W+done/);
    assert.equal(
      fieldOf(validateBody(NewCard, { ...card, position: { after: null, nonsense: 1 } })),
      'position',
    );
  });

  it('names an unknown key, whatever it is called', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (key, value) => {
        fc.pre(!['username', 'password', '__proto__'].includes(key));
        const checked = validateBody(Credentials, { username: 'a', password: 'b', [key]: value });
        assert.equal(fieldOf(checked), key);
      }),
    );
  });

  it('never throws, and names a field for every fault', () => {
    const anyBody = fc.dictionary(
      fc.constantFrom(...Object.keys(CardChanges.shape), ...Object.keys(NewCard.shape)),
      fc.jsonValue(),
    );
    const required = new Map(
      [...publishedSchemas()].map(([name, schema]) => [
        name,
        (schema as { required?: string[] }).required ?? [],
      ]),
    );
    const names = fc.constantFrom(...Object.keys(REQUEST_SCHEMAS));
    fc.assert(
      fc.property(names, fc.oneof(anyBody, fc.jsonValue()), (name, value) => {
        const field = fieldOf(validateBody(REQUEST_SCHEMAS[name] ?? NewCard, value));
        const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
        if (!isObject) assert.equal(field, 'body');
        else if (field !== null && !(field in value))
          assert.ok(required.get(name)?.includes(field), `${field} is neither there nor missed`);
      }),
      { numRuns: 500 },
    );
  });

  it('counts the characters of a trimmed title, in any script', () => {
    const blanks = fc.stringMatching(/^[ \t\n\u00a0]{0,5}$/);
    const letters = fc.constantFrom('x', 'ß', '漢', '🦊');
    fc.assert(
      fc.property(
        blanks,
        letters,
        fc.integer({ min: 0, max: MAX_NAME + 20 }),
        blanks,
        (before, letter, length, after) => {
          const title = before + letter.repeat(length) + after;
          const wanted = length === 0 || length > MAX_NAME ? 'title' : null;
          assert.equal(fieldOf(validateBody(NewCard, { ...card, title })), wanted);
        },
      ),
    );
  });

  it('refuses days that do not exist, NUL, and texts that are too long', () => {
    assert.equal(fieldOf(validateBody(NewCard, { ...card, due_date: '2026-02-30' })), 'due_date');
    assert.equal(fieldOf(validateBody(NewComment, { body_md: 'a\0b' })), 'body_md');
    assert.equal(fieldOf(validateBody(NewComment, { body_md: ' \n' })), 'body_md');
    assert.equal(fieldOf(validateBody(NewComment, { body_md: 'x'.repeat(MAX_TEXT + 1) })), 'body_md');
    assert.equal(fieldOf(validateBody(NewComment, { body_md: 'x'.repeat(MAX_TEXT) })), null);
    assert.equal(fieldOf(validateBody(NewTag, { name: '\0' })), 'name');
  });

  it('refuses a checklist in which two items share an id', () => {
    const item = fc.record({
      id: fc.constantFrom('a', 'b', 'c', '__proto__', 'A'),
      text: fc.string(),
      done: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 5 }), (checklist) => {
        const twice = checklist.some(
          ({ id }, index) => checklist.findIndex((other) => other.id === id) !== index,
        );
        assert.equal(fieldOf(validateBody(CardChanges, { checklist })), twice ? 'checklist' : null);
      }),
    );
  });
});

describe('isRealDay', () => {
  it('agrees with the calendar of the platform', () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(part(9999), part(13), part(32), (year, month, date) => {
        const day = [
          String(year).padStart(4, '0'),
          String(month).padStart(2, '0'),
          String(date).padStart(2, '0'),
        ].join('-');
        const moment = new Date(`${day}T00:00:00Z`);
        // The platform takes 30 February for 2 March, and knows a year 0.
        const real = year > 0 && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
        assert.equal(isRealDay(day), real, day);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows the leap years', () => {
    for (const day of ['2024-02-29', '2000-02-29', '0004-02-29', '2026-12-31'])
      assert.ok(isRealDay(day), day);
    for (const day of [
      '2026-02-29',
      '1900-02-29',
      '2100-02-29',
      '2026-04-31',
      '0000-01-01',
      '2026-00-10',
      '2026-01-00',
    ])
      assert.ok(!isRealDay(day), day);
  });
});
