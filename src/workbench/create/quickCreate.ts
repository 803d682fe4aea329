// Room: src/workbench/create: a new card from the palette.
// Owner: VS Code's memento has which board it was last, and words that are not meant as marks.
// Source: docs/architecture.md.

import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { BoardStore } from '../../board/boardStore';
import { createCard } from '../../board/mutations/mutation';
import { machineDay } from '../../base/userDay';
import { parseQuickAdd } from '../prompts/quickAdd';
import { TaskboardError } from '../../client/taskboardError';
import { type BoardRef, sameBoard } from '../../contract/keys';
import { pickBoard, pickPlace } from '../prompts/boardPicks';
import { isKept, type MarkAnswers, resolveMarks } from '../prompts/markNames';
import { PlainWords } from './plainWords';
import type { Actions } from '../shared/actions';
import type { Services } from '../shared/services';
import { notDoneSentence } from '../shared/problems';
import type { AskTitle } from './titleInput';
import { offer, tell } from '../../widgets/notices';
import { pickOne } from '../../widgets/picks';
import { say, shown, shownName } from '../../widgets/shownText';

const LAST = 'taskboard.lastTarget';

/** After so long without an answer a new card is told to wait, in milliseconds. */
const PATIENCE_MS = 4_000;

/** Where a new card goes. */
interface Target {
  ref: BoardRef;
  stageId: string;
}

/** The palette's "New Card…": one input; board and stage are those at hand, and one more pick changes them. */
export class QuickCreate {
  private readonly plain: PlainWords;

  /** @param open the board that has the focus, or whose card has it */
  constructor(
    private readonly services: Services,
    private readonly actions: Actions,
    private readonly state: vscode.Memento,
    private readonly ask: AskTitle,
    private readonly open: () => BoardRef | undefined,
  ) {
    this.plain = new PlainWords(state);
  }

  /**
   * Asks for a title and makes the card.
   * @param given board and stage when the command came from one of them in the tree
   * @param text what stands in the input at first
   */
  async run(given: { ref?: BoardRef; stageId?: string } = {}, text = ''): Promise<void> {
    if (this.services.connections.all().length === 0) return this.actions.signIn();
    let target = await this.startingTarget(given);
    let line: string | undefined = text;
    while (target) {
      const answer = await this.askTitle(target, line);
      if (answer === undefined) return;
      line = answer.line;
      if (answer.unkeep) await this.plain.forget(answer.unkeep);
      else if (answer.change) target = (await this.changedTarget(target)) ?? target;
      else return this.create(target, line);
    }
  }

  private async create(target: Target, line: string): Promise<void> {
    const { ref, stageId } = target;
    const store = this.services.stores.of(ref.connectionId);
    if (!store) return;
    try {
      const card = await this.read(store, target, line);
      if (!card) return this.run({ ref, stageId }, line);
      await this.state.update(LAST, target);
      await store.open(ref.boardId);
      const creation = createCard(randomUUID(), card, new Date().toISOString());
      const { saved, settled } = store.mutate(ref.boardId, creation);
      await saved;
      void this.tell(ref, settled, card.title);
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      const again = await offer('error', shown(notDoneSentence('create', error)), say('Try Again'));
      if (again) await this.run({ ref, stageId }, line);
    }
  }

  /** The card that the line means; nothing when the person stepped back. */
  private async read(store: BoardStore, { ref, stageId }: Target, line: string) {
    await store.directory.whoAmI(); // their zone
    const answers: MarkAnswers = new Map();
    const needs = { directory: store.directory, pick: pickOne };
    for (;;) {
      const parsed = parseQuickAdd(line, store.day.today, this.plain.words);
      const meant = await resolveMarks(needs, ref.boardId, parsed, answers);
      if (!meant) return undefined;
      if (isKept(meant)) {
        await this.plain.keep(meant.keep);
        continue; // the line is read anew, with the word in its title
      }
      const { owners, tags } = meant;
      return {
        board_id: ref.boardId,
        stage_id: stageId,
        title: parsed.title,
        ...(parsed.priority && { priority: parsed.priority }),
        ...(parsed.due && { due_date: parsed.due }),
        ...(tags.length > 0 && { tags }),
        ...(owners.length > 0 && { owners }),
      };
    }
  }

  /** Says that the card is made, or that it waits; a refusal is told by the notices. */
  private async tell(ref: BoardRef, settled: Promise<string[]>, title: string): Promise<void> {
    const outcome = await Promise.race([
      settled.then(
        ([cardId]) => ({ cardId }),
        () => 'refused' as const,
      ),
      new Promise<'waits'>((resolve) => setTimeout(() => resolve('waits'), PATIENCE_MS)),
    ]);
    if (outcome === 'refused') return;
    if (outcome === 'waits') {
      tell(
        'info',
        say('"{0}" is saved here. It is sent as soon as the server can be reached.', shownName(title)),
      );
      return;
    }
    const open = await offer('info', say('Created "{0}".', shownName(title)), say('Open'));
    if (open && outcome.cardId) this.actions.openCard({ ...ref, cardId: outcome.cardId });
  }

  /** Where the card goes as long as nobody says otherwise. Only a board may have to be asked for. */
  private async startingTarget({
    ref,
    stageId,
  }: {
    ref?: BoardRef;
    stageId?: string;
  }): Promise<Target | undefined> {
    if (ref && stageId) return { ref, stageId };
    const last = this.state.get<Target>(LAST);
    for (const at of ref ? [ref] : [this.open(), last?.ref, this.services.current.get()]) {
      const target = at && (await this.stageOn(at, last));
      if (target) return target;
    }
    const asked =
      ref ?? (await pickBoard(this.services, this.actions, say('New card: on which board?'), { only: true }));
    if (!asked) return undefined;
    const target = await this.stageOn(asked, last);
    if (!target) tell('info', say('This board has no stages yet. Add one first.'));
    return target;
  }

  /** A board with the stage of the last time, else its first; nothing where there is none. */
  private async stageOn(ref: BoardRef, last: Target | undefined): Promise<Target | undefined> {
    const store = this.services.stores.of(ref.connectionId);
    await store?.open(ref.boardId);
    const stages = store?.state(ref.boardId).snapshot?.board.stages ?? [];
    const same = last && sameBoard(last.ref, ref) ? last.stageId : undefined;
    const stage = stages.find(({ stage_id }) => stage_id === same) ?? stages[0];
    return stage && { ref, stageId: stage.stage_id };
  }

  /** One pick: another stage of this board, or the way to another board. */
  private async changedTarget({ ref }: Target): Promise<Target | undefined> {
    const place = await pickPlace(this.services, ref);
    if (place !== 'elsewhere') return place && { ref, stageId: place.stage_id };
    const other = await pickBoard(this.services, this.actions, say('New card: on which board?'));
    return other && this.stageOn(other, undefined);
  }

  private async askTitle(target: Target, line: string): ReturnType<AskTitle> {
    const store = this.services.stores.of(target.ref.connectionId);
    const board = store?.state(target.ref.boardId).snapshot?.board;
    const stage = board?.stages.find(({ stage_id }) => stage_id === target.stageId);
    await store?.directory.whoAmI(); // their zone
    const day = store?.day ?? machineDay;
    return this.ask({
      plain: this.plain.words,
      place: shown(`${shownName(board?.name ?? '')} › ${shownName(stage?.name ?? '')}`),
      line,
      get today() {
        return day.today; // the question may stand over midnight
      },
    });
  }
}
