import { parentPort } from 'node:worker_threads';
import { renderMarkdown } from './markdownDialect';
import type { Rendered, ToRender } from './markdown';

// The thread in which texts are rendered: one that takes for ever is ended with it.

if (!parentPort) throw new Error('This runs as a worker thread.');
const port = parentPort;
port.on('message', ({ id, text }: ToRender) =>
  port.postMessage({ id, html: rendered(text) } satisfies Rendered),
);
port.postMessage({ id: 0, html: null } satisfies Rendered); // there, and listening

function rendered(text: string): string | null {
  try {
    return renderMarkdown(text);
  } catch {
    return null; // out of memory, of stack, of the length of a string: it is shown as text
  }
}
