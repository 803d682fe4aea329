import { defineMainJob } from './mainJob';
import { api, startServe, type TestServer } from './server';

let server: TestServer;

interface Cards {
  cards: { card_id: string; title: string }[];
}

defineMainJob({
  name: 'the demo server over HTTP',
  start: async () => (server = await startServe()),
  titles: async ({ boardId, stages }, stage) => {
    const { cards } = await api<Cards>(server, 'GET', `/boards/${boardId}/cards?stage=${stages[stage]}`);
    return cards.map(({ title }) => title);
  },
  comments: async ({ boardId }, title) => {
    const { cards } = await api<Cards>(server, 'GET', `/boards/${boardId}/cards`);
    const card = cards.find((one) => one.title === title)!;
    type Activities = { activities: { body_md: string }[] };
    const { activities } = await api<Activities>(
      server,
      'GET',
      `/cards/${card.card_id}/activity?type=comment`,
    );
    return activities.map(({ body_md }) => body_md);
  },
});
