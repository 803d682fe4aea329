import { randomUUID } from 'node:crypto';
import { MAX_REQUEST_BYTES } from '../../../src/contract/version';
import { isRefusal } from '../api';
import { boardFor } from '../people';
import { part, row } from '../rows';
import { placeOn } from '../world';

const tooMuch = '{}'.padEnd(MAX_REQUEST_BYTES + 1, ' ');
const nobody = '/cards/task:2147483647';

/** Requests with two faults: the one that is checked first is named. */
export const ORDER = part('of two faults the first in order is named', [
  row('an unknown route before sign-in, method and body', [], async (world) => {
    for (const path of [
      '/nonsense',
      '/boards/project:1/nonsense',
      '/cards/task:1/activity/msg:1',
      '/auth',
      '/',
    ])
      for (const method of ['GET', 'POST', 'DELETE'])
        isRefusal(await world.raw(method, path, { token: null }), 'NOT_FOUND');
    isRefusal(
      await world.raw('POST', '/nonsense', { token: null, raw: '{', contentType: 'text/plain' }),
      'NOT_FOUND',
    );
  }),
  row('a method before sign-in', [], async (world) => {
    isRefusal(await world.raw('PUT', '/boards', { token: null }), 'METHOD_NOT_ALLOWED');
    isRefusal(await world.raw('PUT', '/cards/nonsense', { raw: tooMuch }), 'METHOD_NOT_ALLOWED');
  }),
  row('sign-in before size, type, id and body', [], async (world) => {
    for (const raw of [tooMuch, '{'])
      for (const contentType of ['application/json', 'text/plain'])
        isRefusal(
          await world.raw('PATCH', '/cards/nonsense', { token: null, raw, contentType }),
          'UNAUTHORIZED',
        );
  }),
  row('size before type and id', [], async (world) => {
    const ask = { raw: tooMuch, contentType: 'text/plain' };
    isRefusal(await world.raw('PATCH', '/cards/nonsense', ask), 'PAYLOAD_TOO_LARGE');
  }),
  row('type before id and body', [], async (world) => {
    isRefusal(
      await world.raw('PATCH', '/cards/nonsense', { raw: '{', contentType: 'text/plain' }),
      'UNSUPPORTED_MEDIA_TYPE',
    );
  }),
  row('a malformed id before the body', [], async (world) => {
    isRefusal(await world.raw('PATCH', '/cards/nonsense', { raw: '{' }), 'INVALID_CARD_ID');
    isRefusal(
      await world.raw('POST', '/cards/nonsense/comments', { json: { nonsense: 1 } }),
      'INVALID_CARD_ID',
    );
  }),
  row('a malformed header before what is not found', ['idempotency'], async (world) => {
    const headers = { 'Idempotency-Key': 'nonsense' };
    isRefusal(await world.raw('PATCH', nobody, { json: {}, headers }), 'VALIDATION_ERROR', 'Idempotency-Key');
  }),
  row('what is not found before the body', [], async (world) => {
    isRefusal(await world.raw('PATCH', nobody, { raw: '{' }), 'CARD_NOT_FOUND');
    isRefusal(await world.raw('PATCH', nobody, { json: { title: '' } }), 'CARD_NOT_FOUND');
    isRefusal(await world.raw('POST', `${nobody}/comments`, { json: { body_md: ' ' } }), 'CARD_NOT_FOUND');
  }),
  row('what is not found before a stale If-Match', ['etag'], async (world) => {
    const headers = { 'If-Match': '"stale"' };
    isRefusal(await world.raw('PATCH', nobody, { json: { title: 'T' }, headers }), 'CARD_NOT_FOUND');
    isRefusal(await world.raw('DELETE', nobody, { headers }), 'CARD_NOT_FOUND');
  }),
  row('the body before a stale If-Match', ['etag'], async (world) => {
    const { card_id } = world.card;
    const ask = { params: { card_id }, headers: { 'If-Match': '"stale"' } };
    await world.refused('updateCard', { ...ask, body: { title: '' } }, 'VALIDATION_ERROR', 'title');
    await world.refused(
      'updateCard',
      { ...ask, body: { stage_id: 'stage:2147483647' } },
      'VALIDATION_ERROR',
      'stage_id',
    );
    await world.refused('updateCard', { ...ask, body: { title: 'T' } }, 'PRECONDITION_FAILED');
  }),
  row('rights before the body', ['as:viewer', 'addMember', 'me'], async (world) => {
    const { board, card } = await boardFor(world, 'viewer');
    const token = world.users.get('viewer') ?? null;
    await world.refused(
      'createCard',
      { token, body: { ...placeOn(board), title: 'T' } },
      'PERMISSION_DENIED',
    );
    await world.refused(
      'updateCard',
      { token, params: { card_id: card.card_id }, body: { title: '' } },
      'PERMISSION_DENIED',
    );
  }),
  row('a replay before what is not found', ['idempotency'], async (world) => {
    const { card_id } = await world.newCard();
    const headers = { 'Idempotency-Key': randomUUID() };
    await world.call('archiveCard', { params: { card_id }, headers });
    await world.call('archiveCard', { params: { card_id }, headers });
    await world.refused('archiveCard', { params: { card_id } }, 'CARD_NOT_FOUND');
  }),
]);
