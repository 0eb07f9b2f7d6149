// The two plain workloads of the benches, ten connections and holds of 20 ms on average:
// A: Poisson, 450/s, exponential holds (M/M/10 at 90 %), nobody leaves.
// B: Poisson, 300/s and 900/s in the middle third, lognormal holds with sigma 1, and whoever has
//    waited for 30 s leaves.
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "random.h"

#define SERVERS 10

typedef struct {
  bool lognormal;
  // Infinity: nobody leaves.
  double timeout;
  // End of the run, and where the rate changes.
  double duration, corner[2];
  double rate[3];
} Workload;

// For about so many customers.
static inline Workload workload_a(double customers) {
  const double rate = 450, duration = customers / rate;
  return (Workload){false, INFINITY, duration, {INFINITY, INFINITY}, {rate, rate, rate}};
}

static inline Workload workload_b(double customers) {
  const double low = 300, high = 900, duration = customers / ((low + high + low) / 3);
  return (Workload){true, 30, duration, {duration / 3, 2 * duration / 3}, {low, high, low}};
}

static const double HOLD = 0.020;

static inline double draw_hold(const Workload *w, Random *r) {
  // The mean of a lognormal law is e^(mu + sigma^2 / 2).
  if (w->lognormal) return exp(log(0.020) - 0.5 + normal(r));
  return HOLD * exponential(r);
}

// The arrival process: gaps of mean 1 on the axis of the integrated rate. At a corner, what is left of
// a gap is run down at the new rate.
typedef struct {
  double at, rate, end;
  int segment;
} Arrivals;

static inline Arrivals arrivals_of(const Workload *w) {
  return (Arrivals){0, w->rate[0], w->corner[0], 0};
}

static inline double next_arrival(Arrivals *a, const Workload *w, Random *r) {
  double next = a->at + exponential(r) / a->rate;
  while (next > a->end) {
    const double left = (next - a->end) * a->rate, corner = a->end;
    a->segment++;
    a->rate = w->rate[a->segment];
    a->end = a->segment < 2 ? w->corner[a->segment] : INFINITY;
    next = corner + left / a->rate;
  }
  return a->at = next;
}

// What a program has seen. Waits are those of the customers who were served.
typedef struct {
  uint64_t customers, served, waited, timeouts, events, peak_queue;
  double wait_sum;
} Counts;

Counts run_events(const Workload *w, uint64_t seed);
Counts run_recursion(const Workload *w, uint64_t seed);

#endif
