import type { Heard, QuestionView } from './protocol';
import { enumerations } from './values';
import { Emitter, type PageWindow } from './window';

/** An entry of a quick pick, as the extension gives it. */
interface Item {
  label: string;
  description?: string;
  detail?: string;
}

/**
 * VS Code's quick picks and input boxes: what is set on one is shown in the window, and what is done there is told by its
 * events.
 */
class Question {
  title: string | undefined;
  prompt: string | undefined;
  placeholder: string | undefined;
  password = false;
  ignoreFocusOut = false;
  matchOnDescription = false;
  busy = false;
  canSelectMany = false;
  buttons: readonly { tooltip?: string }[] = [];
  items: readonly Item[] | undefined;
  selectedItems: readonly Item[] = [];
  activeItems: readonly Item[] = [];
  value = '';
  validationMessage: string | { message: string } | undefined;
  private readonly changedValue = new Emitter<string>();
  private readonly accepted = new Emitter<void>();
  private readonly selected = new Emitter<readonly Item[]>();
  private readonly hidden = new Emitter<void>();
  private readonly triggered = new Emitter<unknown>();
  readonly onDidChangeValue = this.changedValue.event;
  readonly onDidAccept = this.accepted.event;
  readonly onDidChangeSelection = this.selected.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidTriggerButton = this.triggered.event;
  readonly onDidChangeActive = new Emitter<unknown>().event;
  readonly id: number;
  private shown = false;

  constructor(private readonly window: PageWindow) {
    this.id = window.nextId();
  }

  show(): void {
    this.shown = true;
    this.window.ask(this.view, (heard) => this.hear(heard));
  }

  hide(): void {
    if (!this.shown) return;
    this.shown = false;
    this.window.answered(this.id);
    this.hidden.fire();
  }

  dispose(): void {
    this.hide();
  }

  /** Read anew each time the window is told: what is set later shows too. */
  private readonly view: QuestionView = (() => {
    const question = () => this;
    const text = (value: string | undefined) => value ?? '';
    return {
      get id() {
        return question().id;
      },
      get title() {
        return text(question().title);
      },
      get prompt() {
        return text(question().prompt);
      },
      get value() {
        return question().value;
      },
      get placeholder() {
        return text(question().placeholder);
      },
      get password() {
        return question().password;
      },
      get remark() {
        const { validationMessage: remark } = question();
        return typeof remark === 'object' ? remark.message : text(remark);
      },
      get rows() {
        const { items, selectedItems } = question();
        return items?.map((item) => ({
          label: item.label,
          description: [item.description, item.detail].filter(Boolean).join(' · '),
          ticked: selectedItems.includes(item),
        })) as never;
      },
      get many() {
        return question().canSelectMany;
      },
      get buttons() {
        return question().buttons.map(({ tooltip = '' }) => tooltip);
      },
    };
  })();

  private hear(heard: Heard): void {
    const chosen = (rows: number[]) => rows.flatMap((row) => this.items?.[row] ?? []);
    if (heard.kind === 'typed') {
      this.value = heard.value;
      this.changedValue.fire(heard.value);
    } else if (heard.kind === 'ticked') {
      this.selectedItems = chosen(heard.rows);
      this.selected.fire(this.selectedItems);
    } else if (heard.kind === 'accepted') {
      if (this.items) this.selectedItems = chosen(heard.rows);
      this.accepted.fire();
    } else if (heard.kind === 'pressed') this.triggered.fire(this.buttons[heard.button]);
    else if (heard.kind === 'hidden') this.hide();
    this.window.changed();
  }
}

/** The parts of `vscode.window` that ask. */
export function asking(window: PageWindow) {
  // What is set on a question shows by itself.
  const shown = (question: Question) =>
    new Proxy(question, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
      },
      set: (target, name, value) => {
        window.changed();
        return Reflect.set(target, name, value, target);
      },
    });
  const answerOf = <T>(question: Question, answer: () => T | undefined): Promise<T | undefined> =>
    new Promise((resolve) => {
      let given: T | undefined;
      question.onDidAccept(() => {
        given = answer();
        if (given !== undefined) question.hide();
      });
      question.onDidHide(() => resolve(given));
      question.show();
    });
  return {
    createQuickPick: () => shown(Object.assign(new Question(window), { items: [] })),
    createInputBox: () => shown(new Question(window)),
    showQuickPick: async (
      items: Item[] | Promise<Item[]>,
      options: { title?: string; placeHolder?: string },
    ) => {
      const question = new Question(window);
      question.title = options.title;
      question.placeholder = options.placeHolder;
      question.items = await items;
      return answerOf(question, () => question.selectedItems[0]);
    },
    showInputBox: async (options: {
      title?: string;
      prompt?: string;
      placeHolder?: string;
      value?: string;
      validateInput?: (text: string) => unknown;
    }) => {
      const question = new Question(window);
      question.title = options.title;
      question.prompt = options.prompt;
      question.placeholder = options.placeHolder;
      question.value = options.value ?? '';
      const look = async () => {
        question.validationMessage = (await options.validateInput?.(question.value)) as string | undefined;
        window.changed();
      };
      question.onDidChangeValue(() => void look());
      void look();
      const refused = () => {
        const { validationMessage: remark } = question as { validationMessage: unknown };
        if (typeof remark === 'string') return remark !== '';
        const { severity } = (remark ?? {}) as { severity?: number };
        return severity === enumerations.InputBoxValidationSeverity.Error;
      };
      return answerOf(question, () => (refused() ? undefined : question.value));
    },
  };
}
