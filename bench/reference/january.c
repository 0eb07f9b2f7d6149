// January whole: six instances behind a balancer, a pool each, one database that slows down with every
// connection held (processor sharing by a virtual clock), reconnections inside the hold, an acquire
// timeout, a rolling restart, and the fix at 17:30. What takes equally long for all is a ring; only the
// work on the database, which does not end in order, is a sorted list. Those who come after the timeout
// has been changed wait in lines of their own. Time is seconds after 13:30.
#include "january.h"

#include <limits.h>
#include <stdio.h>

#include "line.h"
#include "ring.h"
#include "trips.h"
#include "work-list.h"

#define MOST_HELD 256
#define MOST_OPEN 20
#define WINDOW 10.0
#define END 16200.0

static const double ROUND_TRIP = 0.002, CONNECT = 0.4, SIGMA = 0.02, KAPPA = 5e-5;
static const double BALANCER_AT = 5400, RESTART_AT = 9000, RESTART_EACH = 30, FIX_AT = 14400;
static const Plan BEFORE = {.mean = 0.0161, .cv = 1.5, .reconnect_share = 0.05};
static const Plan AFTER = {.mean = 0.010, .cv = 1, .reconnect_share = 0.005};

// A connection, and the request that holds it.
typedef struct {
  double arrival, granted;
  uint32_t place;
  int instance;
} Connection;

static January seen;
static Connection connections[MOST_HELD];
static int connection_count;

// The fleet. `burden` is what least connections goes by, OFF more while an instance takes nothing new;
// `order` says for each turn who is before whom. Both leave the lowest bits to the instance.
#define UNIT 64
#define OFF (1 << 24)
static int max_connections, weighed = OFF;
static int turn, burden[INSTANCES], order[INSTANCES + 1][INSTANCES];
static int idle[INSTANCES], open[INSTANCES], idle_slots[INSTANCES][MOST_OPEN];
// Connections that somebody could get, idle or not yet open.
static int free_count;

// What is to come. `late` is the first timeout, `rare` the first of what is rare. The instants that the
// choice of the next event hangs on are kept at hand: it waits for whatever has to be fetched first.
static Lines lines[2], *joined = &lines[0];
static Trips trips;
static Ring reconnects;
static uint32_t coming;
static double arrival, next_arrival, late, rare, window_end, now;

// Connections that are being opened: few, and only after the fix. Its request is NOBODY when it will
// have timed out by then; the timeout itself is among the doomed, the last one first.
static Ring openings;
static Entry doomed[MOST_HELD];
static int doomed_count;

// The database: a reading of the virtual clock, its speed, and connections held. `gap` is how much later
// the second work ends by that clock, `pace` how much slower than time it goes.
static WorkList works;
static double reading, clock_at, work_end, gap, pace, slower[MOST_HELD], speed[MOST_HELD];
static int held;

// Changes times instants: what is held or waits now, times now, less these is the area so far.
static double held_changes, pending_changes;
static uint64_t pending;

static inline double first_of(double a, double b) { return a < b ? a : b; }

static inline double next_doomed(void) {
  return doomed_count > 0 ? doomed[doomed_count - 1].at : INFINITY;
}

static inline void foresee_rare(void) {
  rare = first_of(first_of(reconnects.first, openings.first), first_of(next_doomed(), window_end));
}

static inline void foresee_late(void) { late = first_of(lines[0].due, lines[1].due); }

static inline void hold(int change) {
  held_changes += change * now;
  held += change;
  pace = slower[held];
}

static inline void hold_more(int change) {
  reading += (now - clock_at) * speed[held];
  clock_at = now;
  hold(change);
  work_end = now + (work_first(&works) - reading) * pace;
}

static inline void begin_query(int slot, double work) {
  trips_push(&trips, (Trip){now + ROUND_TRIP, work, slot});
}

static void begin_reconnect(int slot) {
  ring_push(&reconnects, (Entry){.at = now + CONNECT, .slot = slot});
  foresee_rare();
}

// The request has its connection.
static inline void grant(int slot, uint32_t place) {
  Connection *connection = &connections[slot];
  const Request *request = &requests[place];
  connection->arrival = request->arrival;
  connection->granted = now;
  connection->place = place;
  histogram_add(&seen.wait, now - request->arrival);
  if (request->reconnects) begin_reconnect(slot);
  else begin_query(slot, request->work);
}

