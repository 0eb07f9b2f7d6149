// The outage of scenarios/january-2024.yaml: what the C program reports of it.
#ifndef JANUARY_H
#define JANUARY_H

#include <stdint.h>

#include "histogram.h"

#define ROWS 12

// A stretch of the run, [from, to) seconds after 13:30.
typedef struct {
  const char *name;
  double from, to;
  uint64_t completed, failed;
  // Connections owned by a request, configured ones, and requests that waited, each times time.
  double owned, configured, pending;
  Histogram response;
} Row;

typedef struct {
  uint64_t arrived, completed, failed, events, peak_pending;
  Histogram response, wait, use, opening;
  Row rows[ROWS];
} January;

// A window of the run: connections owned, requests waiting and connections configured, times time.
typedef struct {
  double from, to, owned, pending, configured;
} Window;

void rows_begin(January *seen);

// Adds a window to the rows that it is part of: what `seen` has and `before`, an earlier reading, has not.
void rows_add(January *seen, const January *before, Window window);

const January *run_january(uint64_t seed);

#endif
