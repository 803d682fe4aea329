import type { BoardView, CardView, ColumnView } from '../../src/messages/boardMessages';
import type { CardEditorView, CardFieldsView } from '../../src/messages/cardMessages';
import { DEFAULT_LOOK } from '../../src/messages/look';
import type { PersonView, TagView } from '../../src/messages/shared';
import type { TextView } from '../../src/messages/textView';

// Board snapshots for the tests: small on purpose, with one of everything that a card can show.

export const TODAY = '2026-03-12';

const person = (partnerId: number, name: string): PersonView => ({
  partnerId,
  name,
  initials: name
    .split(' ')
    .map((part) => part[0])
    .join(''),
  email: `${name.split(' ')[0]?.toLowerCase()}@example.com`,
});

export const people = {
  anna: person(11, 'Anna Weber'),
  bo: person(12, 'Bo Lindqvist'),
  chidi: person(13, 'Chidi Okafor'),
  dana: person(14, 'Dana Silva'),
  eve: person(15, 'Eve Martin'),
};

export const tags = {
  bug: { tagId: 'tag:1', name: 'bug', color: '#d93f3f' },
  api: { tagId: 'tag:2', name: 'api', color: '#3f7fd9' },
  design: { tagId: 'tag:3', name: 'design', color: '#9b5de5' },
  docs: { tagId: 'tag:4', name: 'docs', color: '#2a9d8f' },
  infra: { tagId: 'tag:5', name: 'infra' },
} satisfies Record<string, TagView>;

/** A card with nothing but a title, or with what is given. */
export function card(number: number, title: string, more: Partial<CardView> = {}): CardView {
  return {
    cardId: `task:${number}`,
    title,
    priority: '1',
    dueDate: null,
    tags: [],
    owners: [],
    comments: 0,
    closed: false,
    pending: false,
    fresh: false,
    ...more,
  };
}

/** A column of cards; `total` is their number unless more are on the server. */
export function column(
  number: number,
  name: string,
  cards: CardView[],
  more: Partial<ColumnView> = {},
): ColumnView {
  return {
    stageId: `stage:${number}`,
    name,
    total: cards.length,
    wipLimit: null,
    fold: false,
    mails: false,
    cards,
    ...more,
  };
}

/** A whole board, ready. */
export function board(columns: ColumnView[], more: Partial<BoardView> = {}): BoardView {
  return {
    revision: 1,
    identity: { connectionId: 'demo', boardId: 'project:7' },
    status: 'ready',
    boardId: 'project:7',
    boardName: 'Website Relaunch',
    canPlace: true,
    look: DEFAULT_LOOK,
    columns,
    me: 11,
    today: TODAY,
    ...more,
  };
}

/** Five stages with some twenty cards: every fact a card can show is there, and every sign of a column. */
export function fullBoard(more: Partial<BoardView> = {}): BoardView {
  const { anna, bo, chidi, dana, eve } = people;
  const { bug, api, design, docs, infra } = tags;
  return board(
    [
      column(
        1,
        'To Do',
        [
          card(1, 'Fix login loop after password reset', {
            priority: '3',
            dueDate: '2026-03-10',
            tags: [bug, api],
            owners: [anna],
            comments: 3,
            checklist: { done: 2, total: 5 },
          }),
          card(2, 'Rate limit the public search endpoint', {
            priority: '2',
            dueDate: '2026-03-12',
            tags: [api, infra],
            owners: [bo, chidi],
          }),
          card(3, 'Write the migration guide', { tags: [docs], owners: [dana], milestone: '2.0 Launch' }),
          card(4, 'Collect screenshots for the changelog', { tags: [docs], dueDate: '2026-03-15' }),
          card(5, 'Check the empty states with real users', { tags: [design], owners: [eve] }),
          card(6, 'Remove the old theme switcher', { priority: '0' }),
        ],
        { total: 14 },
      ),
      column(
        2,
        'In Progress',
        [
          card(7, 'Board view: keyboard drag and drop', {
            priority: '2',
            tags: [design, api],
            owners: [anna, bo, chidi, dana],
            subtasks: { done: 1, total: 4 },
            comments: 12,
            dueDate: '2026-03-13',
            milestone: '2.0 Launch',
            state: '02_changes_requested',
          }),
          card(8, 'Sync avatars from the directory', { owners: [chidi], pending: true }),
          card(9, 'Cache the project list between sessions', {
            owners: [bo],
            dueDate: '2026-04-30',
            stageSince: '2026-02-27T10:00:00Z',
          }),
          card(10, 'Upgrade the image pipeline', { tags: [infra], state: '04_waiting_normal' }),
        ],
        { wipLimit: 3 },
      ),
      column(3, 'Review', [
        card(11, 'Accessible names for icon buttons', {
          tags: [design],
          owners: [eve],
          state: '03_approved',
          checklist: { done: 4, total: 4 },
        }),
        card(12, 'Retry uploads when the connection drops', { tags: [bug], owners: [anna], comments: 1 }),
      ]),
      column(
        4,
        'Customer Test',
        [card(13, 'Invoice export with several currencies', { priority: '2', owners: [dana, eve] })],
        { mails: true, wipLimit: 5 },
      ),
      column(
        5,
        'Done',
        [
          card(14, 'Dark theme for e-mails', {
            closed: true,
            state: '1_done',
            tags: [design],
            owners: [eve],
          }),
          card(15, 'Drop support for the old importer', {
            closed: true,
            state: '1_canceled',
            dueDate: '2026-02-01',
          }),
        ],
        { total: 87 },
      ),
      column(6, 'Archive', [], { fold: true }),
    ],
    more,
  );
}

