/**
 * Which instance of a fleet takes the next request, as in `service/balancer`, where instances take turns or
 * few of them are compared; otherwise the balancer is asked, and told of each attempt. Whether it is right
 * is held against its policy by the balancer's own watch.
 */
import { INT, memory } from './plain-memory.ts';
import { outside } from './plain-outside.ts';

const { int, accepting, outstanding } = memory;
const { INSTANCES, POLICY, TURN, LAST_CHOSEN, UNSEEN } = INT;

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
/** As in `balancer`. */
const LOOK_EVERY = 7;
/** More than anybody has attempts, and larger than all that is made of them. */
const NONE = 0x40000000;
const NEVER = 0x7fffffff;

/** The instance, where the attempt counts from now on. */
const choose = (): number => {
  const policy = int[POLICY];
  if (policy === ASKED) return ask();
  const chosen = policy === ROUND ? nextInTurn() : leastOfFew();
  if (--int[UNSEEN] < 0) look(chosen);
  int[LAST_CHOSEN] = chosen;
  int[TURN] = chosen + 1;
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
  const policy = int[POLICY];
  (outstanding[instance] as number)--;
  if (policy === LEAST) (weights[instance] as number) -= ATTEMPT;
  else if (policy === ASKED) outside.balancer.count(instance, -1);
};

const nextInTurn = (): number => {
  const count = int[INSTANCES];
  let i = int[TURN];
  for (;;) {
    if (i >= count) i = 0;
    if (accepting[i] === 1) return i;
    i++;
  }
};

/**
 * The least of all in turn: of numbers that have the attempts above, then how far away the turn is, and the
 * instance below. Without a branch that depends on them, as which is the least cannot be foreseen.
 */
const leastOfFew = (): number => {
  const count = int[INSTANCES];
  const turn = int[TURN] << PLACES;
  let least = NEVER;
  for (let i = 0; i < count; i++) {
    const less = ((weights[i] as number) + (order[turn + i] as number) - least) | 0;
    least = (least + (less & (less >> SIGN))) | 0;
  }
  return least & (FEW - 1);
};

/** Has the watch hold a choice against the policy: it knows of the one before, and not where the turn is. */
const look = (chosen: number): void => {
  const { watch, policy } = outside.balancer;
  int[UNSEEN] = LOOK_EVERY - 1;
  watch.pass(policy, int[LAST_CHOSEN]);
  watch.choose(policy, chosen, accepting, outstanding, int[INSTANCES]);
};

/** Takes over what the balancer knows. O(instances). */
const takeChoice = (): void => {
  const { balancer } = outside;
  const { policy } = balancer;
  const isFew = int[INSTANCES] <= FEW;
  int[POLICY] = policy === 'round-robin' ? ROUND : policy === 'random' || !isFew ? ASKED : LEAST;
  int[TURN] = balancer.turn;
  int[LAST_CHOSEN] = -1;
  accepting.set(balancer.accepting);
  outstanding.set(balancer.outstanding);
  if (int[POLICY] === LEAST) weigh();
};

const weigh = (): void => {
  const count = int[INSTANCES];
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
  if (int[POLICY] === ASKED) return;
  const { balancer } = outside;
  balancer.turn = int[TURN];
  balancer.watch.pass(balancer.policy, int[LAST_CHOSEN]);
  for (let i = 0; i < int[INSTANCES]; i++)
    balancer.count(i, (outstanding[i] as number) - (balancer.outstanding[i] as number));
};

export const plainChoice = { choose, endAttempt, takeChoice, giveChoice };
