// Room: src/workbench/unsent: what waits for a person: told, looked at, sent again, merged or given up; and undo.
// Owner: the outbox owns the records; here are the ways to decide about them.
// Source: docs/offline.md.

import { labelOf } from '../../account/connection';
import type { BoardStore } from '../../board/boardStore';
import { TaskboardError } from '../../client/taskboardError';
import type { ConflictEditor } from './conflictEditor';
import type { Actions } from '../shared/actions';
import type { Unsent } from '../shared/refs';
import type { Services } from '../shared/services';
import { describeOperation, detailOf, fieldName, valueText } from './unsentTexts';
import { t } from '../../l10n/l10n';
import { askText } from '../../widgets/inputs';
import { confirm, tell } from '../../widgets/notices';
import { pickOne } from '../../widgets/picks';
import { say, sayMany, shown, shownLines, shownName, stacked } from '../../widgets/shownText';

/** What a person can do with changes that have not reached the server. */
export class UnsentActions {
  constructor(
    private readonly services: Services,
    private readonly actions: Actions,
    private readonly conflicts: ConflictEditor,
  ) {}

  /** Shows the card that a change is about, as the server has it now. */
  async look({ connectionId, record }: Unsent): Promise<void> {
    const { actions } = this;
    const { stores } = this.services;
    const { boardId, operation } = record;
    await stores.of(connectionId)?.refresh(boardId);
    if (operation.kind === 'create') return actions.openBoard({ connectionId, boardId });
    actions.openCard({ connectionId, boardId, cardId: operation.cardId });
  }

  async sendAgain(unsent: Unsent): Promise<void> {
    if (unsent.record.state.name === 'conflict') return this.decide(unsent);
    await this.guarded(unsent, (store) => store.retry(unsent.record.id));
  }

  /** Lets a person change what was refused: a comment goes back to where it was written, a title is asked for. */
  async edit(unsent: Unsent): Promise<void> {
    const { connectionId, record } = unsent;
    const { operation, boardId } = record;
    const { actions } = this;
    const { drafts } = this.services;
    if (operation.kind === 'comment') {
      const card = { connectionId, boardId, cardId: operation.cardId };
      const draft = drafts.comment(card);
      await drafts.setComment(card, draft === '' ? operation.body_md : `${operation.body_md}\n\n${draft}`);
      await this.guarded(unsent, (store) => store.discard(record.id));
      return actions.openCard(card);
    }
    const title =
      operation.kind === 'create'
        ? operation.card.title
        : operation.kind === 'edit'
          ? operation.changes.title
          : undefined;
    if (title === undefined) return this.look(unsent);
    const typed = await askText({
      title: shown(describeOperation(operation)),
      prompt: say('The title'),
      value: title,
    });
    if (typed === undefined || typed.trim() === '') return;
    await this.guarded(unsent, (store) =>
      store.revise(
        record.id,
        operation.kind === 'create'
          ? { ...operation, card: { ...operation.card, title: typed } }
          : operation.kind === 'edit'
            ? { ...operation, changes: { ...operation.changes, title: typed } }
            : operation,
      ),
    );
  }

  async discard(unsent: Unsent): Promise<void> {
    const detail = shownLines(detailOf(unsent.record));
    const question = say('Discard this change? It has not reached the server and will be lost.');
    if (await confirm(question, { detail, yes: say('Discard') }))
      await this.guarded(unsent, (store) => store.discard(unsent.record.id));
  }

  /** Mine, theirs, or a text made of both in the diff editor. */
  async decide(unsent: Unsent): Promise<void> {
    const { record } = unsent;
    const { state, operation } = record;
    if (state.name !== 'conflict') return;
    const names = Object.keys(state.theirs) as (keyof typeof state.theirs)[];
    const mine =
      operation.kind === 'edit'
        ? operation.changes
        : operation.kind === 'move'
          ? { stage_id: operation.stageId }
          : {};
    const [name] = names;
    const asText = names.length === 1 && (name === 'description_md' || name === 'title');
    const short = (value: unknown) => valueText(value).replace(/\s+/g, ' ').slice(0, 80);
    const items = [
      {
        label: say('Keep mine'),
        detail: shown(names.map((each) => t('{0}: {1}', fieldName(each), short(mine[each]))).join(' · ')),
        value: 'mine' as const,
      },
      {
        label: say('Keep theirs'),
        detail: shown(
          names.map((each) => t('{0}: {1}', fieldName(each), short(state.theirs[each]))).join(' · '),
        ),
        value: 'theirs' as const,
      },
      ...(asText ? [{ label: say('Merge in the diff editor…'), value: 'merge' as const }] : []),
    ];
    // It stays: VS Code may still be giving the focus back from the notice that led here.
    const question = say('Somebody else changed “{0}” too', shownName(record.title));
    const choice = await pickOne<'mine' | 'theirs' | 'merge'>(question, items, { stays: true });
    if (!choice) return;
    if (choice !== 'merge') return this.guarded(unsent, (store) => store.resolve(record.id, choice));
    const merged = await this.conflicts.merge({
      title: record.title,
      theirs: valueText(state.theirs[name!]),
      mine: valueText(mine[name!]),
    });
    if (merged !== undefined)
      await this.guarded(unsent, (store) => store.resolve(record.id, { merged: { [name!]: merged } }));
  }

  /** Asks before unsent work of an account goes with it. Gives whether to go on. */
  async mayLeave(connectionId: string): Promise<boolean> {
    const { connections, stores } = this.services;
    const connection = connections.get(connectionId);
    const store = stores.of(connectionId);
    const unsent = store?.unsentRecords() ?? [];
    if (!connection || !store || unsent.length === 0) return true;
    const sure = await confirm(
      sayMany(
        unsent.length,
        '{0} of your changes has not reached {1} yet. Sign out and lose it?',
        '{0} of your changes have not reached {1} yet. Sign out and lose them?',
        shownName(labelOf(connection)),
      ),
      {
        detail: stacked(
          unsent
            .slice(0, 8)
            .map((record) =>
              say('{0}: {1}', shown(describeOperation(record.operation)), shownName(record.title)),
            ),
        ),
        yes: say('Sign Out'),
      },
    );
    if (!sure) return false;
    for (const { id } of unsent) await store.discard(id);
    return true;
  }

  private async guarded({ connectionId }: Unsent, work: (store: BoardStore) => Promise<void>): Promise<void> {
    const store = this.services.stores.of(connectionId);
    try {
      if (store) await work(store);
    } catch (error) {
      const { message } = TaskboardError.is(error) ? error : (error as Error);
      tell('error', shown(message));
    }
  }
}
