import type { Frame } from 'playwright-core';
import type { Workbench } from './workbench';

/** VS Code's own themes by their names in its pick, and what a webview's body says of each. */
export const THEMES = {
  dark: { label: 'Dark Modern', kind: 'vscode-dark' },
  light: { label: 'Light Modern', kind: 'vscode-light' },
  'hc-dark': { label: 'Dark High Contrast', kind: 'vscode-high-contrast' },
  'hc-light': { label: 'Light High Contrast', kind: 'vscode-high-contrast-light' },
} as const;
export type ThemeName = keyof typeof THEMES;
export const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

/** Gives the window another colour theme; resolves once these webviews have it. */
export async function useTheme(
  workbench: Workbench,
  theme: ThemeName,
  views: readonly Frame[],
): Promise<void> {
  const { label, kind } = THEMES[theme];
  await workbench.runCommand('Preferences: Color Theme');
  await workbench.quickInput(label, { asked: 'Select Color Theme', accept: false });
  await workbench.pick(label);
  for (const view of views)
    await view.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor({ state: 'attached' });
}

/** Makes the window as wide as it takes for a webview to have this width, in px. */
export async function useWidth(workbench: Workbench, view: Frame, width: number): Promise<void> {
  const inner = () => view.evaluate(() => window.innerWidth);
  const { width: outer, height } = workbench.page.viewportSize()!;
  await workbench.page.setViewportSize({ width: outer + width - (await inner()), height });
  await view.waitForFunction((wanted) => Math.abs(window.innerWidth - wanted) <= 2, width);
}

/** Draws the side bar's edge until a webview in it has this width, in px. */
export async function useSidebarWidth(workbench: Workbench, view: Frame, width: number): Promise<void> {
  const { page } = workbench;
  const bar = (await page.locator('.part.sidebar').boundingBox())!;
  const by = width - (await view.evaluate(() => window.innerWidth));
  await page.mouse.move(bar.x + bar.width, bar.y + bar.height / 2);
  await page.mouse.down();
  await page.mouse.move(bar.x + bar.width + by, bar.y + bar.height / 2, { steps: 4 });
  await page.mouse.up();
  await view.waitForFunction((wanted) => Math.abs(window.innerWidth - wanted) <= 2, width);
}
