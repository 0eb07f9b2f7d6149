/**
 * `npm run bench:check`: exit code 1 when the engine has become slower beside the recursion than the last
 * line of the history says, by more than a tenth and surely so.
 */
import { GUARDED, hasBecomeWorse, lastLine } from './history.ts';
import { compareWithRecursion } from './in-process.ts';
import { figure, print, table } from './tables.ts';

const before = lastLine();
if (before === null) {
  print('bench/history.ndjson has no line yet: npm run bench -- --record "what has changed"');
  process.exit(2);
}
const a = compareWithRecursion('a');
const b = compareWithRecursion('b');
const now = {
  aBare: a.bare.ratio,
  aWhole: a.whole.ratio,
  bBare: b.bare.ratio,
  bWhole: b.whole.ratio,
};
const worse = GUARDED.filter((name) => hasBecomeWorse(before[name], now[name]));
const rows = GUARDED.map((name) => [
  name,
  figure(before[name]),
  figure(now[name].median),
  `${figure(now[name].low)} to ${figure(now[name].high)}`,
  worse.includes(name) ? 'worse' : '',
]);
print(table([['engine ÷ recursion', `at "${before.change}"`, 'now', '95 %', ''], ...rows]));
process.exit(worse.length === 0 ? 0 : 1);
