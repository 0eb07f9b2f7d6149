// January whole: six instances behind a balancer, a pool each, one database that slows down with every
// connection held (processor sharing by a virtual clock), reconnections inside the hold, an acquire
// timeout, a rolling restart, and the fix at 17:30. What takes equally long for all is a ring; only the
// work on the database, which does not end in order, is a sorted list. Those who wait on an instance come due
// in the order in which they came, so their ring is also the list of their timeouts; who comes after
// the timeout has been changed waits in a second ring. Time is seconds after 13:30.
#include "january.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "random.h"
#include "ring.h"
#include "work-list.h"

#define INSTANCES 6
#define SLOTS (1 << 15)
#define MOST_HELD 256
#define WINDOW 10.0
#define END 16200.0

#define NOBODY (-1)

static const double ROUND_TRIP = 0.002, CONNECT = 0.4, SIGMA = 0.02, KAPPA = 5e-5;
static const double RAMP_FROM = 1620, RAMP_TO = 1860, LOW_RATE = 600, HIGH_RATE = 1430;
static const double BALANCER_AT = 5400, RESTART_AT = 9000, RESTART_EACH = 30, FIX_AT = 14400;

typedef struct {
  double arrival, granted, demand, reconnect, work;
  int instance;
} Request;

static January seen;
static Request requests[SLOTS];
static int free_slots[SLOTS];
static int free_count;
static Random gaps, demands, reconnections;

// Settings in force.
static bool by_least_connections;
static int max_connections;
static double timeout, reconnect_share, work_offset, work_scale;

// The fleet.
static int turn, idle[INSTANCES], open[INSTANCES], pending[INSTANCES], outstanding[INSTANCES];
static bool accepting[INSTANCES];
static int total_pending;

// What is to come. `waiters` by timeout and instance, `due` the first timeout of an instance, `late` the
// first of all.
static Ring waiters[2][INSTANCES], round_trips, reconnects;
static int timeout_ring;
static double due[INSTANCES], late, rare, arrival, now;

// Connections that are being opened: few, and only after the fix. `slot` is NOBODY when its request will
// have timed out by then; the timeout itself is among the doomed, the last one first.
static Ring openings, opening_at;
static Entry doomed[MOST_HELD];
static int doomed_count;

// The database: the virtual clock and its speed, and connections held.
static WorkList works;
static double virtual_now, clock_at, work_end, slower[MOST_HELD], speed[MOST_HELD];
static int held;
static double owned_area, pending_area, pending_since;

// ∫ rate up to the next arrival grows by an exponential number; on the ramp r·d + s·d²/2 is solved.
static double after_gap(double from, double gap) {
  if (from >= RAMP_TO) return from + gap / HIGH_RATE;
  if (from < RAMP_FROM) {
    const double at = from + gap / LOW_RATE;
    if (at <= RAMP_FROM) return at;
    return after_gap(RAMP_FROM, gap - (RAMP_FROM - from) * LOW_RATE);
  }
  const double slope = (HIGH_RATE - LOW_RATE) / (RAMP_TO - RAMP_FROM);
  const double rate = LOW_RATE + slope * (from - RAMP_FROM);
  const double at = from + 2 * gap / (rate + sqrt(rate * rate + 2 * slope * gap));
  if (at <= RAMP_TO) return at;
  return after_gap(RAMP_TO, gap - (rate + HIGH_RATE) / 2 * (RAMP_TO - from));
}

static inline double first_of(double a, double b) { return a < b ? a : b; }

static inline double next_doomed(void) {
  return doomed_count > 0 ? doomed[doomed_count - 1].at : INFINITY;
}

static inline void foresee_rare(void) {
  rare = first_of(first_of(reconnects.first, openings.first), next_doomed());
}

static inline void move_clock(void) {
  const double elapsed = now - clock_at;
  clock_at = now;
  owned_area += held * elapsed;
  if (works.count > 0) virtual_now += elapsed * speed[held];
}

static inline void foresee_work_end(void) {
  work_end = works.count > 0 ? now + (work_first(&works) - virtual_now) * slower[held] : INFINITY;
}

static inline void hold_more(int change) {
  move_clock();
  held += change;
  foresee_work_end();
}

static inline void count_pending(int i, int change) {
  pending_area += total_pending * (now - pending_since);
  pending_since = now;
  pending[i] += change;
  total_pending += change;
  if ((uint64_t)total_pending > seen.peak_pending) seen.peak_pending = (uint64_t)total_pending;
}

