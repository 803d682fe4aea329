/** One line of a page's clock: milliseconds since the epoch, the same in every frame. */
export type Seen = { kind: 'pressed' | 'painted'; at: number };

/**
 * For every frame of a page, before its own scripts: the window tells when a mouse button was let go or Enter pressed, a
 * webview when the first card (or the word of the empty one) is painted, and `benchWatch(selector)` the same of anything else. Painted:
 * a frame has found it, and the next one's tasks have run. Text, not a function: the compiler would call helpers of its own.
 */
export const PAINT_WATCH = `(() => {
  const tell = (kind) => window.benchSeen({ kind, at: performance.timeOrigin + performance.now() });
  if (window === window.top) {
    addEventListener('pointerup', () => tell('pressed'), true);
    addEventListener('keydown', ({ key }) => key === 'Enter' && tell('pressed'), true);
    return;
  }
  // A timer, not frames: VS Code writes a webview's document anew into its frame, which ends those that were asked for.
  window.benchWatch = (selector) => {
    const timer = setInterval(() => {
      if (!document.querySelector(selector)) return;
      clearInterval(timer);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => tell('painted');
        port2.postMessage(null);
      });
    }, 2);
  };
  benchWatch('main [data-card], [data-empty]');
})();`;
