/**
 * A fault that a reviewer might miss: one exact change of the source, and the test that must notice it.
 * `npm run test:faults` plants each of them in a copy of the checkout.
 */
export interface PlantedFault {
  /** What is wrong, in plain words. */
  readonly name: string;
  /** The file that is changed, from the repository's root. */
  readonly file: string;
  /** Text that stands in the file exactly once. */
  readonly from: string;
  /** What stands there instead. It must compile: a fault that breaks the import is not caught, but void. */
  readonly to: string;
  /** The test that must fail. */
  readonly caughtBy: NamedTest;
}

/**
 * A test by its file and its own title as it is written, without those of the `describe` around it. Of an
 * `it.each` any one is enough.
 */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}
