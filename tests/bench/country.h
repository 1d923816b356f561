/*
 * A whole country's menus for measuring: a menus file and COUNT institutions
 * of 20 states each, in two languages, with a talk.
 */
#ifndef TESTS_BENCH_COUNTRY_H
#define TESTS_BENCH_COUNTRY_H

#include "base/arena.h"
#include "menus/graph.h"

#define COUNTRY_STATES 20

/* What their talks find beside them, and what is in it. */
#define COUNTRY_ANSWER "bill.json"
#define COUNTRY_BILL   "{ \"name\": \"Asha\", \"due\": 1200 }\n"

struct source country_menus(struct arena *a, size_t count);

/* Number N; with EDITION its words change and nothing else. */
struct source country_institution(struct arena *a, size_t n, int edition);

#endif
