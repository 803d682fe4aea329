import type { EndpointName } from '../../../src/contract/endpoints';
import { dayFromNow, type LooseRequest, placeOn, stageOf, type World } from '../../../test/conformance/world';
import type { Document } from '../live/readEverything';

/** Makes a card on which everything is filled in, and gives what the server said to each step. */
export async function makeFullCard(world: World): Promise<Document[]> {
  const { board, me, tags, others } = world;
  const [parent, blocker] = await world.newCards(board, [{}, {}]);
  const title = 'A card with everything';
  const owners = [me, ...others.slice(0, 1)].map(({ partner_id }) => partner_id);
  const made = await world.newCard({
    ...{ ...placeOn(board), title, description_md: 'Some **text**.', priority: '2', owners },
    due_date: dayFromNow(3),
    tags: tags.slice(0, 1).map(({ tag_id }) => tag_id),
  });
  const card = { card_id: made.card_id };
  const documents: Document[] = [];
  const say = async (endpoint: EndpointName, request: LooseRequest) => {
    const { body } = await world.call(endpoint, request as never);
    documents.push({ endpoint, path: endpoint, document: body });
  };
  const checklist = [{ id: 'one', text: 'A line', done: true }];
  await say('updateCard', { params: card, body: { checklist, stage_id: stageOf(board, 1).stage_id } });
  if (world.has('card-edit') && parent && blocker)
    await say('updateCard', {
      params: card,
      body: {
        parent_id: parent.card_id,
        dependencies: [{ type: 'blocked_by', task_id: blocker.card_id }],
      },
    });
  const mentions = others.slice(0, 1).map(({ email }) => email);
  await say('addComment', { params: card, body: { body_md: 'A comment.', mentions } });
  await say('getCard', { params: card });
  await say('listActivity', { params: card });
  return documents;
}
