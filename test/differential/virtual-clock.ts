/**
 * Runs real code on a fake clock, timer by timer, and says whether two timers met at one tick. Only timers
 * and Date are fake: promises, `nextTick` and `setImmediate` are the real ones, and everything that they
 * have to do at one tick is done before the next timer fires.
 */
import { install, type FakeMethod, type Timer } from '@sinonjs/fake-timers';

/** The longest delay that a timer has, in Node as here; it stands for never. */
export const NEVER = 2 ** 31 - 1;

/** `Timer` as it is while it waits. */
interface PendingTimer extends Timer {
  readonly callAt: number;
  readonly createdAt: number;
}

const FAKED: FakeMethod[] = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'];

/**
 * Starts at tick 0 and stops before the first timer at `end` or later; timers still pending are dropped.
 * The module `timers`, from which some packages take their functions, is faked and restored with the
 * globals.
 */
export async function runOnVirtualClock(
  end: number,
  start: () => void,
): Promise<{ tied: boolean }> {
  const clock = install({ now: 0, toFake: [...FAKED] });
  const ties = new TieDetector();
  const next = () => clock.timerHeap?.peek() as PendingTimer | undefined;
  try {
    start();
    await drained();
    for (let timer = next(); timer !== undefined && timer.callAt < end; timer = next()) {
      ties.fires(timer);
      clock.next();
      await drained();
    }
    return { tied: ties.tied };
  } finally {
    clock.uninstall();
  }
}

/** Every microtask and `nextTick`, and whatever they cause, is over when the event loop goes on. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * A tie: a timer fires at the tick of another, which did not cause it. Twins are none: timers set at one
 * tick for another by the same line of code, as when a pool opens two connections at once, fire in the
 * order in which they were set, and any simulator has that order too.
 */
class TieDetector {
  tied = false;
  private first: PendingTimer | undefined;

  fires(timer: PendingTimer): void {
    const { first } = this;
    if (first?.callAt !== timer.callAt) this.first = { ...timer };
    else if (timer.createdAt < timer.callAt && !areTwins(first, timer)) this.tied = true;
  }
}

function areTwins(a: PendingTimer, b: PendingTimer): boolean {
  return a.createdAt === b.createdAt && String(a.func) === String(b.func);
}
