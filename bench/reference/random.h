// Chance for the yardstick: the generator xoshiro256+ (Blackman and Vigna, 2018) and, on its bits,
// ziggurats (Marsaglia and Tsang, 2000) of 256 layers for exponential and normal variates. The layer
// comes from the low bits, the position in it from the top 53.
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

#define LAYERS 256

// Right ends of the layers and the density there; layer 0 is the base with the tail.
extern double exponential_x[LAYERS + 1], exponential_f[LAYERS + 1];
extern double normal_x[LAYERS + 1], normal_f[LAYERS + 1];

// Fills the four tables: once, before the first draw.
void make_ziggurats(void);

typedef struct {
  uint64_t s[4];
} Random;

Random random_from(uint64_t seed);

static inline uint64_t random_bits(Random *r) {
  uint64_t *s = r->s;
  const uint64_t result = s[0] + s[3];
  const uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = (s[3] << 45) | (s[3] >> 19);
  return result;
}

// In [0, 1).
static inline double uniform(Random *r) {
  return (double)(random_bits(r) >> 11) * 0x1p-53;
}

double exponential_slow(Random *r, int layer, double x);
double normal_slow(Random *r, int layer, double x);

// The rare ends get a copy of the generator, so that the generator itself can stay in registers.
static inline double rare_end(double (*slow)(Random *, int, double), Random *r, int layer,
                              double x) {
  Random copy = *r;
  const double drawn = slow(&copy, layer, x);
  *r = copy;
  return drawn;
}

// Mean 1. About 98.9 % of the draws end in the first line.
static inline double exponential(Random *r) {
  const uint64_t bits = random_bits(r);
  const int layer = (int)(bits & (LAYERS - 1));
  const double x = (double)(bits >> 11) * 0x1p-53 * exponential_x[layer];
  return x < exponential_x[layer + 1] ? x : rare_end(exponential_slow, r, layer, x);
}

// Mean 0, variance 1.
static inline double normal(Random *r) {
  const uint64_t bits = random_bits(r);
  const int layer = (int)(bits & (LAYERS - 1));
  const double x = (double)((int64_t)bits >> 11) * 0x1p-52 * normal_x[layer];
  const double size = x < 0 ? -x : x;
  return size < normal_x[layer + 1] ? x : rare_end(normal_slow, r, layer, x);
}

#endif
