import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENDPOINTS, type EndpointName } from '../../../src/contract/endpoints';
import type { Card } from '../../../src/contract/entities';
import { REQUEST_SCHEMAS } from '../../../src/contract/schemas';
import { validateBody } from '../../../src/contract/validateBody';
import { isRefusal, type Reply } from '../api';
import { EXAMPLES } from '../examples';
import { part, type Part, row, type Row } from '../rows';
import { idsOf, pathOf, placeOn, stageOf, unique, type World } from '../world';
import { forEvery } from './everyEndpoint';

const AT_ONCE = 8;

const folder = join(__dirname, '..', '..', '..', 'fixtures', 'invalid');

interface InvalidBody {
  why: string;
  schema: string;
  document: Record<string, unknown>;
  /** The key that is at fault, as the contract's own validation says. */
  field: string;
}

function invalidBodies(): InvalidBody[] {
  return readdirSync(folder).flatMap((file) => {
    const { why, schema, document } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as InvalidBody;
    const request = REQUEST_SCHEMAS[schema];
    if (!request) return [];
    const checked = validateBody(request, document);
    assert.ok(!checked.ok, `${file} is valid`);
    return checked.fault.field === 'body' ? [] : [{ why, schema, document, field: checked.fault.field }];
  });
}

/** A valid body with the fault of a fixture in it: all else would be refused for ids of another server. */
async function spoiled(world: World, name: EndpointName, { document, field }: InvalidBody) {
  const request = await EXAMPLES[name].toSpoil(world);
  const { [field]: _, ...rest } = request.body as Record<string, unknown>;
  return { ...request, body: field in document ? { ...rest, [field]: document[field] } : rest };
}

const refusesInvalidFixtures: Row[] = forEvery(
  async (world, name) => {
    const schema = Object.keys(REQUEST_SCHEMAS).find(
      (each) => REQUEST_SCHEMAS[each] === ENDPOINTS[name].body,
    );
    const bodies = invalidBodies().filter((each) => each.schema === schema);
    assert.ok(bodies.length >= 4, `only ${bodies.length} invalid documents of ${schema}`);
    for (const each of bodies) {
      const reply = await world.send(name, await spoiled(world, name, each));
      assert.equal(reply.status, 400, `${each.why}: ${reply.status} ${reply.text.slice(0, 300)}`);
      isRefusal(reply, 'VALIDATION_ERROR', each.field);
    }
  },
  ({ body }) => body !== null,
);

/** Texts that no database, or no XML, may hold; written as JSON that arrives. */
const STRANGE = [
  '\\ud800',
  'a\\udfffb',
  '\\u0001\\u001f',
  '\\uffff\\ufffe',
  '\\u202e\\u200f',
  '\\u2028',
  '\\ud83e\\udd8a',
];

const isHandled = ({ status, text }: Reply) => assert.ok(status < 500, `${status} ${text.slice(0, 300)}`);

export const STRANGE_TEXTS = part('strange characters are taken or refused', [
  row('in titles, texts, comments and checklists', [], async (world) => {
    const { card_id } = await world.newCard();
    const patch = (raw: string) => world.raw('PATCH', pathOf('updateCard', { card_id }), { raw });
    for (const text of STRANGE) {
      isHandled(await patch(`{"title": "x${text}"}`));
      isHandled(await patch(`{"description_md": "x${text}"}`));
      isHandled(await patch(`{"checklist": [{"id": "x${text}", "text": "${text}", "done": true}]}`));
      isHandled(await patch(`{"checklist": [{"id": "a", "text": "\\u0000", "done": true}]}`));
      isHandled(
        await world.raw('POST', pathOf('addComment', { card_id }), { raw: `{"body_md": "x${text}"}` }),
      );
      isHandled(await world.raw('POST', '/boards', { raw: `{"name": "${text}", "visibility": "x"}` }));
      await world.getCard({ card_id });
    }
  }),
  row('in paths and queries', [], async (world) => {
    const cards = pathOf('listCards', { ...world.board });
    for (const text of ['%00', '%FF', '%ED%A0%80', '%', '%2', '%E2%80%AE', 'x'.repeat(4000)]) {
      for (const name of ['q', 'owner', 'stage', 'page', text])
        isHandled(await world.raw('GET', `${cards}?${name}=${text}`));
      if (text.length < 100) isHandled(await world.raw('GET', `/cards/${text}`));
    }
    isHandled(await world.raw('GET', `${cards}?&&==&q&stage`));
  }),
]);

