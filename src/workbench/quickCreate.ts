import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { BoardStore } from '../board/boardStore';
import { createCard } from '../board/mutation';
import { matchesFor, parseQuickAdd, type QuickAdd } from '../board/quickAdd';
import { TaskboardError } from '../client/taskboardError';
import type { Partner, Tag } from '../contract/entities';
import type { NewCard } from '../contract/requests';
import type { BoardRef } from '../contract/keys';
import { pickBoard, pickStage } from './boardPicks';
import type { Parts } from './parts';
import { todayIn } from './people';
import { notDoneSentence } from './problems';
import type { AskTitle } from './titleInput';
import { offer, tell } from '../widgets/notices';
import { pickOne } from '../widgets/picks';
import { say, shown, shownName, type ShownText, withIcon } from '../widgets/shownText';

const LAST = 'taskboard.lastTarget';

/** After so long without an answer a new card is told to wait, in milliseconds. */
const PATIENCE_MS = 4_000;

/** Where a new card goes. */
interface Target {
  ref: BoardRef;
  stageId: string;
}

/** The palette's "New Card…": one input; board and stage are those of the last time, and one more pick changes them. */
export class QuickCreate {
  constructor(
    private readonly parts: Parts,
    private readonly state: vscode.Memento,
    private readonly ask: AskTitle,
  ) {}

  /**
   * Asks for a title and makes the card.
   * @param given board and stage when the command came from one of them in the tree
   * @param text what stands in the input at first
   */
  async run(given: { ref?: BoardRef; stageId?: string } = {}, text = ''): Promise<void> {
    if (this.parts.connections.all().length === 0) return this.parts.actions.signIn();
    let target = await this.startingTarget(given);
    let line: string | undefined = text;
    while (target) {
      const answer = await this.askTitle(target, line);
      if (answer === undefined) return;
      line = answer.line;
      if (answer.change) target = (await this.pickTarget()) ?? target;
      else return this.create(target, line);
    }
  }

  private async create(target: Target, line: string): Promise<void> {
    const { ref, stageId } = target;
    const store = this.parts.stores.of(ref.connectionId);
    if (!store) return;
    try {
      const parsed = parseQuickAdd(line, todayIn((await store.directory.whoAmI())?.tz));
      const card = await this.resolve(store, target, parsed);
      if (!card) return this.run({ ref, stageId }, line);
      await this.state.update(LAST, target);
      await store.open(ref.boardId);
      const creation = createCard(randomUUID(), card, new Date().toISOString());
      const { saved, settled } = store.mutate(ref.boardId, creation);
      await saved;
      void this.tell(ref, settled, parsed.title);
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      const again = await offer('error', shown(notDoneSentence('create', error)), say('Try Again'));
      if (again) await this.run({ ref, stageId }, line);
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
    if (open && outcome.cardId) this.parts.actions.openCard({ ...ref, cardId: outcome.cardId });
  }

  private async startingTarget({
    ref,
    stageId,
  }: {
    ref?: BoardRef;
    stageId?: string;
  }): Promise<Target | undefined> {
    if (ref && stageId) return { ref, stageId };
    if (ref) {
      const stage = await pickStage(this.parts, ref);
      return stage && { ref, stageId: stage.stage_id };
    }
    const last = this.state.get<Target>(LAST);
    return last && (await this.stillThere(last)) ? last : this.pickTarget();
  }

  private async stillThere({ ref, stageId }: Target): Promise<boolean> {
    const store = this.parts.stores.of(ref.connectionId);
    await store?.open(ref.boardId);
    return store?.state(ref.boardId).snapshot?.columns.has(stageId) ?? false;
  }

  private async pickTarget(): Promise<Target | undefined> {
    const ref = await pickBoard(this.parts, say('New card: on which board?'));
    const stage = ref && (await pickStage(this.parts, ref));
    return stage && { ref, stageId: stage.stage_id };
  }

  private async askTitle(target: Target, line: string): ReturnType<AskTitle> {
    const store = this.parts.stores.of(target.ref.connectionId);
    const board = store?.state(target.ref.boardId).snapshot?.board;
    const stage = board?.stages.find(({ stage_id }) => stage_id === target.stageId);
    const today = todayIn((await store?.directory.whoAmI())?.tz);
    return this.ask({
      place: shown(`${shownName(board?.name ?? '')} › ${shownName(stage?.name ?? '')}`),
      line,
      today,
    });
  }

  /** Turns names into ids; asks where a name fits nobody or several. Nothing when the person stepped back. */
  private async resolve(
    store: BoardStore,
    { ref, stageId }: Target,
    parsed: QuickAdd,
  ): Promise<NewCard | undefined> {
    const tags: string[] = [];
    const known = parsed.tags.length > 0 ? await store.directory.tags(ref.boardId, '') : [];
    for (const name of parsed.tags) {
      const found =
        matchesFor(name, known, ({ name }) => [name]).length > 0
          ? known
          : await store.directory.tags(ref.boardId, name.replaceAll('_', ' '));
      const tag = await resolveName<Tag>(
        name,
        found.length > 0 ? found : known,
        ({ name }) => [name],
        ({ name }) => name,
        tagTexts,
      );
      if (tag === undefined) return undefined;
      if (tag) tags.push(tag.tag_id);
    }
    const owners: number[] = [];
    for (const name of parsed.people) {
      const people = await store.directory.people(ref.boardId, '');
      const found =
        matchesFor(name, people, namesOf).length > 0
          ? people
          : await store.directory.people(ref.boardId, name);
      const person = await resolveName<Partner>(
        name,
        found,
        namesOf,
        ({ name, email }) => `${name} ${email}`,
        personTexts,
      );
      if (person === undefined) return undefined;
      if (person) owners.push(person.partner_id);
    }
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

const tagTexts = {
  none: () => say('Create the card without this tag'),
  several: (typed: string): ShownText => say('Which tag is "{0}"?', shownName(typed)),
  unknown: (typed: string): ShownText => say('There is no tag "{0}". Which one?', shownName(typed)),
};
const personTexts: typeof tagTexts = {
  none: () => say('Create the card without this person'),
  several: (typed) => say('Which person is "{0}"?', shownName(typed)),
  unknown: (typed) => say('There is no person "{0}". Which one?', shownName(typed)),
};

const namesOf = ({ name, email }: Partner) => [name, email];

/** The one that fits; else a pick. `null`: leave it out; nothing: the person stepped back. */
async function resolveName<T>(
  typed: string,
  choices: readonly T[],
  names: (choice: T) => string[],
  label: (choice: T) => string,
  texts: typeof tagTexts,
): Promise<T | null | undefined> {
  const fitting = matchesFor(typed, choices, names);
  if (fitting.length === 1) return fitting[0];
  const items = (fitting.length > 0 ? fitting : choices).map((choice) => ({
    label: shownName(label(choice)),
    value: choice,
  }));
  const none = { label: withIcon('close', texts.none()), value: null };
  const question = fitting.length > 0 ? texts.several(typed) : texts.unknown(typed);
  return pickOne<T | null>(question, [...items, none], { stays: true });
}
