/** Starting an editor may fail for reasons that are none of ours; what it then shows may not. */
export async function retried<T>(begin: () => Promise<T>): Promise<T> {
  try {
    return await begin();
  } catch {
    return await begin();
  }
}
