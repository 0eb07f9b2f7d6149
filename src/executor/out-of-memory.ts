/** The machine has no memory left for a thread: nobody's fault but that there are too many of them. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}
