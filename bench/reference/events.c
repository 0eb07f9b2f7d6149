// The same pool, event by event, each kind of event in the cheapest home that its order allows: the next
// arrival is a variable, the departures of ten servers are a sorted array, and those who wait are a ring.
// With one timeout for all, who came first also leaves first, so the ring is the list of timeouts too.
#include "ring.h"
#include "workload.h"

typedef struct {
  double at[SERVERS];
  int count;
} Departures;

// In order, with Infinity for servers that are free. Without a branch, because the place of `at` cannot
// be predicted: each place gets the middle one of `at` and two neighbours.
static inline void depart_at(Departures *d, double at) {
  for (int i = SERVERS - 1; i > 0; i--) {
    const double later = at > d->at[i - 1] ? at : d->at[i - 1];
    d->at[i] = later < d->at[i] ? later : d->at[i];
  }
  d->at[0] = at < d->at[0] ? at : d->at[0];
  d->count++;
}

// The first departure is over; the next one of its server is at `at`.
static inline void depart_next_at(Departures *d, double at) {
  for (int i = 0; i < SERVERS - 1; i++) {
    const double later = at > d->at[i] ? at : d->at[i];
    d->at[i] = later < d->at[i + 1] ? later : d->at[i + 1];
  }
  d->at[SERVERS - 1] = at > d->at[SERVERS - 1] ? at : d->at[SERVERS - 1];
}

Counts run_events(const Workload *w, uint64_t seed) {
  Random gaps = random_from(seed), holds = random_from(~seed);
  Arrivals arrivals = arrivals_of(w);
  Counts seen = {0};
  Departures departures = {.count = 0};
  for (int i = 0; i < SERVERS; i++) departures.at[i] = INFINITY;
  Ring ring = ring_new();
  double arrival = next_arrival(&arrivals, w, &gaps);
  double departure = INFINITY, timeout = INFINITY;
  for (;;) {
    const double now = arrival < departure ? arrival : departure;
    if (timeout < now) {
      if (timeout > w->duration) break;
      seen.events++;
      seen.timeouts++;
      ring_pop(&ring);
      timeout = ring.first + w->timeout;
    } else if (arrival < departure) {
      if (now > w->duration) break;
      seen.events++;
      seen.customers++;
      const double hold = draw_hold(w, &holds);
      if (departures.count < SERVERS) {
        seen.served++;
        depart_at(&departures, now + hold);
        departure = departures.at[0];
      } else {
        ring_push(&ring, (Entry){.at = now, .hold = hold});
        const uint64_t queue = ring_size(&ring);
        if (queue > seen.peak_queue) seen.peak_queue = queue;
        timeout = ring.first + w->timeout;
      }
      arrival = next_arrival(&arrivals, w, &gaps);
    } else {
      if (now > w->duration) break;
      seen.events++;
      if (ring_size(&ring) > 0) {
        const Entry waiter = ring_pop(&ring);
        seen.served++;
        seen.waited++;
        seen.wait_sum += now - waiter.at;
        depart_next_at(&departures, now + waiter.hold);
        timeout = ring.first + w->timeout;
      } else {
        depart_next_at(&departures, INFINITY);
        departures.count--;
      }
      departure = departures.at[0];
    }
  }
  free(ring.entries);
  return seen;
}
