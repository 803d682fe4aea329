/** One file of a journal as it stands: `stamp` changes whenever its content does. */
export interface JournalFile {
  readonly name: string;
  readonly stamp: string;
  /** Whether the window that writes it has given a sign of life lately. */
  readonly alive: boolean;
}

/** Where journals are kept. Each window writes a file of its own, and reads those of the others. */
export interface JournalStorage {
  list(): Promise<JournalFile[]>;
  /** The whole text; empty when the file is gone. */
  read(name: string): Promise<string>;
  /** Resolves when the text is on the disk; rejects when it is not, and then it never will be. */
  append(name: string, text: string): Promise<void>;
  /** Puts another text in the file's place, whole or not at all. */
  replace(name: string, text: string): Promise<void>;
  /** Takes a file from its window, which will begin another; gives its text. */
  takeOver(name: string): Promise<{ text: string; discard: () => Promise<void> }>;
  /** Says that the writer of the file lives. */
  touch(name: string): Promise<void>;
  /** Takes or keeps a lock; false while another window that lives holds it. */
  lock(name: string, owner: string): Promise<boolean>;
  unlock(name: string, owner: string): Promise<void>;
  /** Calls back soon after a file changed; gives the way to stop. */
  watch?(changed: (name: string) => void): () => void;
}

/** Keeps nothing beyond the process: for tests, and where there is no disk to write to. */
export function memoryJournalStorage(): JournalStorage {
  const files = new Map<string, string>();
  const locks = new Map<string, string>();
  return {
    list: async () => [...files].map(([name, text]) => ({ name, stamp: String(text.length), alive: true })),
    read: async (name) => files.get(name) ?? '',
    append: async (name, text) => void files.set(name, (files.get(name) ?? '') + text),
    replace: async (name, text) => void files.set(name, text),
    takeOver: async (name) => {
      const text = files.get(name) ?? '';
      files.delete(name);
      return { text, discard: async () => {} };
    },
    touch: async () => {},
    lock: async (name, owner) => {
      const holder = locks.get(name) ?? owner;
      locks.set(name, holder);
      return holder === owner;
    },
    unlock: async (name, owner) => void (locks.get(name) === owner && locks.delete(name)),
  };
}
