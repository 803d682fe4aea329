// Room: webview/common: what both pages need: the line to the host, avatars, icons, live regions, shared texts.
// Owner: the page that mounts it.
// Source: docs/security.md.

import { Channel, RequestFailed, type Handlers, type Methods } from '../../src/messages/channel';
import { after, type Timer } from '../../src/base/timers';
import { t } from './l10n';

// It may be asked for once only.
let acquired: ReturnType<typeof acquireVsCodeApi<unknown>> | undefined;
const api = () => (acquired ??= acquireVsCodeApi<unknown>());

/**
 * Opens the line to the extension host. What it sends is trusted: it comes from our own process.
 * @param about what the page shows at the moment: each call is about that, whatever the host shows it next
 */
export function connect<Local extends Methods, Remote extends Methods>(
  handlers: Handlers<Local>,
  about?: () => unknown,
): Channel<Local, Remote> {
  return new Channel<Local, Remote>(
    {
      post: (message) => api().postMessage(message),
      listen: (receive) => {
        const listener = (event: MessageEvent<unknown>) => receive(event.data);
        window.addEventListener('message', listener);
        return () => window.removeEventListener('message', listener);
      },
      ...(about && { about }),
      validate: (_name, input) => input,
      describe: (error) => {
        if (RequestFailed.is(error)) return error.failure;
        reportError(error); // a fault of ours: seen in the developer tools, and by the tests
        return { reason: 'view', sentence: t('The view could not do that.') };
      },
    },
    handlers,
  );
}

/** How long the page waits for the host to show it something before it says again that it is there; doubled each time. */
const AGAIN_MS = 500;
const AGAIN_MOST_MS = 8_000;

/** Says that the page is there, until the host has shown it something: no single message has to arrive. */
export class Presence {
  private timer: Timer | undefined;

  constructor(private readonly ready: () => void) {}

  announce(wait = AGAIN_MS): void {
    clearTimeout(this.timer);
    this.ready();
    this.timer = after(wait, () => this.announce(Math.min(wait * 2, AGAIN_MOST_MS)));
  }

  answered(): void {
    clearTimeout(this.timer);
  }
}

/** What the view saved when it was last shown, or null. Its shape is the caller's to check. */
export const savedState = (): unknown => api().getState() ?? null;

/**
 * Saves what belongs to the viewer (focus, filter, scroll, half-typed text); it survives hiding and reloads. The host
 * restores an editor by the `identity` in it.
 */
export const saveState = <S extends { identity: unknown }>(state: S): void => void api().setState(state);

/** The sentence to show for a request that failed. */
export const sentenceOf = (error: unknown): string =>
  RequestFailed.is(error) ? error.failure.sentence : t('That did not work. Try again.');
