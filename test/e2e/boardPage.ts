import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from './harness/workbench';
import type { TestServer } from './server';

/** Signs in with an API key to a server, which may stand behind a proxy. */
export async function signIn(workbench: Workbench, url: string, { token }: TestServer): Promise<void> {
  await workbench.openView('Taskboard');
  await workbench.runCommand('Taskboard: Sign In to Odoo…');
  await workbench.quickInput(url, { asked: 'The address of your Odoo' });
  await workbench.pick('API key');
  await workbench.quickInput(token, { asked: 'Paste your API key' });
}

/** A board's page in the editor's tab or in the sidebar: what a person sees of it, hears and has the focus on. */
export class BoardPage {
  constructor(readonly frame: Frame) {}

  card(title: string): Locator {
    return this.frame.getByRole('option', { name: title });
  }

  column(name: string): Locator {
    return this.frame.getByRole('region', { name });
  }

  inColumn(name: string, title: string): Locator {
    return this.column(name).getByRole('option', { name: title });
  }

  /** The titles of a column's cards, from top to bottom. */
  async titles(name: string): Promise<string[]> {
    return this.column(name)
      .locator('[data-card] .title')
      .evaluateAll((titles) =>
        titles.map((each) =>
          (each.textContent ?? '').replace(each.querySelector('.spoken')?.textContent ?? '', '').trim(),
        ),
      );
  }

  /** Waits until the cards of a column are these. */
  async shows(name: string, titles: readonly string[]): Promise<void> {
    await this.frame
      .waitForFunction(
        ([name, titles]) => {
          const column = [...document.querySelectorAll('[data-stage]')].find(
            (each) => each.querySelector('h2 .name')?.textContent === name,
          );
          const shown = [...(column?.querySelectorAll('[data-card] .title') ?? [])].map((each) =>
            each.textContent?.replace(each.querySelector('.spoken')?.textContent ?? '', '').trim(),
          );
          return shown.join('\n') === titles;
        },
        [name, titles.join('\n')] as const,
        { timeout: PATIENCE_MS },
      )
      .catch(async () => {
        throw new Error(
          `${name} was to show ${titles.join(', ')}; it shows ${(await this.titles(name)).join(', ')}.`,
        );
      });
  }

  /** Waits until a live region says exactly this. */
  async says(text: string, kind: 'polite' | 'assertive' = 'polite'): Promise<void> {
    const spoken = () => this.frame.locator(`[data-live=${kind}]`).textContent();
    await this.frame
      .waitForFunction(
        ([kind, text]) =>
          document.querySelector(`[data-live=${kind}]`)?.textContent?.replaceAll('\u00a0', '').trim() ===
          text,
        [kind, text] as const,
        { timeout: PATIENCE_MS },
      )
      .catch(async () => {
        throw new Error(`The ${kind} region was to say "${text}"; it says "${await spoken()}".`);
      });
  }

  /** Waits until this card has the focus, and the page with it. */
  async focusOn(title: string): Promise<void> {
    await this.frame
      .waitForFunction(
        (title) => {
          const shown = document.hasFocus() ? document.activeElement?.querySelector('.title') : null;
          const facts = shown?.querySelector('.spoken')?.textContent ?? '';
          return shown?.textContent?.replace(facts, '').trim() === title;
        },
        title,
        { timeout: PATIENCE_MS },
      )
      .catch(async () => {
        throw new Error(`"${title}" was to have the focus; ${await this.#focused()} has it.`);
      });
  }

  /** Waits until nothing of it waits for the server. */
  async sent(): Promise<void> {
    await this.frame.locator('[data-pending]').first().waitFor({ state: 'detached' });
  }

  #focused(): Promise<string> {
    return this.frame.evaluate(() =>
      document.hasFocus()
        ? `"${document.activeElement?.querySelector('.title')?.textContent ?? document.activeElement?.className}"`
        : 'another page',
    );
  }
}

const PATIENCE_MS = 60_000;
