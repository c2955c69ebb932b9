/** Memory for small arrays: a place in a buffer that they share with others. */
export interface Allocation {
  readonly buffer: ArrayBuffer;
  /** In bytes, a multiple of 4. */
  readonly offset: number;
}

/**
 * How many bytes a shared buffer has. Whoever keeps one array of it keeps all of it: at worst so many bytes each for a
 * block's tokens and its words, where those of all blocks beside it are gone.
 */
const SHARED = 8192;

/** More bytes than these get a buffer of their own. */
const SMALL = SHARED / 4;

/**
 * Gives so many bytes, all 0, that nobody else is given. They are part of a buffer that is shared where they are few: to
 * get a buffer of one's own, to have it kept account of and to give it back costs more than to fill it.
 *
 * The buffer must never be transferred to a thread: that would empty the arrays of all others in it.
 */
export const allocate = pool();

function pool(): (bytes: number) => Allocation {
  let buffer = new ArrayBuffer(SHARED);
  let used = 0;
  return (bytes) => {
    if (bytes > SMALL) return { buffer: new ArrayBuffer(bytes), offset: 0 };
    if (used + bytes > SHARED) {
      buffer = new ArrayBuffer(SHARED);
      used = 0;
    }
    const offset = used;
    used += (bytes + 3) & ~3;
    return { buffer, offset };
  };
}
