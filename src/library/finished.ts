/** Takes all steps of something that is done in steps; what it comes to. */
export function finished<R>(steps: Generator<unknown, R, undefined>): R {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
