// What runs on the database, by the reading of the virtual clock at which it ends, the first one last: so
// taking it away costs nothing, and new work, mostly short beside what is left of the old, has not far to
// go. Keys and slots stand in arrays of their own, because a pair that is read as one soon after it was
// written as two has to wait for both writes.
#ifndef WORK_LIST_H
#define WORK_LIST_H

#define MOST_WORKS 256

typedef struct {
  double ends[MOST_WORKS];
  int slots[MOST_WORKS];
  int count;
} WorkList;

// The list must not be empty.
static inline double work_first(const WorkList *list) { return list->ends[list->count - 1]; }

static inline void work_push(WorkList *list, double end, int slot) {
  int i = list->count++;
  for (; i > 0 && list->ends[i - 1] < end; i--) {
    list->ends[i] = list->ends[i - 1];
    list->slots[i] = list->slots[i - 1];
  }
  list->ends[i] = end;
  list->slots[i] = slot;
}

static inline int work_pop(WorkList *list) { return list->slots[--list->count]; }

#endif
