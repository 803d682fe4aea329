import * as vscode from 'vscode';
import type { Card } from '../contract/entities';
import { TaskboardError } from '../client/taskboardError';
import { t } from '../l10n/l10n';
import type { Parts } from './parts';
import type { BoardRef } from './stores';

/** So long typing pauses before the server is asked, in milliseconds. */
const PAUSE_MS = 250;

type Item = vscode.QuickPickItem & { card?: Card };

/**
 * A pick of any card of a board: at first those that are loaded; what is typed, a number too, is looked for on the
 * server.
 */
export async function pickCard(
  { stores }: Parts,
  { connectionId, boardId }: BoardRef,
): Promise<string | undefined> {
  const store = stores.of(connectionId);
  if (!store) return undefined;
  await store.open(boardId);
  const { snapshot } = store.state(boardId);
  const stages = new Map(snapshot?.board.stages.map(({ stage_id, name }) => [stage_id, name]));
  const itemOf = (card: Card): Item => ({
    card,
    label: card.title,
    description: [`#${card.card_id.replace(/^\D*/, '')}`, stages.get(card.stage_id)]
      .filter(Boolean)
      .join(' · '),
  });
  const loaded = [...(snapshot?.cards.values() ?? [])];
  const total = [...(snapshot?.columns.values() ?? [])].reduce((sum, column) => sum + column.total, 0);
  const card = await choose(
    loaded.map(itemOf),
    loaded.length < total
      ? t('{0} of {1} cards are listed. Type words or a number to look through all.', loaded.length, total)
      : '',
    async (typed) => {
      const found = await store.findCards(boardId, typed);
      const more = found.total - found.cards.length;
      const items = found.cards.map((one) => ({ ...itemOf(one), alwaysShow: true }));
      return more > 0
        ? [
            ...items,
            { label: t('{0} more match. Type more words to narrow it down.', more), alwaysShow: true },
          ]
        : items;
    },
  );
  // What is done with a card is done on the board's snapshot.
  if (card) store.know(boardId, card);
  return card?.card_id;
}

function choose(
  items: readonly Item[],
  placeholder: string,
  search: (typed: string) => Promise<Item[]>,
): Promise<Card | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Item>();
    pick.title = t('Which card?');
    pick.placeholder = placeholder;
    pick.matchOnDescription = true;
    pick.items = items;
    let pause: NodeJS.Timeout | undefined;
    let last = 0;
    const look = async (typed: string) => {
      const mine = ++last;
      pick.busy = typed !== '';
      let found: Item[] = [];
      let failure: string | undefined;
      if (typed !== '')
        found = await search(typed).catch((error: unknown) => {
          failure = TaskboardError.is(error) ? error.message : String(error);
          return [];
        });
      if (mine !== last) return; // more was typed meanwhile
      pick.busy = false;
      const known = new Set(items.map(({ card }) => card?.card_id));
      pick.items = [
        ...items,
        ...found.filter(({ card }) => !card || !known.has(card.card_id)),
        // An empty list would say that there is no such card.
        ...(failure === undefined
          ? []
          : [{ label: t('Only loaded cards were looked through: {0}', failure), alwaysShow: true }]),
      ];
    };
    pick.onDidChangeValue((value) => {
      clearTimeout(pause);
      last++; // what is still on its way is about other words
      pick.busy = value.trim() !== '';
      pause = setTimeout(() => void look(value.trim()), PAUSE_MS);
    });
    let chosen: Card | undefined;
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item?.card) return; // a line that only says something
      chosen = item.card;
      pick.hide();
    });
    pick.onDidHide(() => {
      clearTimeout(pause);
      last++;
      pick.dispose();
      resolve(chosen);
    });
    pick.show();
  });
}
