import type { Heard, QuestionView } from './protocol';

/** The quick pick or input box of the moment, as a dialog: typed text filters, arrows choose, Enter accepts. */
export class QuestionDialog {
  private question: QuestionView | null = null;
  /** The row that Enter would take. */
  private at = 0;
  private readonly input = document.createElement('input');
  private readonly list = document.createElement('ol');
  private readonly title = document.createElement('strong');
  private readonly remark = document.createElement('p');
  private readonly buttons = document.createElement('div');

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly hear: (heard: Heard) => void,
  ) {
    dialog.append(this.title, this.input, this.remark, this.list, this.buttons);
    dialog.oncancel = (event) => {
      event.preventDefault();
      this.send((question) => ({ kind: 'hidden', question }));
    };
    this.input.oninput = () => {
      this.at = 0;
      this.send((question) => ({ kind: 'typed', question, value: this.input.value }));
    };
    dialog.onkeydown = (event) => {
      if (event.key === 'Enter') this.accept();
      else if (event.key === 'ArrowDown') this.step(1);
      else if (event.key === 'ArrowUp') this.step(-1);
      else return;
      event.preventDefault();
    };
  }

  show(question: QuestionView | null): void {
    const other = question?.id !== this.question?.id;
    this.question = question;
    if (!question) {
      if (this.dialog.open) this.dialog.close();
      return;
    }
    if (other) {
      this.at = 0;
      this.input.type = question.password ? 'password' : 'text';
      this.input.value = question.value;
    }
    this.title.textContent = question.title;
    this.input.placeholder = question.placeholder;
    this.remark.textContent = [question.remark, question.prompt].filter(Boolean).join(' · ');
    this.drawRows();
    this.buttons.replaceChildren(
      ...question.buttons.map((label, button) => {
        const drawn = Object.assign(document.createElement('button'), { textContent: label });
        drawn.onclick = () => this.send((id) => ({ kind: 'pressed', question: id, button }));
        return drawn;
      }),
    );
    if (!this.dialog.open) this.dialog.showModal();
    if (other) this.input.focus();
  }

  private send(heard: (question: number) => Heard): void {
    if (this.question) this.hear(heard(this.question.id));
  }

  /** The rows that what was typed leaves, by their place in the question. */
  private get left(): number[] {
    const typed = this.input.value.toLowerCase();
    return (this.question?.rows ?? []).flatMap(({ label, description }, row) =>
      `${label} ${description}`.toLowerCase().includes(typed) ? [row] : [],
    );
  }

  private step(by: number): void {
    this.at = Math.max(0, Math.min(this.left.length - 1, this.at + by));
    this.drawRows();
  }

  private accept(): void {
    const { question, left } = this;
    if (!question) return;
    const ticked = (question.rows ?? []).flatMap((row, index) => (row.ticked ? [index] : []));
    const [row] = left.slice(this.at);
    const rows = question.many ? ticked : row === undefined ? [] : [row];
    this.hear({ kind: 'accepted', question: question.id, rows });
  }

  private drawRows(): void {
    const { question } = this;
    const drawn = this.left.map((index, place) => {
      const row = question!.rows![index]!;
      const item = document.createElement('li');
      item.setAttribute('aria-selected', String(place === this.at));
      if (question!.many) {
        const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: row.ticked });
        item.append(box);
      }
      item.append(
        row.label,
        Object.assign(document.createElement('small'), { textContent: row.description }),
      );
      item.onclick = () => {
        this.at = place;
        if (!question!.many) return this.accept();
        row.ticked = !row.ticked;
        this.hear({
          kind: 'ticked',
          question: question!.id,
          rows: question!.rows!.flatMap(({ ticked }, each) => (ticked ? [each] : [])),
        });
        this.drawRows();
      };
      return item;
    });
    this.list.replaceChildren(...drawn);
  }
}