static inline void begin_query(int slot) {
  requests[slot].work = exp(work_offset + work_scale * requests[slot].demand);
  ring_push(&round_trips, (Entry){.at = now + ROUND_TRIP, .slot = slot});
}

static void begin_reconnect(int slot) {
  ring_push(&reconnects, (Entry){.at = now + CONNECT, .slot = slot});
  foresee_rare();
}

// The request has its connection.
static inline void grant(int slot) {
  Request *request = &requests[slot];
  request->granted = now;
  histogram_add(&seen.wait, now - request->arrival);
  if (request->reconnect >= reconnect_share) begin_query(slot);
  else begin_reconnect(slot);
}

// The first in the rings of this instance has changed.
static inline void foresee_timeout(int i) {
  due[i] = first_of(waiters[0][i].first, waiters[1][i].first);
  late = first_of(first_of(first_of(due[0], due[1]), first_of(due[2], due[3])),
                  first_of(due[4], due[5]));
}

// A request that asked with this deadline waits for a connection of its own. Whether it lives to see it
// is known at once, because nobody else gives it one.
static void start_opening(int i, int slot, double deadline) {
  const bool too_late = deadline < now + CONNECT;
  open[i]++;
  hold_more(1);
  ring_push(&openings, (Entry){.at = now + CONNECT, .slot = too_late ? NOBODY : slot});
  ring_push(&opening_at, (Entry){.slot = i});
  foresee_rare();
  if (!too_late) return;
  int k = doomed_count++;
  for (; k > 0 && doomed[k - 1].at < deadline; k--) doomed[k] = doomed[k - 1];
  doomed[k] = (Entry){.at = deadline, .slot = slot};
  foresee_rare();
}

static inline void acquire(int i, int slot) {
  if (idle[i] > 0) {
    idle[i]--;
    hold_more(1);
    grant(slot);
    return;
  }
  if (open[i] < max_connections) {
    start_opening(i, slot, now + timeout);
    return;
  }
  ring_push(&waiters[timeout_ring][i], (Entry){.at = now + timeout, .slot = slot});
  count_pending(i, 1);
  if (ring_size(&waiters[timeout_ring][i]) == 1) foresee_timeout(i);
}

// Somebody must be waiting. Whoever has the old timeout came earlier.
static inline Entry next_waiter(int i) {
  const int ring = ring_size(&waiters[0][i]) > 0 ? 0 : 1;
  const Entry entry = ring_pop(&waiters[ring][i]);
  count_pending(i, -1);
  foresee_timeout(i);
  return entry;
}

// In turn, or the one with the fewest requests; among equals the one whose turn is next.
static inline int choose_instance(void) {
  int best = INT_MAX;
  for (int i = 0; i < INSTANCES; i++) {
    const int turns = i < turn ? i - turn + INSTANCES : i - turn;
    const int busy = by_least_connections ? outstanding[i] : 0;
    const int key = accepting[i] ? (busy * INSTANCES + turns) * INSTANCES + i : INT_MAX;
    best = key < best ? key : best;
  }
  turn = best % INSTANCES + 1;
  return best % INSTANCES;
}

static inline void arrive(void) {
  if (free_count == 0) abort();
  const int slot = free_slots[--free_count];
  Request *request = &requests[slot];
  const int i = choose_instance();
  seen.arrived++;
  request->arrival = now;
  request->demand = normal(&demands);
  request->reconnect = uniform(&reconnections);
  request->instance = i;
  outstanding[i]++;
  acquire(i, slot);
  arrival = after_gap(arrival, exponential(&gaps));
}

static inline void leave(int slot) {
  outstanding[requests[slot].instance]--;
  free_slots[free_count++] = slot;
}

static inline void fail(int slot) {
  seen.failed++;
  leave(slot);
}

static inline void expire(void) {
  int i = 0;
  while (due[i] != late) i++;
  const int ring = waiters[0][i].first == late ? 0 : 1;
  const int slot = ring_pop(&waiters[ring][i]).slot;
  count_pending(i, -1);
  foresee_timeout(i);
  fail(slot);
}

static inline void begin_work(void) {
  const Entry entry = ring_pop(&round_trips);
  move_clock();
  work_push(&works, virtual_now + requests[entry.slot].work, entry.slot);
  foresee_work_end();
}

static inline void end_work(void) {
  move_clock();
  const int slot = work_pop(&works);
  if (works.count == 0) virtual_now = 0;
  const Request *request = &requests[slot];
  const int i = request->instance;
  seen.completed++;
  histogram_add(&seen.use, now - request->granted);
  histogram_add(&seen.response, now - request->arrival);
  leave(slot);
  if (pending[i] > 0) {
    grant(next_waiter(i).slot);
  } else {
    idle[i]++;
    held--;
  }
  foresee_work_end();
}

