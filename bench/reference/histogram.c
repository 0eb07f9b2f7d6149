// What is read from a histogram, and how two of them are told apart.
#include "histogram.h"

#include <math.h>

void histogram_add_difference(Histogram *h, const Histogram *late, const Histogram *early) {
  for (int i = 0; i < BUCKETS; i++) h->counts[i] += late->counts[i] - early->counts[i];
  h->sum += late->sum - early->sum;
}

double histogram_quantile(const Histogram *h, double p) {
  uint64_t count = 0;
  for (int i = 0; i < BUCKETS; i++) count += h->counts[i];
  const double rank = ceil(p * (double)count);
  uint64_t seen = 0;
  for (int i = 0; i < BUCKETS && count > 0; i++) {
    seen += h->counts[i];
    if ((double)seen < rank) continue;
    const int power = (i >> SUB_BITS) + LOWEST, part = i & ((1 << SUB_BITS) - 1);
    return ldexp(1 + (part + 0.5) / (1 << SUB_BITS), power);
  }
  return 0;
}
