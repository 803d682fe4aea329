// What we use of gifenc, which comes without types.
declare module 'gifenc' {
  export type Colour = number[];
  export interface FrameOptions {
    palette?: Colour[];
    /** How often it is repeated; 0: for ever. */
    repeat?: number;
    /** In milliseconds. */
    delay?: number;
    transparent?: boolean;
    transparentIndex?: number;
    /** 1: the next picture is drawn over this one. */
    dispose?: number;
  }
  export function GIFEncoder(): {
    writeFrame(pixels: Uint8Array, width: number, height: number, options?: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  };
  export function quantize(rgba: Uint8Array | Uint8ClampedArray, colours: number): Colour[];
  export function applyPalette(rgba: Uint8Array | Uint8ClampedArray, palette: Colour[]): Uint8Array;
}