// A request that asked with this deadline waits for a connection of its own. Whether it lives to see it
// is known at once, because nobody else gives it one.
static void start_opening(int i, uint32_t place, double deadline) {
  const bool too_late = deadline < now + CONNECT;
  const int slot = connection_count++;
  connections[slot].instance = i;
  connections[slot].place = too_late ? NOBODY : place;
  open[i]++;
  free_count--;
  hold_more(1);
  ring_push(&openings, (Entry){.at = now + CONNECT, .slot = slot});
  if (too_late) {
    int k = doomed_count++;
    for (; k > 0 && doomed[k - 1].at < deadline; k--) doomed[k] = doomed[k - 1];
    doomed[k] = (Entry){.at = deadline, .slot = i};
  }
  foresee_rare();
}

static inline void join_line(int i, uint32_t place) {
  lines_push(joined, i, place);
  if (place == joined->oldest) foresee_late();
  pending_changes += now;
  pending++;
  if (pending > seen.peak_pending) seen.peak_pending = pending;
}

static inline uint32_t leave_line(Lines *from, int i) {
  pending_changes -= now;
  pending--;
  const uint32_t place = lines_pop(from, i);
  if (place == from->oldest) {
    find_oldest(from);
    foresee_late();
  }
  return place;
}

static inline bool anybody_waits(int i) { return (lines[0].first[i] & lines[1].first[i]) != NOBODY; }

// Somebody must be waiting. Whoever has the old timeout came earlier.
static inline uint32_t next_waiter(int i) { return leave_line(&lines[lines[0].first[i] == NOBODY], i); }

static inline void acquire(int i, uint32_t place) {
  if (idle[i] > 0) {
    const int slot = idle_slots[i][--idle[i]];
    free_count--;
    hold_more(1);
    grant(slot, place);
  } else if (open[i] < max_connections) {
    start_opening(i, place, now + joined->timeout);
  } else {
    join_line(i, place);
  }
}

static inline void put_back(int slot) {
  const int i = connections[slot].instance;
  idle_slots[i][idle[i]++] = slot;
  free_count++;
}

// In turn, or the one with the fewest requests; among equals the one whose turn is next.
static inline int choose_instance(void) {
  int best = INT_MAX;
  for (int i = 0; i < INSTANCES; i++) {
    const int key = (burden[i] & weighed) + order[turn][i];
    best = key < best ? key : best;
  }
  const int i = best % 8;
  turn = i + 1;
  return i;
}

static void draw_more(void) {
  require_room(&lines[0], place_after(coming));
  require_room(&lines[1], place_after(coming));
  requests_draw();
}

static inline void arrive(void) {
  const int i = choose_instance();
  burden[i] += UNIT;
  seen.arrived++;
  acquire(i, coming);
  coming = place_after(coming);
  arrival = next_arrival;
  const uint32_t following = place_after(coming);
  if (following % BATCH == 0) draw_more();
  next_arrival = requests[following].arrival;
}

static inline void fail(int i) {
  seen.failed++;
  burden[i] -= UNIT;
}

static inline void expire(void) {
  Lines *from = &lines[lines[0].due > late];
  const int i = requests[from->oldest].instance;
  leave_line(from, i);
  fail(i);
}

// The speed stays as it is, so what is ahead ends when it would have.
static inline void begin_work(void) {
  const double work = trips.work;
  const int slot = trips_pop(&trips);
  work_push(&works, reading + (now - clock_at) * speed[held] + work, slot);
  gap = work_gap(&works);
  work_end = first_of(work_end, now + work * pace);
}

static inline void end_work(void) {
  const double left = gap;
  clock_at = now;
  reading = work_first(&works);
  const int slot = work_pop(&works);
  gap = work_gap(&works);
  if (work_none(&works)) reading = 0;
  const Connection *connection = &connections[slot];
  const int i = connection->instance;
  seen.completed++;
  histogram_add(&seen.use, now - connection->granted);
  histogram_add(&seen.response, now - connection->arrival);
  burden[i] -= UNIT;
  if (anybody_waits(i)) {
    work_end = now + left * pace;
    grant(slot, next_waiter(i));
  } else {
    hold(-1);
    work_end = now + left * pace;
    put_back(slot);
  }
}

static void end_reconnect(void) {
  const int slot = ring_pop(&reconnects).slot;
  histogram_add(&seen.opening, CONNECT);
  begin_query(slot, requests[connections[slot].place].work);
}

