import type * as vscode from 'vscode';

const KEY = 'taskboard.plainWords';
/** The oldest go first. */
const MOST = 200;

/** The words that look like marks and were said to be none (`@Override`), kept across restarts. */
export class PlainWords {
  constructor(private readonly state: vscode.Memento) {}

  get words(): ReadonlySet<string> {
    return new Set(this.state.get<string[]>(KEY, []));
  }

  async keep(word: string): Promise<void> {
    await this.set([...[...this.words].filter((known) => known !== plain(word)), plain(word)].slice(-MOST));
  }

  /** Reads these words as marks again. */
  async forget(words: readonly string[]): Promise<void> {
    const gone = new Set(words.map(plain));
    await this.set([...this.words].filter((word) => !gone.has(word)));
  }

  private async set(words: string[]): Promise<void> {
    await this.state.update(KEY, words);
  }
}

const plain = (word: string) => word.toLowerCase();
