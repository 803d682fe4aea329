import * as z from 'zod/mini';

/** The closed list of what a webview may ask for, each with the schema of its input. */
export type Intents = Record<string, z.ZodMiniType>;

/** The methods that a list of intents makes, given what each answers with (nothing, when not named). */
export type MethodsOf<I extends Intents, Answers extends Partial<Record<keyof I, unknown>> = object> = {
  [N in keyof I & string]: {
    input: z.infer<I[N]>;
    output: N extends keyof Answers ? Answers[N] : void;
  };
};

/** Checks an intent on arrival in the host. Throws a sentence for an unknown name or a malformed input. */
export function validateIntent(intents: Intents, name: string, input: unknown): unknown {
  const schema = Object.hasOwn(intents, name) ? intents[name] : undefined;
  if (!schema) throw new Error(`The view asked for ${name}, which is not known.`);
  const parsed = z.safeParse(schema, input);
  if (!parsed.success) throw new Error(`The view sent a malformed ${name}.`);
  return parsed.data;
}
