/** What a gate ends with; a script or a pipeline can tell the cases apart. */
export const EXIT = {
  ok: 0,
  /** The contract is broken, or documents differ. */
  fault: 1,
  usage: 2,
  /** Nothing answers, or the database behind it does not. */
  unreachable: 3,
  signIn: 4,
  /** Something answers, but it is no taskboard server. */
  otherServer: 5,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES = `Exit codes: 0 all well · 1 a fault was found · 2 wrong usage · 3 the server does not answer
            4 the sign-in is refused · 5 the address is no taskboard server`;

/** A reason to end the whole run, as a sentence for whoever started it. */
export class Stop extends Error {
  constructor(
    readonly exit: Exit,
    sentence: string,
  ) {
    super(sentence);
  }
}
