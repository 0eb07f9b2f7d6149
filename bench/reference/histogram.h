// Log-linear histogram of times in seconds: 64 buckets to each power of two, found from the top bits
// of the number's floating-point form. Times below 2^-30 s (a nanosecond) share the first bucket,
// those from 2^10 s on the last one.
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>
#include <string.h>

#define SUB_BITS 6
#define LOWEST (-30)
#define BUCKETS (40 << SUB_BITS)

typedef struct {
  uint32_t counts[BUCKETS];
  double sum;
} Histogram;

static inline void histogram_add(Histogram *h, double seconds) {
  uint64_t bits;
  memcpy(&bits, &seconds, sizeof bits);
  int bucket = (int)(bits >> (52 - SUB_BITS)) - ((1023 + LOWEST) << SUB_BITS);
  bucket = bucket < 0 ? 0 : bucket;
  bucket = bucket < BUCKETS ? bucket : BUCKETS - 1;
  h->counts[bucket]++;
  h->sum += seconds;
}

// Everything that `late` has and `early`, a copy of it from before, has not is added to `h`.
void histogram_add_difference(Histogram *h, const Histogram *late, const Histogram *early);

// The middle of the bucket that holds the quantile; 0 when the histogram is empty.
double histogram_quantile(const Histogram *h, double p);

#endif
