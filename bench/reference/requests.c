// Arrivals with a ramp, and what each request will ask of the database.
#include "requests.h"

#include <math.h>

#include "random.h"

static const double RAMP_FROM = 1620, RAMP_TO = 1860, LOW_RATE = 600, HIGH_RATE = 1430;

Request requests[PLACES];

// What the work was made from, for the day that the plan changes.
static struct {
  double demand, reconnect;
} draws[PLACES];
static Random gaps, demands, reconnections;
static double work_offset, work_scale, reconnect_share, drawn_until;
static uint32_t drawn;

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

static void set_plan(Plan plan) {
  const double variance = log1p(plan.cv * plan.cv);
  work_offset = log(plan.mean) - variance / 2;
  work_scale = sqrt(variance);
  reconnect_share = plan.reconnect_share;
}

static void follow_plan(uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to; i++) {
    requests[i].work = exp(work_offset + work_scale * draws[i].demand);
    requests[i].reconnects = draws[i].reconnect < reconnect_share;
  }
}

void requests_draw(void) {
  const uint32_t from = drawn, to = drawn + BATCH;
  Random r = gaps;
  double arrival = drawn_until;
  for (uint32_t i = from; i < to; i++) {
    arrival = after_gap(arrival, exponential(&r));
    requests[i].arrival = arrival;
  }
  gaps = r;
  drawn_until = arrival;
  r = demands;
  for (uint32_t i = from; i < to; i++) draws[i].demand = normal(&r);
  demands = r;
  r = reconnections;
  for (uint32_t i = from; i < to; i++) draws[i].reconnect = uniform(&r);
  reconnections = r;
  follow_plan(from, to);
  drawn = to % PLACES;
}

void requests_change(Plan plan) {
  set_plan(plan);
  follow_plan(0, PLACES);
}

void requests_begin(uint64_t seed, Plan plan) {
  gaps = random_from(seed);
  demands = random_from(seed + 1000);
  reconnections = random_from(seed + 2000);
  set_plan(plan);
  requests_draw();
}
