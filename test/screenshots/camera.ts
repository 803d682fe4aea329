import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Workbench } from '../e2e/harness/workbench';
import { IMAGES, PICTURE_NAMES, type PictureName, type StepName, STEPS_FOLDER } from './pictures';

/** Takes the pictures and knows which are still missing. */
export class Camera {
  readonly #missing = new Set<PictureName>(PICTURE_NAMES);

  get missing(): PictureName[] {
    return [...this.#missing];
  }

  /** Of the whole window, or of a part of it. */
  async take(name: PictureName, workbench: Pick<Workbench, 'page'>, part?: Locator): Promise<void> {
    const { page } = workbench;
    const clip = (await part?.boundingBox()) ?? undefined;
    await mkdir(IMAGES, { recursive: true });
    const path = join(IMAGES, `${name}.png`);
    // A blinking cursor is no news, and no two pictures of the same should differ by it.
    await page.screenshot({ path, caret: 'hide', animations: 'disabled', ...(clip && { clip }) });
    this.#missing.delete(name);
    process.stdout.write(`  ${name}\n`);
  }

  /** For a step of the walkthrough: of the whole page, or of a part of it. */
  async takeStep(
    name: StepName,
    page: Page,
    clip?: { x: number; y: number; width: number; height: number },
  ): Promise<void> {
    const path = join(STEPS_FOLDER, `${name}.png`);
    await page.screenshot({ path, caret: 'hide', animations: 'disabled', ...(clip && { clip }) });
    process.stdout.write(`  walkthrough/${name}\n`);
  }
}
