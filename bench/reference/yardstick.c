// What the machine can do: the workloads of the benches in plain C, each run printed as one line of JSON.
//
//     yardstick a|b|recursion-a|recursion-b|january [customers] [seed]
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "january.h"
#include "workload.h"

static double cpu_seconds(void) { return (double)clock() / CLOCKS_PER_SEC; }

static void print_speed(const char *program, uint64_t customers, uint64_t events, double seconds) {
  printf("{\"program\":\"%s\",\"customers\":%llu,\"events\":%llu,\"cpuSeconds\":%.6f,", program,
         (unsigned long long)customers, (unsigned long long)events, seconds);
  printf("\"customersPerSecond\":%.0f,\"nsPerCustomer\":%.3f", (double)customers / seconds,
         1e9 * seconds / (double)customers);
}

static void run_plain(const char *program, double customers, uint64_t seed) {
  const char kind = program[strlen(program) - 1];
  const Workload w = kind == 'a' ? workload_a(customers) : workload_b(customers);
  const double start = cpu_seconds();
  const Counts seen = strlen(program) > 1 ? run_recursion(&w, seed) : run_events(&w, seed);
  print_speed(program, seen.customers, seen.events, cpu_seconds() - start);
  printf(",\"served\":%llu,\"timeouts\":%llu,\"peakQueue\":%llu", (unsigned long long)seen.served,
         (unsigned long long)seen.timeouts, (unsigned long long)seen.peak_queue);
  printf(",\"waitedShare\":%.6f,\"meanWaitMs\":%.6f,\"failedShare\":%.6f}\n",
         (double)seen.waited / (double)seen.served, 1000 * seen.wait_sum / (double)seen.served,
         (double)seen.timeouts / (double)seen.customers);
}

static void run_january_program(uint64_t seed) {
  const double start = cpu_seconds();
  const January *seen = run_january(seed);
  print_speed("january", seen->arrived, seen->events, cpu_seconds() - start);
  printf(",\"completed\":%llu,\"timeouts\":%llu,\"peakPending\":%llu,\"rows\":[",
         (unsigned long long)seen->completed, (unsigned long long)seen->failed,
         (unsigned long long)seen->peak_pending);
  for (int i = 0; i < ROWS; i++) {
    const Row *row = &seen->rows[i];
    printf("%s{\"row\":\"%s\",\"failedShare\":%.5f,\"p50Ms\":%.2f,\"p99Ms\":%.1f,\"use\":%.3f,"
           "\"pending\":%.1f}",
           i == 0 ? "" : ",", row->name,
           (double)row->failed / (double)(row->completed + row->failed),
           1000 * histogram_quantile(&row->response, 0.5),
           1000 * histogram_quantile(&row->response, 0.99), row->owned / row->configured,
           row->pending / (row->to - row->from));
  }
  printf("]}\n");
}

int main(int count, char **words) {
  const char *program = count > 1 ? words[1] : "";
  const double customers = count > 2 ? atof(words[2]) : 20e6;
  const uint64_t seed = count > 3 ? strtoull(words[3], NULL, 10) : 1;
  const char *plain[] = {"a", "b", "recursion-a", "recursion-b"};
  make_ziggurats();
  if (strcmp(program, "january") == 0) {
    run_january_program(seed);
    return 0;
  }
  for (int i = 0; i < 4; i++) {
    if (strcmp(program, plain[i]) != 0) continue;
    run_plain(program, customers, seed);
    return 0;
  }
  fprintf(stderr, "yardstick a|b|recursion-a|recursion-b|january [customers] [seed]\n");
  return 2;
}
