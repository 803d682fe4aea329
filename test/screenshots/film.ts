import { writeFile } from 'node:fs/promises';
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Page } from 'playwright-core';

/** One picture of a film: its bytes as PNG, and how long it stands, in milliseconds. */
interface Shot {
  png: Buffer;
  ms: number;
}

interface Size {
  width: number;
  height: number;
}

/** The colours of all pictures together, without the one that stands for "as before". */
const COLOURS = 255;
/** So many pixels, evenly taken from all pictures, decide the colours. */
const SAMPLE = 400_000;

/** A moving picture, made of screenshots: each stands for as long as it is to be looked at, not for as long as it took. */
export class Film {
  private readonly shots: Shot[] = [];

  constructor(private readonly page: Page) {}

  /** Puts a pointer and a line for keys over the page: a screenshot has neither. */
  async begin(): Promise<void> {
    const pointer = {
      width: '16px',
      height: '22px',
      background: '#fff',
      clipPath: 'polygon(0 0, 0 17px, 4px 13px, 7px 21px, 10px 20px, 7px 12px, 12px 12px)',
    };
    const keys = {
      ...{ left: '64px', bottom: '34px' },
      ...{ padding: '8px 16px', borderRadius: '8px', border: '1px solid #888' },
      ...{ font: '600 18px system-ui, sans-serif', color: '#fff', background: 'rgba(0, 0, 0, 0.8)' },
    };
    await this.page.evaluate(
      (over) => {
        for (const [id, style] of Object.entries(over)) {
          const element = document.createElement('div');
          element.id = id;
          element.setAttribute('aria-hidden', 'true');
          Object.assign(element.style, { position: 'fixed', zIndex: '100000', pointerEvents: 'none' }, style);
          document.body.append(element);
        }
      },
      { 'film-pointer': pointer, 'film-keys': keys },
    );
    await this.say('');
  }

  /** Says what is done just now; nothing: takes the line away. */
  async say(text: string): Promise<void> {
    await this.page.evaluate((said) => {
      const keys = document.querySelector<HTMLElement>('#film-keys')!;
      keys.textContent = said;
      keys.style.visibility = said ? 'visible' : 'hidden';
    }, text);
  }

  /** Moves the mouse, and the pointer that is seen. */
  async point(x: number, y: number, steps = 1): Promise<void> {
    await this.page.mouse.move(x, y, { steps });
    await this.page.evaluate(
      ([x, y]) => {
        const pointer = document.querySelector<HTMLElement>('#film-pointer')!;
        Object.assign(pointer.style, { left: `${x}px`, top: `${y}px` });
      },
      [x, y] as const,
    );
  }

  /** Takes a picture of the page as it is now. */
  async shot(ms: number): Promise<void> {
    const png = await this.page.screenshot({ caret: 'hide', animations: 'disabled' });
    this.shots.push({ png, ms });
  }

  /**
   * Writes all of it as an animated GIF, which goes on for ever.
   * @param page any page without a policy: the browser reads the screenshots
   */
  async save(path: string, page: Page): Promise<void> {
    const pictures: Uint8ClampedArray[] = [];
    let size: Size = { width: 0, height: 0 };
    for (const { png } of this.shots) {
      const { pixels, ...is } = await decode(page, png);
      pictures.push(pixels);
      size = is;
    }
    const palette = quantize(sampleOf(pictures), COLOURS);
    const asBefore = palette.length;
    const gif = GIFEncoder();
    let before: Uint8Array | undefined;
    for (const [index, pixels] of pictures.entries()) {
      const now = applyPalette(pixels, palette);
      // What did not change is left as it was: most of the picture, in a run that takes a few bytes.
      const last = before;
      const shown = last ? now.map((colour, at) => (colour === last[at] ? asBefore : colour)) : now;
      before = now;
      gif.writeFrame(shown, size.width, size.height, {
        ...(index === 0 && { palette: [...palette, [0, 0, 0]], repeat: 0 }),
        delay: this.shots[index]!.ms,
        ...(index > 0 && { transparent: true, transparentIndex: asBefore }),
        dispose: 1,
      });
    }
    gif.finish();
    await writeFile(path, gif.bytes());
  }
}

async function decode(page: Page, png: Buffer): Promise<Size & { pixels: Uint8ClampedArray }> {
  const { width, height, base64 } = await page.evaluate(async (source) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const url = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as string);
      reader.readAsDataURL(new Blob([data]));
    });
    return { width, height, base64: url.slice(url.indexOf(',') + 1) };
  }, png.toString('base64'));
  return { width, height, pixels: new Uint8ClampedArray(Buffer.from(base64, 'base64')) };
}

function sampleOf(pictures: readonly Uint8ClampedArray[]): Uint8ClampedArray {
  const all = pictures.reduce((sum, { length }) => sum + length / 4, 0);
  const step = Math.max(1, Math.floor(all / SAMPLE));
  const sample = new Uint8ClampedArray(Math.ceil(all / step) * 4);
  let to = 0;
  let from = 0;
  for (const pixels of pictures) {
    for (; from < pixels.length; from += 4 * step) {
      sample.set(pixels.subarray(from, from + 4), to);
      to += 4;
    }
    from -= pixels.length;
  }
  return sample.subarray(0, to);
}
