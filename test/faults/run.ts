// `npm run test:faults`: plants each fault of the list in a copy of the checkout, and asks the test that
// is named for it to notice. Exit code 1 when one survives, cannot be planted, or names no sound test.
// Words after the command choose the faults whose names contain them.

import { CheckoutCopy } from './checkout-copy.ts';
import type { NamedTest, PlantedFault } from './planted-fault.ts';
import { plantedFaults } from './planted-faults.ts';
import { judgeTest, judgeTests } from './verdict.ts';

/** Two tests run at once, each in its copy. */
const copies = [new CheckoutCopy(), new CheckoutCopy()] as const;

try {
  const wanted = process.argv.slice(2).join(' ');
  const faults = plantedFaults.filter((fault) => fault.name.includes(wanted));
  const missed = await countMissed(faults, await unsoundTests(faults));
  say(`${String(faults.length)} faults, ${String(missed)} not caught`);
  process.exitCode = faults.length === 0 || missed > 0 ? 1 : 0;
} finally {
  for (const copy of copies) copy.remove();
}

/** Named tests that do not pass without any fault, with the reason: they catch nothing by failing. */
async function unsoundTests(faults: readonly PlantedFault[]): Promise<Map<string, string>> {
  const tests = new Map(faults.map(({ caughtBy }) => [nameOf(caughtBy), caughtBy]));
  const verdicts = await judgeTests(copies[0].folder, [...tests.values()]);
  const unsound = new Map<string, string>();
  [...tests.keys()].forEach((name, i) => {
    const { outcome, reason } = verdicts[i] ?? { outcome: 'broken', reason: 'no verdict' };
    if (outcome !== 'passed') unsound.set(name, reason);
  });
  return unsound;
}

/** Plants all faults; the number of those that were not caught. */
async function countMissed(
  faults: readonly PlantedFault[],
  unsound: ReadonlyMap<string, string>,
): Promise<number> {
  const waiting = [...faults];
  let missed = 0;
  const lane = async (copy: CheckoutCopy): Promise<void> => {
    for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
      const test = nameOf(fault.caughtBy);
      const reason = unsound.get(test);
      const miss =
        reason === undefined ? await missOf(copy, fault) : `fails without any fault: ${reason}`;
      if (miss !== '') missed++;
      say(
        miss === ''
          ? `caught  ${fault.name}  by ${test}`
          : `MISSED  ${fault.name}  ${test}: ${miss}`,
      );
    }
  };
  await Promise.all(copies.map(lane));
  return missed;
}

/** Why the fault is not caught; empty when it is. */
async function missOf(copy: CheckoutCopy, fault: PlantedFault): Promise<string> {
  try {
    const verdict = await copy.with(fault, () => judgeTest(copy.folder, fault.caughtBy));
    if (verdict.outcome === 'failed') return '';
    return verdict.outcome === 'passed' ? 'passes all the same' : `is broken: ${verdict.reason}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function nameOf({ file, title }: NamedTest): string {
  return `${file}: ${title}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
