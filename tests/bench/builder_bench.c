/*
 * What building a country's menus costs in processor time: all of it and its
 * longest slice, for the first time, with nothing changed, with one institution
 * changed, and with the head of the menus file changed. Built by `make
 * tests/bench/builder_bench`; an argument sets how many institutions there are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "menus/builder.h"
#include "menus/catalogue.h"
#include "tests/bench/country.h"

struct run {
	struct source menus;
	struct source *institutions;
	size_t count;
};

static struct catalogue *measure(const char *what, const struct run *run,
    int septets, const struct catalogue *like);
static void lap(double *longest, double *since);
static double now_ms(void);

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct run run = { .count = argc > 1 ? (size_t)atol(argv[1]) : 500 };
	struct catalogue *first, *same, *one, *head;
	double since;
	size_t i;

	run.menus = country_menus(a, run.count);
	run.institutions = arena_array(a, run.count, sizeof(struct source));
	for (i = 0; i < run.count; i++)
		run.institutions[i] = country_institution(a, i, 1);
	printf("%zu institutions, %zu states\n", run.count,
	    run.count * COUNTRY_STATES);
	first = measure("the first time", &run, 0, NULL);
	same = measure("nothing changed", &run, 0, first);
	run.institutions[run.count / 2] =
	    country_institution(a, run.count / 2, 2);
	one = measure("one changed", &run, 0, same);
	head = measure("less room", &run, 150, one);
	catalogue_free(first);
	catalogue_free(same);
	catalogue_free(one);
	since = now_ms();
	catalogue_free(head);
	printf("freed in %.2f ms\n", now_ms() - since);
	arena_free(a);
	return EXIT_SUCCESS;
}

static struct catalogue *
measure(const char *what, const struct run *run, int septets,
    const struct catalogue *like)
{
	double begun = now_ms(), since = begun, head = 0, longest = 0, end = 0;
	struct arena *a = arena_new();
	struct findings f;
	struct catalogue *c;
	struct builder *b;
	size_t i;

	findings_init(&f, a);
	b = builder_new(&run->menus, septets, 0, like, &f);
	lap(&head, &since);
	for (i = 0; i < run->count; i++) {
		builder_add(b, &run->institutions[i]);
		lap(&longest, &since);
	}
	c = builder_finish(b);
	builder_free(b);
	lap(&end, &since);
	findings_print(&f, stderr);
	CHECK(c != NULL && c->graph_count == run->count);
	printf("%-16s %7.2f ms: head %.2f, longest institution %.2f, "
	       "finish %.2f\n",
	    what, since - begun, head, longest, end);
	arena_free(a);
	return c;
}

static void
lap(double *longest, double *since)
{
	double now = now_ms();

	if (now - *since > *longest)
		*longest = now - *since;
	*since = now;
}

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}
