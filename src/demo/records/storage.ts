/** Where the demo keeps its boards between runs, as one text. */
export interface DemoStorage {
  /** @returns what was saved last, or null when there is nothing yet */
  load(): Promise<string | null>;
  /** Resolves when the text is safe; rejects when it is not, and the former text is then still there. */
  save(text: string): Promise<void>;
  /** Puts a text that cannot be read out of the way, and says where it is now. @param reason for a person */
  setAside?(reason: string): Promise<void>;
  /** Whether somebody else (another window) has saved since this storage last loaded or saved. */
  changed?(): Promise<boolean>;
  /** Runs `work` while nobody else may save. */
  exclusive?<T>(work: () => Promise<T>): Promise<T>;
}

/** Keeps the text in memory: for tests, and for a demo that need not outlive its process. */
export function memoryStorage(text: string | null = null): DemoStorage {
  let kept = text;
  return {
    load: async () => kept,
    save: async (next) => {
      kept = next;
    },
  };
}
