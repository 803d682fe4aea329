import type { Heard, NoticeView, QuestionView, Told, WindowView } from './protocol';

/** Something that can be listened to, as VS Code's events are. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event = (
    listener: (value: T) => unknown,
    thisArg?: unknown,
    disposables?: { dispose(): void }[],
  ): { dispose(): void } => {
    const call = (value: T) => void listener.call(thisArg, value);
    this.listeners.add(call);
    const subscription = { dispose: () => void this.listeners.delete(call) };
    disposables?.push(subscription);
    return subscription;
  };

  fire(value: T): void {
    for (const call of [...this.listeners]) call(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** A webview, and what stands around it: a tab or a section of the side bar. */
export class Panel {
  html = '';
  /** What the page saved of itself: its next page finds it. */
  state: unknown = null;
  page = 0;
  title = '';
  readonly received = new Emitter<unknown>();
  readonly disposed = new Emitter<void>();
  readonly viewState = new Emitter<void>();

  constructor(
    readonly id: string,
    readonly viewType: string,
    readonly place: 'sidebar' | 'editor',
  ) {}
}

type Question = { view: QuestionView; hear: (heard: Heard) => void };
type Notice = { view: NoticeView; answer: (button: number | null) => void };

/** The window of the stand-in: what is open in it, and the browsers that show it. */
export class PageWindow {
  readonly panels = new Map<string, Panel>();
  /** The panel in front, by its id. */
  front = '';
  commands: WindowView['commands'] = [];
  private question: Question | undefined;
  private readonly notices = new Map<number, Notice>();
  private readonly status = new Map<string, string>();
  private trouble: string[] = [];
  private readonly browsers = new Set<(told: Told) => void>();
  private lastId = 0;
  private telling = false;

  nextId(): number {
    return ++this.lastId;
  }

  /** Shows the window to a browser from now on. @returns the way to stop */
  show(tell: (told: Told) => void): () => void {
    this.browsers.add(tell);
    tell({ kind: 'window', view: this.view() });
    return () => void this.browsers.delete(tell);
  }

  tell(told: Told): void {
    for (const browser of this.browsers) browser(told);
  }

  /** Something of the window changed; told once for all of one turn. */
  changed(): void {
    if (this.telling) return;
    this.telling = true;
    setImmediate(() => {
      this.telling = false;
      this.tell({ kind: 'window', view: this.view() });
    });
  }

  setTrouble(lines: string[]): void {
    this.trouble = lines;
    this.changed();
  }

  setStatus(id: string, text: string | undefined): void {
    if (text === undefined) this.status.delete(id);
    else this.status.set(id, text);
    this.changed();
  }

  /** Asks, in the place of the question that stood there. */
  ask(view: QuestionView, hear: (heard: Heard) => void): void {
    const before = this.question;
    this.question = { view, hear };
    if (before) before.hear({ kind: 'hidden', question: before.view.id });
    this.changed();
  }

  answered(id: number): void {
    if (this.question?.view.id === id) this.question = undefined;
    this.changed();
  }

  notice(kind: NoticeView['kind'], text: string, buttons: string[]): Promise<number | null> {
    const id = this.nextId();
    return new Promise((resolve) => {
      this.notices.set(id, {
        view: { id, kind, text, buttons },
        answer: (button) => {
          this.notices.delete(id);
          this.changed();
          resolve(button);
        },
      });
      this.changed();
    });
  }

  /** Nothing stays of what the extension showed, but its panels. */
  clear(): void {
    this.question = undefined;
    this.notices.clear();
    this.status.clear();
    this.trouble = [];
    this.changed();
  }

  hear(heard: Heard): void {
    if (heard.kind === 'message') this.panels.get(heard.panel)?.received.fire(heard.message);
    else if (heard.kind === 'state') {
      const panel = this.panels.get(heard.panel);
      if (panel) panel.state = heard.state;
    } else if (heard.kind === 'front') {
      if (this.front === heard.panel || this.panels.get(heard.panel)?.place !== 'editor') return;
      this.front = heard.panel;
      for (const panel of this.panels.values()) panel.viewState.fire();
    } else if (heard.kind === 'close') this.close(heard.panel);
    else if (heard.kind === 'notice') this.notices.get(heard.notice)?.answer(heard.button);
    else if ('question' in heard && this.question?.view.id === heard.question) this.question.hear(heard);
  }

  close(id: string): void {
    const panel = this.panels.get(id);
    if (!panel) return;
    this.panels.delete(id);
    panel.disposed.fire();
    this.changed();
  }

  private view(): WindowView {
    return {
      panels: [...this.panels.values()].map(({ id, viewType, title, place, page }) => ({
        ...{ id, viewType, title, place, page },
      })),
      question: this.question?.view ?? null,
      notices: [...this.notices.values()].map(({ view }) => view),
      status: [...this.status.values()],
      trouble: this.trouble,
      commands: this.commands,
    };
  }
}
