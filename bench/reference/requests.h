// The requests of January in the order of their arrival. What they will do is drawn ahead, many at a time,
// so that the generators and exp() don't get in the way of the events. A request is known by its place
// in a ring that is far longer than those are who wait at once.
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stdbool.h>
#include <stdint.h>

#define PLACES (1 << 14)
#define BATCH 256
#define NOBODY UINT32_MAX

typedef struct {
  double arrival, work;
  // Who is next in the line for the same instance.
  uint32_t next;
  uint8_t instance;
  bool reconnects;
} Request;

extern Request requests[PLACES];

static inline uint32_t place_after(uint32_t place) { return (place + 1) % PLACES; }

// Lognormal work, and the share of the connections granted that have to be opened anew.
typedef struct {
  double mean, cv, reconnect_share;
} Plan;

// Seeds the generators and draws the first batch.
void requests_begin(uint64_t seed, Plan plan);

// Draws the next batch, over the oldest one.
void requests_draw(void);

// A new plan for whoever has no connection yet.
void requests_change(Plan plan);

#endif
