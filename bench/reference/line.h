// Who waits for a connection with the same patience: a line for each instance, linked through the
// requests. All come due in the order in which they came, so the first bit that is set among those of
// their places is the one whose timeout comes first, whichever line it stands in.
#ifndef LINE_H
#define LINE_H

#include <math.h>
#include <stdlib.h>

#include "requests.h"

#define INSTANCES 6

typedef struct {
  uint32_t first[INSTANCES], last[INSTANCES];
  uint64_t waiting[PLACES / 64];
  double timeout;
  // When the oldest comes due; Infinity when nobody waits.
  double due;
  uint32_t oldest;
  int count;
} Lines;

static inline void lines_begin(Lines *lines, double timeout) {
  for (int i = 0; i < INSTANCES; i++) lines->first[i] = NOBODY;
  lines->timeout = timeout;
  lines->due = INFINITY;
}

// Whenever the oldest has left.
static inline void find_oldest(Lines *lines) {
  lines->due = INFINITY;
  if (lines->count == 0) return;
  uint32_t word = lines->oldest / 64;
  while (lines->waiting[word] == 0) word = (word + 1) % (PLACES / 64);
  lines->oldest = word * 64 + (uint32_t)__builtin_ctzll(lines->waiting[word]);
  lines->due = requests[lines->oldest].arrival + lines->timeout;
}

static inline void lines_push(Lines *lines, int i, uint32_t place) {
  Request *request = &requests[place];
  request->next = NOBODY;
  request->instance = (uint8_t)i;
  *(lines->first[i] == NOBODY ? &lines->first[i] : &requests[lines->last[i]].next) = place;
  lines->last[i] = place;
  lines->waiting[place / 64] |= 1ull << place % 64;
  if (lines->count++ > 0) return;
  lines->oldest = place;
  find_oldest(lines);
}

// Somebody must be waiting. If it was the oldest, the next oldest has to be found.
static inline uint32_t lines_pop(Lines *lines, int i) {
  const uint32_t place = lines->first[i];
  lines->first[i] = requests[place].next;
  lines->waiting[place / 64] &= ~(1ull << place % 64);
  lines->count--;
  return place;
}

// Those who are drawn next must not take the place of anybody who waits.
static inline void require_room(const Lines *lines, uint32_t from) {
  for (uint32_t word = from / 64; word < (from + BATCH) / 64; word++) {
    if (lines->waiting[word] != 0) abort();
  }
}

#endif