static void end_reconnect(void) {
  const int slot = ring_pop(&reconnects).slot;
  histogram_add(&seen.opening, CONNECT);
  begin_query(slot);
}

// The connection goes to whoever opened it; if that one has left, to the next who waits.
static void end_opening(void) {
  const int slot = ring_pop(&openings).slot, i = ring_pop(&opening_at).slot;
  histogram_add(&seen.opening, CONNECT);
  if (slot != NOBODY) {
    grant(slot);
  } else if (pending[i] > 0) {
    hold_more(1);
    grant(next_waiter(i).slot);
  } else {
    idle[i]++;
  }
}

static void end_rare(void) {
  const double reconnected = reconnects.first, opened = openings.first;
  if (next_doomed() < first_of(reconnected, opened)) {
    hold_more(-1);
    fail(doomed[--doomed_count].slot);
  } else if (reconnected < opened) {
    end_reconnect();
  } else {
    end_opening();
  }
  foresee_rare();
}

static void run_until(double until) {
  for (;;) {
    const double trip = round_trips.first;
    const double usual = first_of(first_of(arrival, trip), work_end);
    const double other = first_of(late, rare);
    if (first_of(usual, other) > until) break;
    seen.events++;
    if (other < usual) {
      now = other;
      if (late < rare) expire();
      else end_rare();
    } else {
      now = usual;
      if (usual == arrival) arrive();
      else if (usual == trip) begin_work();
      else end_work();
    }
  }
  now = until;
}

static void set_work(double mean, double cv) {
  const double variance = log1p(cv * cv);
  work_offset = log(mean) - variance / 2;
  work_scale = sqrt(variance);
}

static void fix(void) {
  max_connections = 20;
  timeout = 2;
  timeout_ring = 1;
  reconnect_share = 0.005;
  set_work(0.010, 1);
  for (int i = 0; i < INSTANCES; i++) {
    while (pending[i] > 0 && open[i] < max_connections) {
      const Entry waiter = next_waiter(i);
      start_opening(i, waiter.slot, waiter.at);
    }
  }
}

// One instance after another takes nothing new for half a minute: long enough to end what it has.
static void restart(void) {
  const int k = (int)((now - RESTART_AT) / RESTART_EACH);
  if (now < RESTART_AT || k > INSTANCES || now != RESTART_AT + k * RESTART_EACH) return;
  if (k > 0) {
    if (outstanding[k - 1] > 0) fprintf(stderr, "an instance was not empty after its restart\n");
    accepting[k - 1] = true;
  }
  if (k < INSTANCES) accepting[k] = false;
}

static void begin(uint64_t seed) {
  gaps = random_from(seed);
  demands = random_from(seed + 1000);
  reconnections = random_from(seed + 2000);
  round_trips = ring_new(), reconnects = ring_new();
  openings = ring_new(), opening_at = ring_new();
  max_connections = 10, timeout = 5, reconnect_share = 0.05;
  set_work(0.0161, 1.5);
  for (int i = 0; i < INSTANCES; i++) {
    waiters[0][i] = ring_new(), waiters[1][i] = ring_new();
    due[i] = INFINITY;
    open[i] = idle[i] = 10;
    accepting[i] = true;
  }
  for (int n = 0; n < MOST_HELD; n++) {
    slower[n] = 1 + SIGMA * (n - 1) + KAPPA * n * (n - 1);
    speed[n] = 1 / slower[n];
  }
  for (int i = 0; i < SLOTS; i++) free_slots[free_count++] = SLOTS - 1 - i;
  work_end = late = rare = INFINITY;
  arrival = after_gap(0, exponential(&gaps));
}

const January *run_january(uint64_t seed) {
  static January before;
  begin(seed);
  rows_begin(&seen);
  while (now < END) {
    if (now == BALANCER_AT) by_least_connections = true;
    restart();
    if (now == FIX_AT) fix();
    before.completed = seen.completed;
    before.failed = seen.failed;
    before.response = seen.response;
    const double owned_before = owned_area, pending_before = pending_area;
    run_until(now + WINDOW);
    hold_more(0);
    count_pending(0, 0);
    rows_add(&seen, &before,
             (Window){now - WINDOW, now, owned_area - owned_before, pending_area - pending_before,
                      WINDOW * INSTANCES * max_connections});
  }
  return &seen;
}
