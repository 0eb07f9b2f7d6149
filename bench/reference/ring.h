// A ring buffer that doubles when it is full: for whatever comes out in the order in which it went in.
#ifndef RING_H
#define RING_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct {
  // When it comes due, or came in.
  double at;
  union {
    double hold;
    int slot;
  };
} Entry;

typedef struct {
  Entry *entries;
  uint64_t mask, head, tail;
  // When the first entry comes due; Infinity when there is none.
  double first;
} Ring;

static inline Ring ring_new(void) {
  const uint64_t capacity = 64;
  return (Ring){malloc(capacity * sizeof(Entry)), capacity - 1, 0, 0, INFINITY};
}

static inline uint64_t ring_size(const Ring *ring) { return ring->tail - ring->head; }

static inline void ring_grow(Ring *ring) {
  const uint64_t capacity = 2 * (ring->mask + 1);
  Entry *entries = malloc(capacity * sizeof(Entry));
  if (entries == NULL) abort();
  for (uint64_t i = ring->head; i < ring->tail; i++) {
    entries[i & (capacity - 1)] = ring->entries[i & ring->mask];
  }
  free(ring->entries);
  ring->entries = entries;
  ring->mask = capacity - 1;
}

static inline void ring_push(Ring *ring, Entry entry) {
  if (ring_size(ring) > ring->mask) ring_grow(ring);
  if (ring_size(ring) == 0) ring->first = entry.at;
  ring->entries[ring->tail++ & ring->mask] = entry;
}

static inline Entry ring_pop(Ring *ring) {
  const Entry entry = ring->entries[ring->head++ & ring->mask];
  ring->first = ring_size(ring) > 0 ? ring->entries[ring->head & ring->mask].at : INFINITY;
  return entry;
}

#endif
