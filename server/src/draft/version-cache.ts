/** The last value that a function computed for one of a draft's versions. */
interface Entry {
  readonly version: object;
  readonly value: unknown;
}

/**
 * What a draft carries over to its next version: for each function that `incremental` made, the value
 * that it computed last, and for which version. All versions of a draft share one. It may only save work: no
 * value depends on what is in it. Its entries are private, so drafts are equal whatever was computed from them.
 */
export class VersionCache {
  readonly #entries = new Map<object, Entry>();

  get(compute: object): Entry | undefined {
    return this.#entries.get(compute);
  }

  set(compute: object, version: object, value: unknown): void {
    this.#entries.set(compute, { version, value });
  }
}
