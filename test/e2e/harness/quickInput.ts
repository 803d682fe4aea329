import type { Locator, Page } from 'playwright-core';

/** VS Code's input at the top of the window: command palette, picks and input boxes. */
export class QuickInput {
  readonly #page: Page;
  readonly widget: Locator;
  readonly input: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator('.quick-input-widget:visible');
    this.input = this.widget.locator('.quick-input-filter input');
  }

  /** Runs a command of the palette by its full title (`Taskboard: New Card…`). */
  async runCommand(title: string, timeout: number): Promise<void> {
    const deadline = Date.now() + timeout;
    const step = { timeout: Math.min(3000, timeout) };
    for (;;) {
      // A window that has just loaded may not hear the key yet, and its palette lists only the commands that there are
      // when it opens; those of an extension come a moment later.
      await this.#page.keyboard.press('F1');
      try {
        await this.input.fill(`>${title}`, step);
        await this.#row(title).click(step);
        return;
      } catch (error) {
        if (Date.now() > deadline)
          throw new Error(`The palette has no command "${title}".`, { cause: error });
        await this.#page.keyboard.press('Escape');
      }
    }
  }

  /** Opens the palette; a window that has just loaded may not hear the key yet. */
  async openPalette(timeout: number): Promise<void> {
    const deadline = Date.now() + timeout;
    for (;;) {
      await this.#page.keyboard.press('F1');
      const opened = this.input.waitFor({ timeout: Math.min(3000, timeout) });
      if (
        await opened.then(
          () => true,
          () => false,
        )
      )
        return;
      if (Date.now() > deadline) throw new Error('The palette does not open.');
    }
  }

  /** Types into the open input and presses Enter; with `asked`, into the one that shows this text. */
  async answer(
    text: string,
    { asked, accept = true }: { asked?: string; accept?: boolean } = {},
  ): Promise<void> {
    if (asked !== undefined) await this.asking(asked).waitFor();
    await this.input.fill(text);
    if (accept) await this.input.press('Enter');
  }

  /** The open input whose title, message or placeholder contains this text. */
  asking(text: string): Locator {
    const placeholder = this.widget.filter({ has: this.#page.getByPlaceholder(text) });
    return this.widget.filter({ hasText: text }).or(placeholder).first();
  }

  /** Chooses the entry with this label. */
  async pick(label: string): Promise<void> {
    await this.#row(label).click();
  }

  /** Presses a button of the open input, by what it says. */
  async pressButton(label: string): Promise<void> {
    await this.widget.getByRole('button', { name: label }).click();
  }

  /** The labels of the entries that are in view. */
  async labels(): Promise<string[]> {
    await this.widget.locator('[role="option"]').first().waitFor();
    return this.widget
      .locator('[role="option"] .quick-input-list-row:first-child .label-name')
      .allInnerTexts();
  }

  #row(label: string): Locator {
    const name = this.#page.locator('.quick-input-list-row:first-child .label-name', {
      hasText: exactly(label),
    });
    return this.widget.locator('[role="option"]').filter({ has: name }).first();
  }
}

/** A pattern for an element whose whole text is this. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
