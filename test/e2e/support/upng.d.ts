declare module "upng-js" {
  interface Image {
    readonly width: number;
    readonly height: number;
  }

  /** Reads a PNG. */
  export function decode(file: ArrayBuffer | Uint8Array): Image;

  /** The frames of an image, 8 bits for each of red, green, blue and opacity. */
  export function toRGBA8(image: Image): ArrayBuffer[];

  /** Writes a PNG with at most this many colours. */
  export function encode(
    frames: readonly ArrayBuffer[],
    width: number,
    height: number,
    colours: number,
  ): ArrayBuffer;
}
