import assert from 'node:assert/strict';
import { startDemo } from '../api';

describe('Demo: texts that no Odoo can store', () => {
  const item = { id: 'a', text: 'One', done: false };
  const bodies: [string, object][] = [
    ['title', { title: 'a\0b' }],
    ['title', { title: 'half \ud83d' }],
    ['description_md', { description_md: '\udc4d half' }],
    ['checklist', { checklist: [item, { ...item, id: 'b', text: 'a\0' }] }],
    ['checklist', { checklist: [{ ...item, id: 'a\0' }] }],
  ];
  for (const [field, body] of bodies)
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const api = startDemo();
      const before = await api.get('/cards/task:1');
      const given = await api.send('PATCH', '/cards/task:1', body);
      assert.equal(given.status, 400);
      assert.equal(given.body.error.details?.field, field);
      assert.deepEqual((await api.get('/cards/task:1')).body, before.body);
    });

  it('keeps whole pairs', async () => {
    const api = startDemo();
    const { card } = await api.ok('PATCH', '/cards/task:1', { checklist: [{ ...item, text: 'Fine 👍' }] });
    assert.equal(card.checklist?.[0]?.text, 'Fine 👍');
  });
});
