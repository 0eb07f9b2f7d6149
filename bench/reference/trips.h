// Queries on their way to the database. All take equally long, so they are a ring; when the first one
// arrives and what it asks for is kept at hand. Its length is that of an index of a byte.
#ifndef TRIPS_H
#define TRIPS_H

#include <math.h>
#include <stdint.h>

typedef struct {
  double at, work;
  int slot;
} Trip;

typedef struct {
  Trip trips[256];
  uint8_t head, tail;
  // Of the first; Infinity when there is none.
  double at, work;
} Trips;

static inline void trips_begin(Trips *t) { t->trips[0].at = t->at = INFINITY; }

static inline void foresee_trip(Trips *t) {
  t->at = t->trips[t->head].at;
  t->work = t->trips[t->head].work;
}

static inline void trips_push(Trips *t, Trip trip) {
  t->trips[t->tail++] = trip;
  t->trips[t->tail].at = INFINITY;
  foresee_trip(t);
}

// The slot of the first.
static inline int trips_pop(Trips *t) {
  const int slot = t->trips[t->head++].slot;
  foresee_trip(t);
  return slot;
}

#endif
