import { untrack } from 'svelte';

/** Something to say: an error interrupts, the rest waits its turn. */
export type Kind = 'info' | 'error';

/** What the two live regions hold. */
export class Announcer {
  polite = $state('');
  assertive = $state('');

  say(text: string, kind: Kind = 'info'): void {
    // An effect that says something must not run again because of what was said.
    untrack(() => {
      if (kind === 'error') this.assertive = different(text, this.assertive);
      else this.polite = different(text, this.polite);
    });
  }
}

/** A live region speaks only when its text changes: the same sentence twice differs by an invisible space. */
const different = (text: string, before: string) => (text === before ? `${text}\u00a0` : text);
