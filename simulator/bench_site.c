/*
 * A gateway to be measured.
 */
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/arena.h"
#include "base/clock.h"
#include "config/dialects.h"
#include "simulator/bench_site.h"
#include "simulator/data.h"
#include "simulator/private_redis.h"
#include "simulator/process.h"
#include "simulator/smsc.h"
#include "simulator/workspace.h"

#define BIND_MS	  10000
#define STOP_MS	  15000
#define ANSWER_MS 20000
#define LOOK_MS	  20

struct bench_site {
	struct arena *arena;
	const char *data;   /* the sample files */
	const char *folder; /* our own */
	struct event_base *base;
	struct private_redis *redis;
	struct dialects *dialects;
	struct smsc *smsc;
	struct process *gateway;
};

static struct event_base *precise_base(void);
static int fail(int status, const char *why);
static int open_operator(
    struct bench_site *s, const struct smsc_events *events);
static int open_gateway(struct bench_site *s, int window);
static int write_config(struct bench_site *s, const char *path, int window);

int
bench_site_open(struct bench_site **site, int window,
    const struct smsc_events *events)
{
	struct arena *a = arena_new();
	struct bench_site *s = arena_alloc(a, sizeof(*s));
	const char *why;
	int status;

	*site = s;
	s->arena = a;
	s->base = precise_base();
	signal(SIGPIPE, SIG_IGN);
	s->data = data_folder(a, &why);
	if (s->data == NULL)
		return fail(EX_NOINPUT, why);
	s->folder = workspace_new(a);
	if (s->folder == NULL)
		return fail(EX_CANTCREAT, "no folder to work in");
	s->redis = private_redis_start(s->folder, &why);
	if (s->redis == NULL)
		return fail(EX_UNAVAILABLE, why);
	status = open_operator(s, events);
	return status == EX_OK ? open_gateway(s, window) : status;
}

/* By default libevent's clock moves in steps of 4 ms, which a turn that is due
 * would wait, and count as the gateway's. */
static struct event_base *
precise_base(void)
{
	struct event_config *c = event_config_new();
	struct event_base *base;

	CHECK(c != NULL &&
	    event_config_set_flag(c, EVENT_BASE_FLAG_PRECISE_TIMER) == 0);
	base = event_base_new_with_config(c);
	CHECK(base != NULL);
	event_config_free(c);
	return base;
}

static int
fail(int status, const char *why)
{
	fprintf(stderr, "mlango bench: %s\n", why);
	return status;
}

static int
open_operator(struct bench_site *s, const struct smsc_events *events)
{
	struct findings f;

	findings_init(&f, s->arena);
	s->dialects = dialects_read(
	    arena_printf(s->arena, "%s/dialects.cfg", s->data), &f);
	findings_print(&f, stderr);
	if (s->dialects == NULL)
		return EX_CONFIG;
	s->smsc = smsc_new(s->base,
	    &(struct smsc_settings){
	        .dialect = dialects_find(s->dialects, "spec"),
	        .answer_ms = ANSWER_MS },
	    events, NULL);
	if (s->smsc == NULL)
		return fail(EX_OSERR, "no port for the operator in a box");
	smsc_knobs(s->smsc)->receipt = NULL;
	return EX_OK;
}

static int
open_gateway(struct bench_site *s, int window)
{
	struct arena *a = s->arena;
	const char *config = arena_printf(a, "%s/gateway.cfg", s->folder);
	const char *log = arena_printf(a, "%s/gateway.log", s->folder);
	const char *const argv[] = { "/proc/self/exe", "run", "-c", config,
		NULL };
	int64_t until = clock_steady_ms() + BIND_MS;

	if (write_config(s, config, window) == -1)
		return fail(EX_CANTCREAT, "the configuration is not written");
	s->gateway = process_start(argv, NULL, log);
	if (s->gateway == NULL)
		return fail(EX_OSERR, "the gateway cannot be started");
	while (smsc_binds(s->smsc) == 0 && clock_steady_ms() < until)
		if (bench_site_pass(s, LOOK_MS) == -1)
			break;
	if (smsc_binds(s->smsc) > 0)
		return EX_OK;
	fprintf(stderr, "mlango bench: the gateway did not bind\n%s",
	    workspace_read(a, log));
	return EX_SOFTWARE;
}

static int
write_config(struct bench_site *s, const char *path, int window)
{
	struct arena *a = s->arena;

	if (workspace_write(arena_printf(a, "%s/password", s->folder),
	        "bench\n") == -1)
		return -1;
	return workspace_write(path,
	    arena_printf(a,
	        "menus = \"%s/bench/menus.cfg\";\n"
	        "dialects = \"%s/dialects.cfg\";\n"
	        "node = \"bench\";\n"
	        "redis = { socket = \"%s\"; };\n"
	        "links = ( { name = \"bench\"; hosts = [ \"127.0.0.1\" ];\n"
	        "  port = %d; system_id = \"bench\";\n"
	        "  password_file = \"password\"; dialect = \"spec\";\n"
	        "  sms_number = \"15200\"; window = %d;\n"
	        "  retry_least_ms = 50; } );\n",
	        s->data, s->data, private_redis_socket(s->redis),
	        smsc_port(s->smsc), window));
}

int
bench_site_close(struct bench_site *s)
{
	int result = 0;

	if (s->gateway != NULL) {
		process_signal(s->gateway, SIGTERM);
		while (process_runs(s->gateway))
			if (bench_site_pass(s, LOOK_MS) == -1)
				break;
		if (process_end(s->gateway, SIGTERM, STOP_MS) != EX_OK)
			result = fail(-1, "the gateway did not end in order");
	}
	if (s->smsc != NULL)
		smsc_free(s->smsc);
	if (s->dialects != NULL)
		dialects_free(s->dialects);
	if (s->redis != NULL)
		private_redis_stop(s->redis);
	event_base_free(s->base);
	if (s->folder != NULL)
		workspace_remove(s->folder);
	arena_free(s->arena);
	return result;
}

struct event_base *
bench_site_base(struct bench_site *s)
{
	return s->base;
}

struct smsc *
bench_site_smsc(struct bench_site *s)
{
	return s->smsc;
}

int
bench_site_pass(struct bench_site *s, int ms)
{
	struct timeval wait = { ms / 1000, ms % 1000 * 1000 };

	event_base_loopexit(s->base, &wait);
	event_base_dispatch(s->base);
	return process_runs(s->gateway) ? 0 : -1;
}

int64_t
bench_site_gateway_us(const struct bench_site *s)
{
	return process_cpu_us(s->gateway);
}

int64_t
bench_site_redis_us(const struct bench_site *s)
{
	return process_cpu_us(private_redis_process(s->redis));
}
