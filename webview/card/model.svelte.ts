import { sameCard } from '../../src/contract/keys';
import type { CardEdit, CardEditorView, CardFieldsView } from '../../src/messages/cardMessages';
import type { PersonView, TagView } from '../../src/messages/shared';

/** An edit that was made here and that no snapshot shows yet. */
interface Unconfirmed {
  change: CardEdit;
  revision: number | null;
}

/** What the card editor shows: the host's snapshot, and on top of it what was changed here and not yet confirmed. */
export class CardModel {
  view = $state.raw<CardEditorView | null>(null);
  /** An error that stays readable until it is dismissed. */
  notice = $state<string | null>(null);
  private unconfirmed = $state.raw<readonly Unconfirmed[]>([]);
  /** People that were found here: a name to show until the snapshot has it. */
  private readonly found = new Map<number, PersonView>();

  /** The card as it is shown. */
  readonly card: CardFieldsView | null = $derived.by(() => {
    const card = this.view?.card ?? null;
    return card && this.unconfirmed.reduce((shown, { change }) => this.apply(shown, change), card);
  });

  show(view: CardEditorView): void {
    if (!sameCard(this.view?.identity, view.identity)) {
      this.unconfirmed = [];
      this.found.clear();
    }
    this.view = view;
    this.unconfirmed = this.unconfirmed.filter(
      ({ revision }) => revision === null || revision > view.revision,
    );
  }

  /** Shows an edit until a snapshot of the answer's revision does, or until it is dropped. */
  keep(change: CardEdit): { confirm(revision: number): void; drop(): void } {
    let entry: Unconfirmed = { change, revision: null };
    this.unconfirmed = [...this.unconfirmed, entry];
    const drop = () => {
      this.unconfirmed = this.unconfirmed.filter((each) => each !== entry);
    };
    const confirm = (revision: number) => {
      if ((this.view?.revision ?? 0) >= revision) return drop();
      const confirmed = { change, revision };
      this.unconfirmed = this.unconfirmed.map((each) => (each === entry ? confirmed : each));
      entry = confirmed;
    };
    return { confirm, drop };
  }

  learn(people: readonly PersonView[]): void {
    for (const person of people) this.found.set(person.partnerId, person);
  }

  private apply(card: CardFieldsView, change: CardEdit): CardFieldsView {
    const { title, stage_id, priority, description_md, due_date, owners, tags, checklist } = change;
    return {
      ...card,
      ...(title !== undefined && { title }),
      ...(stage_id !== undefined && { stageId: stage_id }),
      ...(priority !== undefined && { priority }),
      ...(description_md !== undefined && { descriptionMd: description_md }),
      ...(due_date !== undefined && { dueDate: due_date }),
      ...(owners !== undefined && { owners: owners.flatMap((id) => this.person(id, card) ?? []) }),
      ...(tags !== undefined && { tags: tags.flatMap((id) => this.tag(id, card) ?? []) }),
      ...(checklist !== undefined && { checklist }),
    };
  }

  private person(id: number, { owners }: CardFieldsView): PersonView | undefined {
    const is = ({ partnerId }: PersonView) => partnerId === id;
    return owners.find(is) ?? this.view?.people.find(is) ?? this.found.get(id);
  }

  private tag(id: string, { tags }: CardFieldsView): TagView | undefined {
    const is = ({ tagId }: TagView) => tagId === id;
    return tags.find(is) ?? this.view?.tags.find(is);
  }
}
