// Answers of at most 20 MB, each the worst of its kind: what they become in memory is what matters.

const SIZE = 19 * 1024 * 1024;
const page = '"total":1,"page":0,"limit":1';
const MEMBER = '{"partner_id":1,"email":"","name":"","role":"viewer"}';
const board = (more: string) =>
  `{"board_id":"project:1","name":"","owner":${MEMBER},"visibility":"team","members":[],"stages":[],"tags":[],"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"${more}}`;
const card = (title: string, text: string) =>
  `{"card_id":"task:1","board_id":"project:1","stage_id":"stage:1","title":"${title}","description_md":"${text}","priority":"1","due_date":null,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z","owners":[],"watchers":[],"tags":[],"parent_id":null,"subtask_ids":[]}`;

/** Head, as many pieces as fit, and tail; made outside of the heap, which is what is measured. */
function filled(head: string, piece: (index: number) => string, tail: string, size = SIZE): Buffer {
  const bytes = Buffer.alloc(size, ' ');
  let at = bytes.write(head);
  const end = size - tail.length;
  for (let index = 0; ; index++) {
    const text = piece(index);
    if (at + Buffer.byteLength(text) > end) break;
    at += bytes.write(text, at);
  }
  bytes.write(tail, at);
  return bytes;
}

const list = (key: string, element: string | ((index: number) => string), size?: number) => {
  const text = typeof element === 'string' ? () => element : element;
  return filled(`{${page},"${key}":[`, (index) => (index ? ',' : '') + text(index), ']}', size);
};

/** By name: the body, and the endpoint that it is an answer of. */
export const WORST_BODIES: Record<
  string,
  { endpoint: 'listCards' | 'listBoards' | 'getSnapshot'; body: () => Buffer }
> = {
  'empty objects for cards': { endpoint: 'listCards', body: () => list('cards', '{}') },
  'four megabytes of empty objects': {
    endpoint: 'listCards',
    body: () => list('cards', '{}', 4 * 1024 * 1024),
  },
  'as many empty objects as are looked at': {
    endpoint: 'listCards',
    body: () => Buffer.from(`{${page},"cards":[${Array(49_999).fill('{}').join()}]}`),
  },
  'one card with everything wrong in it, again and again': {
    endpoint: 'listCards',
    body: () =>
      list(
        'cards',
        `{"owners":[${Array(40).fill('{}').join()}],"checklist":[${Array(40).fill('{}').join()}]}`,
      ),
  },
  'a card with a list of wrong owners as long as it may be': {
    endpoint: 'listCards',
    body: () => Buffer.from(`{${page},"cards":[{"owners":[${Array(49_999).fill('{}').join()}]}]}`),
  },
  'objects that each have another key': {
    endpoint: 'listCards',
    body: () => list('cards', (index) => `{"k${index}":1}`),
  },
  'as many different keys as are looked at': {
    endpoint: 'listCards',
    body: () => {
      let key = 0;
      const lists = Array.from(
        { length: 5 },
        () => `[${Array.from({ length: 49_000 }, () => `{"k${key++}":1}`).join()}]`,
      );
      return Buffer.from(`{${page},"cards":[{"owners":${lists[0]}}],"x":[${lists.join()}]}`);
    },
  },
  'a record of counts with a key for every seven bytes': {
    endpoint: 'getSnapshot',
    body: () =>
      filled(
        `{"cards":[],"board":${board(',"card_counts":{').slice(0, -1)}`,
        (index) => `${index ? ',' : ''}"stage:${index + 1}":1`,
        '}}}',
      ),
  },
  'members without end': {
    endpoint: 'listBoards',
    body: () =>
      filled(
        `{${page},"boards":[${board('').replace('"members":[],', '"members":[').split('"stages"')[0]}`,
        (index) => (index ? ',' : '') + MEMBER,
        ']}]}',
      ),
  },
  'lists within lists': { endpoint: 'listCards', body: () => filled('', () => '[', '', SIZE) },
  'objects within objects': { endpoint: 'listCards', body: () => filled('', () => '{"a":', '', SIZE) },
  numbers: { endpoint: 'listCards', body: () => list('cards', '1') },
  'lists of lists of numbers': {
    endpoint: 'listCards',
    body: () => list('cards', `[${Array(1_000).fill('1.5').join()}]`),
  },
  'one text, of letters that take two bytes each': {
    endpoint: 'listCards',
    body: () => Buffer.from(`{${page},"cards":[],"x":"Ж${'a'.repeat(SIZE)}"}`),
  },
  'one text of escapes': {
    endpoint: 'listCards',
    body: () => Buffer.from(`{${page},"cards":[],"x":"Ж${'\\u0416'.repeat(SIZE / 6)}"}`),
  },
  'short texts, each another': {
    endpoint: 'listCards',
    body: () => list('cards', (index) => `"${index}"`),
  },
  'one title, of letters that take two bytes each': {
    endpoint: 'listCards',
    body: () => Buffer.from(`{${page},"cards":[${card(`Ж${'a'.repeat(SIZE - 1_000)}`, '')}]}`),
  },
  'one description': {
    endpoint: 'listCards',
    body: () => Buffer.from(`{${page},"cards":[${card('x', 'a'.repeat(SIZE - 1_000))}]}`),
  },
  'cards with half a megabyte of description each': {
    endpoint: 'listCards',
    body: () => list('cards', card('x', `Ж${'a'.repeat(499_000)}`)),
  },
  'cards with a name of 1,900 letters each': {
    endpoint: 'listCards',
    body: () => list('cards', card(`Ж${'a'.repeat(1_900)}`, '')),
  },
  'a key of twenty megabytes': {
    endpoint: 'getSnapshot',
    body: () => Buffer.from(`{"cards":[],"board":${board(`,"card_counts":{"${'a'.repeat(SIZE)}":1}`)}}`),
  },
  'brackets within a text': {
    endpoint: 'listCards',
    body: () => Buffer.from(`{${page},"cards":[],"x":"${'[{,\\"'.repeat(SIZE / 6)}"}`),
  },
  'no JSON': { endpoint: 'listCards', body: () => Buffer.alloc(SIZE, 'a') },
};
