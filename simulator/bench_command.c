/*
 * mlango bench: what this machine does, measured through real SMPP.
 *
 * Only the gateway's and Redis's own processor time is counted as theirs; the
 * operator in a box and its citizens run beside them on the same cores.
 */
#include <event2/event.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "gateway/command.h"
#include "simulator/bench.h"
#include "simulator/bench_command.h"
#include "simulator/bench_site.h"
#include "simulator/private_redis.h"
#include "simulator/smsc.h"

#define WARM_UP_MS 2000

struct wish {
	int sessions, rate, seconds, window;
};

struct spent { /* while it was measured */
	int64_t wall_us, gateway_us, redis_us;
};

/* Five turns: two menus, a question, a menu, an end. */
static const char code[] = "*152*00#";
static const char *const answers[] = { "6", "1", "a1234567", "1", NULL };

static int read_arguments(int argc, char **argv, struct wish *w);
static int read_number(
    const char *name, const char *text, int least, int most, int *out);
static int measure(const struct wish *w, struct bench_site *site);
static int count(const struct wish *w, struct bench_site *site);
static void on_interrupt(evutil_socket_t signal, short what, void *arg);
static struct spent spent_so_far(const struct bench_site *site);
static int report(const struct wish *w, const struct bench_figures *f,
    const struct spent *s);

int
bench_command(int argc, char **argv)
{
	struct wish wish = { .sessions = 500, .seconds = 10, .window = 1000 };
	struct bench_site *site;
	int status = read_arguments(argc, argv, &wish);

	if (status != EX_OK)
		return status;
	status = bench_site_open(&site, wish.window, &bench_events);
	if (status == EX_OK)
		status = measure(&wish, site);
	if (bench_site_close(site) == -1 && status == EX_OK)
		status = EX_SOFTWARE;
	return status;
}

static int
read_arguments(int argc, char **argv, struct wish *w)
{
	static const struct option options[] = {
		{ "sessions", required_argument, NULL, 'n' },
		{ "rate", required_argument, NULL, 'r' },
		{ "seconds", required_argument, NULL, 't' },
		{ "window", required_argument, NULL, 'w' },
		{ NULL, 0, NULL, 0 },
	};
	int c, bad = 0;

	while ((c = getopt_long(argc, argv, "n:r:t:w:", options, NULL)) != -1)
		switch (c) {
		case 'n':
			bad |= read_number(
			    "sessions", optarg, 1, 1000000, &w->sessions);
			break;
		case 'r':
			bad |= read_number(
			    "rate", optarg, 1, 1000000, &w->rate);
			break;
		case 't':
			bad |= read_number(
			    "seconds", optarg, 1, 86400, &w->seconds);
			break;
		case 'w':
			bad |= read_number(
			    "window", optarg, 1, 1000, &w->window);
			break;
		default:
			bad = 1;
		}
	return bad || optind != argc ? command_usage("bench") : EX_OK;
}

static int
read_number(
    const char *name, const char *text, int least, int most, int *out)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*text != '\0' && *end == '\0' && n >= least && n <= most) {
		*out = (int)n;
		return 0;
	}
	fprintf(stderr, "mlango bench: --%s takes a number from %d to %d\n",
	    name, least, most);
	return 1;
}

/* Who is tired of waiting gets the figures so far. */
static int
measure(const struct wish *w, struct bench_site *site)
{
	struct event_base *base = bench_site_base(site);
	struct event *interrupt =
	    evsignal_new(base, SIGINT, on_interrupt, base);
	int status;

	CHECK(interrupt != NULL);
	event_add(interrupt, NULL);
	status = count(w, site);
	event_free(interrupt);
	return status;
}

static void
on_interrupt(evutil_socket_t number, short what, void *arg)
{
	(void)number;
	(void)what;
	event_base_loopbreak(arg);
}

static int
count(const struct wish *w, struct bench_site *site)
{
	struct bench *b = bench_new(bench_site_base(site),
	    bench_site_smsc(site),
	    &(struct bench_plan){ w->sessions, w->rate, code, answers });
	struct spent before, after;
	int status = EX_SOFTWARE;

	fprintf(stderr, "warming up for %d s, then measuring for %d s\n",
	    WARM_UP_MS / 1000, w->seconds);
	bench_start(b);
	if (bench_site_pass(site, WARM_UP_MS) == 0) {
		bench_reset(b);
		before = spent_so_far(site);
		if (bench_site_pass(site, w->seconds * 1000) == 0) {
			after = spent_so_far(site);
			after.wall_us -= before.wall_us;
			after.gateway_us -= before.gateway_us;
			after.redis_us -= before.redis_us;
			status = report(w, bench_figures(b), &after);
		}
	}
	bench_stop(b);
	if (status == EX_SOFTWARE)
		fprintf(stderr, "mlango bench: the gateway died\n");
	return status;
}

static struct spent
spent_so_far(const struct bench_site *site)
{
	return (struct spent){
		.wall_us = clock_steady_us(),
		.gateway_us = bench_site_gateway_us(site),
		.redis_us = bench_site_redis_us(site),
	};
}

static int
report(const struct wish *w, const struct bench_figures *f,
    const struct spent *s)
{
	const struct histogram *h = &f->latency_us;
	double turns = f->turns > 0 ? (double)f->turns : 1;
	double wall = (double)s->wall_us;

	if (w->rate > 0)
		printf("open loop    %d turns/s wanted, at most %d sessions; "
		       "latency from when a turn was due\n",
		    w->rate, w->sessions);
	else
		printf("closed loop  %d sessions outstanding\n", w->sessions);
	printf("             window %d, 1 bind, dialect spec, 5 turns a "
	       "session, %ld cores\n"
	       "             Redis: %s\n",
	    w->window, sysconf(_SC_NPROCESSORS_ONLN),
	    private_redis_settings());
	printf("turns        %" PRIu64 " in %.1f s: %.0f turns/s\n", f->turns,
	    wall / 1e6, turns * 1e6 / wall);
	printf("latency      p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, most "
	       "%.2f ms\n",
	    (double)histogram_part(h, 0.5) / 1000,
	    (double)histogram_part(h, 0.99) / 1000,
	    (double)histogram_part(h, 0.999) / 1000, (double)h->most / 1000);
	printf("gateway CPU  %.2f us a turn (%.0f %% of a core)\n",
	    (double)s->gateway_us / turns, 100 * (double)s->gateway_us / wall);
	printf("Redis CPU    %.2f us a turn (%.0f %% of a core)\n",
	    (double)s->redis_us / turns, 100 * (double)s->redis_us / wall);
	printf("errors       %" PRIu64 "\n", f->errors);
	if (f->late > 0)
		printf("held up      every session was busy %" PRIu64
		       " times when a turn was due: give more --sessions\n",
		    f->late);
	return f->errors == 0 && f->turns > 0 ? EX_OK : EX_UNAVAILABLE;
}
