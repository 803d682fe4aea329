import { Channel, RequestFailed, type Handlers, type Methods } from '../../src/messages/channel';

const api = acquireVsCodeApi<unknown>();

/** Opens the line to the extension host. What it sends is trusted: it comes from our own process. */
export function connect<Local extends Methods, Remote extends Methods>(
  handlers: Handlers<Local>,
): Channel<Local, Remote> {
  return new Channel<Local, Remote>(
    {
      post: (message) => api.postMessage(message),
      listen: (receive) => {
        const listener = (event: MessageEvent<unknown>) => receive(event.data);
        window.addEventListener('message', listener);
        return () => window.removeEventListener('message', listener);
      },
      validate: (_name, input) => input,
      describe: (error) =>
        RequestFailed.is(error) ? error.failure : { reason: 'view', sentence: 'The view could not do that.' },
    },
    handlers,
  );
}

/** What the view saved when it was last shown, or null. Its shape is the caller's to check. */
export const savedState = (): unknown => api.getState() ?? null;

let identity = identityIn(savedState());

/** Keeps what the host restores this view from; it goes with everything that is saved. */
export function keepIdentity(next: object | null): void {
  if (JSON.stringify(next) === JSON.stringify(identity)) return;
  identity = next;
  const state = savedState();
  saveState(typeof state === 'object' && state !== null ? state : {});
}

/** Saves what belongs to the viewer (focus, filter, scroll, half-typed text); it survives hiding and reloads. */
export const saveState = (state: object): void => void api.setState({ ...state, identity });

function identityIn(state: unknown): unknown {
  return typeof state === 'object' && state !== null && 'identity' in state ? state.identity : null;
}

/** The sentence to show for a request that failed. */
export const sentenceOf = (error: unknown): string =>
  RequestFailed.is(error) ? error.failure.sentence : 'That did not work. Try again.';