/** A text as the host rendered it. */
export const html = (rendered: string): TextView => ({
  as: 'html',
  html: rendered,
  text: rendered.replace(/<[^>]*>/g, '') || rendered || 'Some text',
});

/** A card with every field filled, as its editor shows it. */
export function fullCard(
  more: Partial<CardFieldsView> = {},
  view: Partial<CardEditorView> = {},
): CardEditorView {
  const { anna, bo, chidi, dana, eve } = people;
  return {
    revision: 1,
    identity: { connectionId: 'demo', boardId: 'project:7', cardId: more.cardId ?? 'task:1' },
    status: 'ready',
    card: {
      cardId: 'task:1',
      title: 'Fix login loop after password reset',
      stageId: 'stage:2',
      priority: '3',
      dueDate: '2026-03-10',
      owners: [anna, bo],
      watchers: [dana],
      tags: [tags.bug, tags.api],
      descriptionMd: 'After a reset the **old session** stays.',
      description:
        html(`<p>After a password reset the <strong>old session cookie</strong> stays valid for a moment, and the
login page sends people around in a circle.</p><h3>Steps</h3><ol><li>Ask for a reset</li><li>Follow the link in
<a href="https://mail.example.com/inbox">the mail</a></li><li>Sign in with the new password</li></ol>
<pre><code>GET /login → 302 /reset → 302 /login
</code></pre><blockquote><p>It only happens in Safari.</p></blockquote><p>Look at <code>session.rotate()</code> first.</p>`),
      descriptionLossy: false,
      checklist: [
        { id: 'a', text: 'Write a failing test', done: true, order: 1 },
        { id: 'b', text: 'Rotate the session at reset', done: true, order: 2 },
        { id: 'c', text: 'Ask support for two affected accounts', done: false, order: 3 },
      ],
      parent: { cardId: 'task:90', title: 'Sign-in without friction' },
      subtasks: [{ cardId: 'task:91', title: 'Reproduce in Safari 17' }],
      dependencies: [{ type: 'blocked_by', cardId: 'task:92', title: 'Upgrade the session library' }],
      webUrl: 'https://odoo.example.com/odoo/project/7/tasks/1',
      state: '02_changes_requested',
      milestone: '2.0 Launch',
      createdAt: '2026-02-20T09:12:00Z',
      updatedAt: '2026-03-11T16:40:00Z',
      pending: false,
      ...more,
    },
    boardName: 'Website Relaunch',
    stages: fullBoard().columns.map(({ stageId, name }) => ({ stageId, name })),
    people: [anna, bo, chidi, dana, eve],
    tags: Object.values(tags),
    activities: [
      {
        eventId: 'msg:4',
        type: 'comment',
        author: bo,
        body: html(
          '<p>I can see it as well. <code>SameSite=Lax</code> is the suspect, see <a href="https://example.com/a">this</a>.</p>',
        ),
        changes: [],
        at: '2026-03-11T16:40:00Z',
        pending: false,
      },
      {
        eventId: 'msg:3',
        type: 'stage_change',
        author: anna,
        changes: [{ field: 'stage_id', from: 'To Do', to: 'In Progress' }],
        at: '2026-03-10T08:00:00Z',
        pending: false,
      },
      {
        eventId: 'msg:2',
        type: 'field_update',
        author: anna,
        changes: [
          { field: 'priority', from: 'High', to: 'Urgent' },
          { field: 'due_date', from: '', to: '2026-03-10' },
        ],
        at: '2026-03-09T08:00:00Z',
        pending: false,
      },
    ],
    moreActivity: true,
    told: { members: [dana], outside: [] },
    draft: '',
    today: TODAY,
    zone: 'UTC',
    origin: 'https://odoo.example.com',
    ...view,
  };
}
