import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { BoardId, CardId } from '../contract/ids';
import type { Actions } from './shared/actions';
import type { Services } from './shared/services';
import { tell } from '../widgets/notices';
import { say } from '../widgets/shownText';

const Target = z.object({ connection: z.string(), board: BoardId, card: z.optional(CardId) });

/** Opens `…://taskboard.taskboard-odoo/card?connection=…&board=project:1&card=task:7`; ids are checked, nothing runs. */
export function createUriHandler({ connections }: Services, actions: Actions): vscode.UriHandler {
  return {
    handleUri(uri) {
      const parsed = z.safeParse(Target, Object.fromEntries(new URLSearchParams(uri.query)));
      if (!parsed.success) {
        tell('warning', say('This link names no card of Taskboard.'));
        return;
      }
      const { connection: connectionId, board: boardId, card: cardId } = parsed.data;
      if (!connections.get(connectionId)) {
        tell('warning', say('This link belongs to an account that is not signed in here.'));
        return;
      }
      if (cardId) actions.openCard({ connectionId, boardId, cardId }, { pin: true });
      else actions.openBoard({ connectionId, boardId });
    },
  };
}
