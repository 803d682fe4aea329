// A rendering thread that does what a text tells it: for what a real one can't be made to do at will.
const { parentPort } = require('node:worker_threads');
if (!parentPort) throw new Error('This runs as a worker thread.');
const port = parentPort;

port.on('message', ({ id, text }) => {
  if (text.startsWith('hang')) for (;;);
  if (text.startsWith('exit')) process.exit(1);
  if (text.startsWith('throw')) throw new Error('A fault of the renderer.');
  if (text.startsWith('memory')) for (const all = []; ;) all.push(new Array(100_000).fill(id));
  port.postMessage({ id, html: text.startsWith('refuse') ? null : `<p>${text}</p>` });
});
port.postMessage({ id: 0, html: null });
