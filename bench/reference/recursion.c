// The recursion of Kiefer and Wolfowitz (1955): no events at all. Kept are the instants at which the
// servers become free, in order; a customer takes the first, or leaves when that is too late.
#include "workload.h"

// The first server is busy until `until`: each place gets the middle one of what stood there, what stood
// in the next, and `until`. Without a branch, because the place of `until` cannot be predicted.
static inline void occupy(double *free_at, double until) {
  for (int i = 0; i < SERVERS - 1; i++) {
    const double later = until > free_at[i] ? until : free_at[i];
    free_at[i] = later < free_at[i + 1] ? later : free_at[i + 1];
  }
  free_at[SERVERS - 1] = until > free_at[SERVERS - 1] ? until : free_at[SERVERS - 1];
}

Counts run_recursion(const Workload *w, uint64_t seed) {
  Random gaps = random_from(seed), holds = random_from(~seed);
  Arrivals arrivals = arrivals_of(w);
  Counts seen = {0};
  double free_at[SERVERS] = {0};
  for (;;) {
    const double now = next_arrival(&arrivals, w, &gaps);
    if (now > w->duration) return seen;
    const double hold = draw_hold(w, &holds);
    const double wait = free_at[0] > now ? free_at[0] - now : 0;
    seen.customers++;
    if (wait > w->timeout) {
      seen.timeouts++;
      continue;
    }
    seen.served++;
    seen.waited += wait > 0;
    seen.wait_sum += wait;
    occupy(free_at, now + wait + hold);
  }
}
