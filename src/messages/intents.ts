import * as z from 'zod/mini';
import { sizeOf } from './size';

/** The closed list of what a webview may ask for, each with the schema of its input. */
export type Intents = Record<string, z.ZodMiniType>;

/** The methods that a list of intents makes, given what each answers with (nothing, when not named). */
export type MethodsOf<I extends Intents, Answers extends Partial<Record<keyof I, unknown>> = object> = {
  [N in keyof I & string]: {
    input: z.infer<I[N]>;
    output: N extends keyof Answers ? Answers[N] : void;
  };
};

/** What a view asked for is not of the closed list, or not as it must be. */
export class BadIntent extends Error {
  /** @param sort one of few: what went wrong, without anything that the view sent */
  constructor(
    sentence: string,
    readonly sort: string,
  ) {
    super(sentence);
    this.name = 'BadIntent';
  }
}

/** Checks an intent on arrival in the host. @throws BadIntent for an unknown name or a malformed input */
export function validateIntent(intents: Intents, name: string, input: unknown): unknown {
  const schema = Object.hasOwn(intents, name) ? intents[name] : undefined;
  if (!schema) throw new BadIntent(`The view asked for ${name.slice(0, 64)}, which is not known.`, 'unknown');
  // A schema looks at everything before it says no, and remembers each thing that is wrong.
  const parsed = sizeOf(input) === null ? undefined : z.safeParse(schema, input);
  if (!parsed?.success) throw new BadIntent(`The view sent a malformed ${name}.`, `malformed ${name}`);
  return parsed.data;
}