export const AT_ONCES = part('many at once', [
  row('change one card, and each is done', [], async (world) => {
    const card = await world.newCard();
    const titles = Array.from({ length: AT_ONCE }, (_, index) => `Title ${index}`);
    const said = await Promise.all(titles.map((title) => world.updateCard(card, { title })));
    assert.deepEqual(
      said.map(({ title }) => title),
      titles,
    );
    assert.ok(titles.includes((await world.getCard(card)).title));
  }),
  row('change different fields of one card, and none is lost', [], async (world) => {
    const card = await world.newCard();
    const changes: Parameters<World['updateCard']>[1][] = [
      { title: 'At once' },
      { priority: '3' },
      { due_date: '2031-03-04' },
      { description_md: 'At once' },
      { owners: [world.me.partner_id] },
      { checklist: [{ id: 'a', text: 'At once', done: true }] },
    ];
    await Promise.all(changes.map((change) => world.updateCard(card, change)));
    const after = await world.getCard(card);
    assert.deepEqual(
      [after.title, after.priority, after.due_date, after.description_md?.trim(), after.owners.length],
      ['At once', '3', '2031-03-04', 'At once', 1],
    );
    assert.equal(after.checklist?.length, 1);
  }),
  row('comment on one card, and each is there once', [], async (world) => {
    const { card_id } = await world.newCard();
    const texts = Array.from({ length: AT_ONCE }, (_, index) => `Comment ${index}`);
    const params = { card_id };
    await Promise.all(texts.map((body_md) => world.call('addComment', { params, body: { body_md } })));
    const { activities } = (await world.call('listActivity', { params, query: { type: ['comment'] } })).body;
    assert.deepEqual(activities.map(({ body_md }) => body_md?.trim()).sort(), texts);
  }),
  row('make cards in one stage, and each is there', [], async (world) => {
    const board = await world.newBoard();
    const made = await Promise.all(Array.from({ length: AT_ONCE }, () => world.newCard(placeOn(board))));
    assert.deepEqual(idsOf(await world.listCards(board)).sort(), idsOf(made).sort());
  }),
  row('make a tag of one name, and there is one', ['tags'], async (world) => {
    const name = unique('Tag');
    const made = await Promise.all(
      Array.from({ length: AT_ONCE }, () => world.call('createTag', { body: { name } })),
    );
    assert.equal(new Set(made.map(({ body }) => body.tag.tag_id)).size, 1);
    assert.equal(made.filter(({ status }) => status === 201).length, 1);
  }),
  row('move cards of one stage, and each has one place', ['position'], async (world) => {
    const board = await world.newBoard();
    const cards = await world.newCards(board, Array<object>(AT_ONCE).fill({}));
    await Promise.all(cards.map((card) => world.updateCard(card, { position: { after: null } })));
    const { stage_id } = stageOf(board, 1);
    await Promise.all(cards.map((card) => world.updateCard(card, { stage_id, position: { after: null } })));
    const column: Card[] = await world.listCards(board, { stage: [stage_id] });
    assert.deepEqual(idsOf(column).sort(), idsOf(cards).sort());
    const [first] = column;
    const last = column.at(-1);
    assert.ok(first && last);
    await world.updateCard(last, { position: { after: first.card_id } });
    assert.equal((await world.listCards(board, { stage: [stage_id] }))[1]?.card_id, last.card_id);
  }),
]);

export const OUTAGE = part('without its database the server', [
  row('says that it is unhealthy, and refuses the rest for a while', ['outage'], async (world) => {
    await world.running.outage?.(async () => {
      const health = await world.send('getHealth', { token: null });
      assert.equal(health.status, 503, health.text);
      assert.equal((health.body as { status: string }).status, 'unhealthy');
      for (const reply of [
        await world.send('listBoards'),
        await world.send('createCard', { body: { ...placeOn(world.board), title: unique('Card') } }),
      ])
        isRefusal(reply, 'SERVICE_UNAVAILABLE');
    });
    await world.call('getHealth', { token: null });
    await world.call('listBoards');
  }),
]);

export const FIXTURE_BODIES: Part = part(
  'what the invalid fixtures hold is refused, for the key at fault',
  refusesInvalidFixtures,
);