// The connection goes to whoever opened it; if that one has left, to the next who waits.
static void end_opening(void) {
  const int slot = ring_pop(&openings).slot, i = connections[slot].instance;
  histogram_add(&seen.opening, CONNECT);
  if (connections[slot].place != NOBODY) {
    grant(slot, connections[slot].place);
  } else if (anybody_waits(i)) {
    hold_more(1);
    grant(slot, next_waiter(i));
  } else {
    put_back(slot);
  }
}

static __attribute__((noinline)) void end_rare(void) {
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

// Only who gets or gives back a connection changes the speed of the database. Until then a work that
// begins and a request that arrives or gives up have nothing to do with each other: so first all works
// begin that do so before the next one ends, and then come those who arrive or give up before that.
// Which of them is first need not be guessed.
static void run_until(double until) {
  window_end = until;
  foresee_rare();
  for (;;) {
    const bool busy = free_count == 0;
    const double change = busy ? rare : first_of(rare, arrival);
    for (; trips.at < first_of(work_end, change); seen.events++) {
      now = trips.at;
      begin_work();
    }
    const double end = first_of(work_end, rare);
    do {
      if (end < first_of(arrival, late)) {
        now = end;
        if (work_end < rare) end_work();
        else if (rare < until) end_rare();
        else return;
        seen.events++;
        break;
      }
      now = first_of(arrival, late);
      if (arrival < late) arrive();
      else expire();
      seen.events++;
    } while (busy);
  }
}

static void fix(void) {
  max_connections = 20;
  free_count += 10 * INSTANCES;
  joined = &lines[1];
  requests_change(AFTER);
  for (int i = 0; i < INSTANCES; i++) {
    while (anybody_waits(i) && open[i] < max_connections) {
      const uint32_t place = next_waiter(i);
      start_opening(i, place, requests[place].arrival + lines[0].timeout);
    }
  }
}

// One instance after another takes nothing new for half a minute: long enough to end what it has.
static void restart(void) {
  const int k = (int)((now - RESTART_AT) / RESTART_EACH);
  if (now < RESTART_AT || k > INSTANCES || now != RESTART_AT + k * RESTART_EACH) return;
  if (k > 0) {
    burden[k - 1] -= OFF;
    if (burden[k - 1] > 0) fprintf(stderr, "an instance was not empty after its restart\n");
  }
  if (k < INSTANCES) burden[k] += OFF;
}

static void open_pool(int i) {
  for (int k = 0; k < max_connections; k++) {
    connections[connection_count].instance = i;
    put_back(connection_count++);
  }
  open[i] = max_connections;
}

static void begin(uint64_t seed) {
  requests_begin(seed, BEFORE);
  reconnects = ring_new(), openings = ring_new();
  trips_begin(&trips);
  lines_begin(&lines[0], 5), lines_begin(&lines[1], 2);
  work_begin(&works);
  max_connections = 10;
  for (int i = 0; i < INSTANCES; i++) {
    open_pool(i);
    for (int t = 0; t <= INSTANCES; t++) order[t][i] = (i - t + INSTANCES) % INSTANCES * 8 + i;
  }
  for (int n = 0; n < MOST_HELD; n++) {
    slower[n] = 1 + SIGMA * (n - 1) + KAPPA * n * (n - 1);
    speed[n] = 1 / slower[n];
  }
  work_end = late = INFINITY;
  arrival = requests[0].arrival, next_arrival = requests[1].arrival;
}

static Window window_so_far(void) {
  return (Window){.owned = held * now - held_changes,
                  .pending = (double)pending * now - pending_changes};
}

const January *run_january(uint64_t seed) {
  static January before;
  begin(seed);
  rows_begin(&seen);
  for (double from = 0; from < END; from += WINDOW) {
    now = from;
    if (now == BALANCER_AT) weighed = -1;
    restart();
    if (now == FIX_AT) fix();
    before.completed = seen.completed;
    before.failed = seen.failed;
    before.response = seen.response;
    const Window start = window_so_far();
    run_until(from + WINDOW);
    const Window end = window_so_far();
    rows_add(&seen, &before,
             (Window){from, now, end.owned - start.owned, end.pending - start.pending,
                      WINDOW * INSTANCES * max_connections});
  }
  return &seen;
}
