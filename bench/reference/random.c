// Tables and rare branches of the ziggurats, and the seeding of the generator (splitmix64).
#include "random.h"

#include <math.h>

double exponential_x[LAYERS + 1], exponential_f[LAYERS + 1];
double normal_x[LAYERS + 1], normal_f[LAYERS + 1];

// Where the tail begins, and the area of every layer, for 256 layers.
static const double EXPONENTIAL_TAIL = 7.69711747013104972;
static const double EXPONENTIAL_AREA = 0.0039496598225815571993;
static const double NORMAL_TAIL = 3.6541528853610088;
static const double NORMAL_AREA = 0.00492867323399;

static double exponential_density(double x) { return exp(-x); }
static double exponential_inverse(double f) { return -log(f); }
static double normal_density(double x) { return exp(-x * x / 2); }
static double normal_inverse(double f) { return sqrt(-2 * log(f)); }

static void fill(double *x, double *f, double tail, double area, double (*density)(double),
                 double (*inverse)(double)) {
  x[0] = area / density(tail);
  x[1] = tail;
  for (int i = 1; i < LAYERS - 1; i++) x[i + 1] = inverse(area / x[i] + density(x[i]));
  x[LAYERS] = 0;
  for (int i = 0; i <= LAYERS; i++) f[i] = density(x[i]);
}

void make_ziggurats(void) {
  fill(exponential_x, exponential_f, EXPONENTIAL_TAIL, EXPONENTIAL_AREA, exponential_density,
       exponential_inverse);
  fill(normal_x, normal_f, NORMAL_TAIL, NORMAL_AREA, normal_density, normal_inverse);
}

Random random_from(uint64_t seed) {
  Random r;
  for (int i = 0; i < 4; i++) {
    uint64_t z = (seed += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    r.s[i] = z ^ (z >> 31);
  }
  return r;
}

double exponential_slow(Random *r, int layer, double x) {
  // The law has no memory: beyond the tail's beginning it starts anew.
  if (layer == 0) return EXPONENTIAL_TAIL + exponential(r);
  const double low = exponential_f[layer], high = exponential_f[layer + 1];
  return low + uniform(r) * (high - low) < exp(-x) ? x : exponential(r);
}

// Marsaglia's tail (1964): both exponential, accepted when y is long enough.
static double normal_tail(Random *r) {
  for (;;) {
    const double x = exponential(r) / NORMAL_TAIL, y = exponential(r);
    if (y + y >= x * x) return NORMAL_TAIL + x;
  }
}

double normal_slow(Random *r, int layer, double x) {
  if (layer == 0) return x < 0 ? -normal_tail(r) : normal_tail(r);
  const double low = normal_f[layer], high = normal_f[layer + 1];
  return low + uniform(r) * (high - low) < exp(-x * x / 2) ? x : normal(r);
}
