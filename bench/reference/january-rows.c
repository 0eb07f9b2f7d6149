// The stretches of the outage whose figures are known, to hold the program against them.
#include "january.h"

static const Row ROW_NAMES[ROWS] = {
    {.name = "13:30-13:57", .from = 0, .to = 1620},
    {.name = "13:59", .from = 1740, .to = 1800},
    {.name = "14:00", .from = 1800, .to = 1860},
    {.name = "14:00-14:30", .from = 1800, .to = 3600},
    {.name = "14:30-15:00", .from = 3600, .to = 5400},
    {.name = "15:00-16:00", .from = 5400, .to = 9000},
    {.name = "16:00-16:03", .from = 9000, .to = 9180},
    {.name = "16:00-16:06", .from = 9000, .to = 9360},
    {.name = "16:06-17:30", .from = 9360, .to = 14400},
    {.name = "14:00-17:30", .from = 1800, .to = 14400},
    {.name = "17:30", .from = 14400, .to = 14460},
    {.name = "17:31-18:00", .from = 14460, .to = 16200},
};

void rows_begin(January *seen) {
  for (int i = 0; i < ROWS; i++) seen->rows[i] = ROW_NAMES[i];
}

void rows_add(January *seen, const January *before, Window window) {
  for (int i = 0; i < ROWS; i++) {
    Row *row = &seen->rows[i];
    if (window.from < row->from || window.to > row->to) continue;
    row->completed += seen->completed - before->completed;
    row->failed += seen->failed - before->failed;
    row->owned += window.owned;
    row->pending += window.pending;
    row->configured += window.configured;
    histogram_add_difference(&row->response, &seen->response, &before->response);
  }
}
