/**
 * Which instance of a fleet takes the next request, as in `service/balancer`, where instances take turns or
 * few of them are compared; otherwise the balancer is asked, and told of each attempt. Whether it is right
 * is held against its policy by the balancer's own watch.
 */
import { INT, memory } from './plain-memory.ts';
import { outside } from './plain-outside.ts';

const { int, accepting, outstanding } = memory;

/** In turn; the least of few, among equals in turn; anything else. */
const ROUND = 0;
const LEAST = 1;
const ASKED = 2;
/** More are not compared one by one: numbers of so many bits. */
const FEW = 16;
const PLACES = 4;
/** An attempt, above two such numbers. */
const ATTEMPT = 1 << (2 * PLACES);
/** Of each of few instances: its attempts, or NONE where it takes nothing new. */
const weights = new Int32Array(2 * FEW);
/** For each place where the turn may be, of each instance: how far away it is, and which. */
const order = new Int32Array((FEW + 1) << PLACES);
/** Of so many instances. */
let ordered = 0;
const SIGN = 31;
/** More than anybody has attempts, and larger than all that is made of them. */
const NONE = 0x40000000;
const NEVER = 0x7fffffff;

/** The instance, where the attempt counts from now on. */
const choose = (): number => {
  const policy = int[INT.POLICY];
  if (policy === ASKED) return ask();
  const chosen = policy === ROUND ? nextInTurn() : leastOfFew();
  if (--int[INT.UNSEEN] < 0) look(chosen);
  int[INT.LAST_CHOSEN] = chosen;
  int[INT.TURN] = chosen + 1;
  (outstanding[chosen] as number)++;
  if (policy === LEAST) (weights[chosen] as number) += ATTEMPT;
  return chosen;
};

const ask = (): number => {
  const { balancer } = outside;
  const chosen = balancer.choose();
  balancer.count(chosen, 1);
  (outstanding[chosen] as number)++;
  return chosen;
};

/** An attempt at an instance has ended. */
const endAttempt = (instance: number): void => {
  const policy = int[INT.POLICY];
  (outstanding[instance] as number)--;
  if (policy === LEAST) (weights[instance] as number) -= ATTEMPT;
  else if (policy === ASKED) outside.balancer.count(instance, -1);
};

const nextInTurn = (): number => {
  const count = int[INT.INSTANCES];
  const there = accepting;
  let i = int[INT.TURN];
  for (;;) {
    if (i >= count) i = 0;
    if (there[i] === 1) return i;
    i++;
  }
};

/**
 * The least of all in turn: of numbers that have the attempts above, then how far away the turn is, and the
 * instance below. Without a branch that depends on them, as which is the least cannot be foreseen.
 */
const leastOfFew = (): number => {
  const count = int[INT.INSTANCES];
  const turn = int[INT.TURN] << PLACES;
  const attempts = weights;
  const away = order;
  let least = NEVER;
  for (let i = 0; i < count; i++) {
    const less = ((attempts[i] as number) + (away[turn + i] as number) - least) | 0;
    least = (least + (less & (less >> SIGN))) | 0;
  }
  return least & (FEW - 1);
};

/** Has the watch hold a choice against the policy: it knows of the one before, and not where the turn is. */
const look = (chosen: number): void => {
  const { watch, policy, lookEvery } = outside.balancer;
  int[INT.UNSEEN] = lookEvery - 1;
  watch.pass(policy, int[INT.LAST_CHOSEN]);
  watch.choose(policy, chosen, accepting, outstanding, int[INT.INSTANCES]);
};

/** Takes over what the balancer knows. O(instances). */
const takeChoice = (): void => {
  const { balancer } = outside;
  const { policy } = balancer;
  const isFew = int[INT.INSTANCES] <= FEW;
  int[INT.POLICY] =
    policy === 'round-robin' ? ROUND : policy === 'random' || !isFew ? ASKED : LEAST;
  int[INT.TURN] = balancer.turn;
  int[INT.LAST_CHOSEN] = -1;
  accepting.set(balancer.accepting);
  outstanding.set(balancer.outstanding);
  if (int[INT.POLICY] === LEAST) weigh();
};

const weigh = (): void => {
  const count = int[INT.INSTANCES];
  for (let i = 0; i < count; i++)
    weights[i] = accepting[i] === 1 ? (outstanding[i] as number) * ATTEMPT : NONE;
  if (ordered !== count) putInOrder(count);
};

const putInOrder = (count: number): void => {
  ordered = count;
  for (let turn = 0; turn <= count; turn++) {
    for (let i = 0; i < count; i++)
      order[(turn << PLACES) + i] = (((i - turn + count) % count) << PLACES) | i;
  }
};

/** Tells the balancer what it was not told at each choice. O(instances). */
const giveChoice = (): void => {
  if (int[INT.POLICY] === ASKED) return;
  const { balancer } = outside;
  balancer.turn = int[INT.TURN];
  balancer.watch.pass(balancer.policy, int[INT.LAST_CHOSEN]);
  for (let i = 0; i < int[INT.INSTANCES]; i++)
    balancer.count(i, (outstanding[i] as number) - (balancer.outstanding[i] as number));
};

export const plainChoice = { choose, endAttempt, takeChoice, giveChoice };
