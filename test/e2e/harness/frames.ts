import type { Frame, Page } from 'playwright-core';

/** By the title of the view or panel (or of its document), or by a selector that its content has. */
export type WebviewMatch = string | { has: string };

/**
 * The inner frame of a webview that is shown, once its body has content. Frames that come later are considered
 * as they come, so a webview that is replaced meanwhile (html set again) is found in its new frame.
 */
export function findWebview(page: Page, match: WebviewMatch, timeout: number): Promise<Frame> {
  return new Promise((resolve, reject) => {
    const consider = (frame: Frame): void => {
      matches(frame, match, timeout).then(
        (found) => found && settle(() => resolve(frame)),
        () => undefined, // the frame went away, or never had content
      );
    };
    const timer = setTimeout(() => {
      const wanted = typeof match === 'string' ? `"${match}"` : match.has;
      const frames = page.frames().map((frame) => frame.url().slice(0, 200));
      settle(() =>
        reject(new Error(`No webview ${wanted} within ${timeout} ms; frames: ${frames.join('\n')}`)),
      );
    }, timeout);
    const settle = (action: () => void): void => {
      clearTimeout(timer);
      page.off('frameattached', consider);
      action();
    };
    page.on('frameattached', consider);
    page.frames().forEach(consider);
  });
}

async function matches(frame: Frame, match: WebviewMatch, timeout: number): Promise<boolean> {
  // The content of a webview is a frame in the frame that VS Code puts over the place where it shows.
  if (!frame.parentFrame()?.parentFrame()) return false;
  const wanted = typeof match === 'string' ? 'body > *' : match.has;
  await frame.locator(wanted).first().waitFor({ state: 'attached', timeout });
  const element = await frame.frameElement();
  if ((await element.getAttribute('id')) === 'pending-frame')
    await frame.parentFrame()?.locator('iframe#active-frame').waitFor({ state: 'attached', timeout });
  if (frame.isDetached()) return false;
  if (typeof match !== 'string') return true;
  return (await element.getAttribute('title')) === match || (await frame.title()) === match;
}
