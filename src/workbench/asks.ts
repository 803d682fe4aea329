/** One entry of a pick. */
export interface Choice<T> {
  label: string;
  description?: string;
  detail?: string;
  value: T;
}

export interface TextQuestion {
  title: string;
  prompt: string;
  value?: string;
  placeholder?: string;
  /** Why a text can't be taken, or nothing. */
  refuse?: (text: string) => string | undefined;
}

/** What the flows ask of a person. Each answers with nothing when the person steps back. */
export interface Asks {
  pick: <T>(title: string, choices: readonly Choice<T>[], placeholder?: string) => Promise<T | undefined>;
  /** A pick whose entries are looked up as the person types. */
  find: <T>(
    title: string,
    placeholder: string,
    search: (typed: string) => Promise<readonly Choice<T>[]>,
  ) => Promise<T | undefined>;
  text: (question: TextQuestion) => Promise<string | undefined>;
  /** A question that must be answered before anything else. */
  confirm: (question: string, detail: string, yes: string) => Promise<boolean>;
  /** Shows that something goes on. */
  busy: <T>(title: string, work: () => Promise<T>) => Promise<T>;
  /** Says what was done. */
  done: (sentence: string) => void;
  /** Says what was not done, and why. */
  refused: (sentence: string) => void;
}
