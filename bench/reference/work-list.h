// What runs on the database, by the reading of the virtual clock at which it ends, the first one last: so
// taking it away costs nothing. Where new work belongs cannot be predicted, so the whole list is gone
// through without a branch, as many at a time as a vector of this machine holds: each place gets the
// middle one of the new end and two neighbours, and its slot with it.
#ifndef WORK_LIST_H
#define WORK_LIST_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define MOST_WORKS 256
#define LANES (__BIGGEST_ALIGNMENT__ / 8)

typedef double Ends __attribute__((vector_size(8 * LANES)));
typedef int64_t Slots __attribute__((vector_size(8 * LANES)));

// The first vector is a sentinel of Infinity; behind the last work stands -Infinity.
typedef struct {
  _Alignas(Ends) double ends[MOST_WORKS];
  _Alignas(Slots) int64_t slots[MOST_WORKS];
  int last;
} WorkList;

static inline void work_begin(WorkList *list) {
  for (int i = 0; i < MOST_WORKS; i++) list->ends[i] = i < LANES ? INFINITY : -INFINITY;
  list->last = LANES - 1;
}

static inline bool work_none(const WorkList *list) { return list->last < LANES; }

// Infinity when there is none.
static inline double work_first(const WorkList *list) { return list->ends[list->last]; }

// By how much the second one ends later than the first.
static inline double work_gap(const WorkList *list) {
  return list->ends[list->last - 1] - list->ends[list->last];
}

static inline Slots either(Slots mask, Slots yes, Slots no) { return (yes & mask) | (no & ~mask); }

static inline void work_push(WorkList *list, double end, int slot) {
  const Ends new_end = end - (Ends){0};
  const Slots new_slot = slot - (Slots){0};
  for (int i = ++list->last / LANES; i > 0; i--) {
    Ends *ends = (Ends *)list->ends + i, ends_before;
    Slots *slots = (Slots *)list->slots + i, slots_before;
    memcpy(&ends_before, &list->ends[i * LANES - 1], sizeof ends_before);
    memcpy(&slots_before, &list->slots[i * LANES - 1], sizeof slots_before);
    const Slots moves = ends_before < new_end, changes = *ends < new_end;
    const Slots comes = either(moves, (Slots)ends_before, (Slots)new_end);
    *ends = (Ends)either(changes, comes, (Slots)*ends);
    *slots = either(changes, either(moves, slots_before, new_slot), *slots);
  }
}

// The list must not be empty.
static inline int work_pop(WorkList *list) {
  list->ends[list->last] = -INFINITY;
  return (int)list->slots[list->last--];
}

#endif
