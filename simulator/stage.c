/*
 * A stage: what stands on it, and how it is built up and cleared away.
 *
 * Redis and the gateways are processes; the operator and the institutions run
 * in our own event loop, which therefore has to turn while anybody is waited
 * for.
 */
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "config/dialects.h"
#include "simulator/data.h"
#include "simulator/process.h"
#include "simulator/stage_parts.h"
#include "simulator/workspace.h"

#define PATIENCE_MS 30000
#define TICK_MS     5

/* Somebody wants us to end; the first is for the guest of stage_lend. */
static const int endings[STAGE_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

static int build(struct stage *s, const char **why);
static int build_peers(struct stage *s, const char **why);
static const struct dialect *read_dialect(struct stage *s, const char **why);
static void watch(struct stage *s);
static void on_tick(evutil_socket_t fd, short what, void *arg);
static void on_interrupt(evutil_socket_t fd, short what, void *arg);

struct stage *
stage_open(
    struct arena *a, const struct stage_settings *settings, const char **why)
{
	struct stage *s = arena_alloc(a, sizeof(*s));

	s->arena = a;
	s->settings = *settings;
	if (s->settings.gateway == NULL)
		s->settings.gateway = "";
	s->base = event_base_new();
	CHECK(s->base != NULL);
	watch(s);
	if (build(s, why) == 0)
		return s;
	stage_close(s);
	return NULL;
}

static void
watch(struct stage *s)
{
	static const struct timeval every = { 0, TICK_MS * 1000 };
	size_t i;

	s->tick = event_new(s->base, -1, EV_PERSIST, on_tick, s);
	CHECK(s->tick != NULL);
	event_add(s->tick, &every);
	for (i = 0; i < STAGE_SIGNALS; i++) {
		s->signals[i] =
		    evsignal_new(s->base, endings[i], on_interrupt, s);
		CHECK(s->signals[i] != NULL);
		event_add(s->signals[i], NULL);
	}
	signal(SIGPIPE, SIG_IGN);
}

/* Conditions that nothing tells us of are looked at with every tick. */
static void
on_tick(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

static void
on_interrupt(evutil_socket_t fd, short what, void *arg)
{
	struct stage *s = arg;

	(void)fd;
	(void)what;
	s->interrupted = true;
}

static int
build(struct stage *s, const char **why)
{
	s->place.data = data_folder(s->arena, why);
	if (s->place.data == NULL)
		return -1;
	s->place.folder = workspace_new(s->arena);
	if (s->place.folder == NULL) {
		*why = arena_printf(s->arena,
		    "there can be no folder for "
		    "the files: %m");
		return -1;
	}
	if (build_peers(s, why) == -1)
		return -1;
	s->redis = private_redis_start(s->place.folder, why);
	if (s->redis == NULL)
		return -1;
	s->place.redis = private_redis_socket(s->redis);
	return stage_files_write(s->arena, &s->place, &s->settings, why);
}

static int
build_peers(struct stage *s, const char **why)
{
	struct smsc_settings settings = {
		.answer_ms = s->settings.answer_ms,
		.session_numbers = s->settings.session_numbers,
		.dialect = read_dialect(s, why),
	};

	if (settings.dialect == NULL)
		return -1;
	s->smsc =
	    smsc_new(s->base, &settings, s->settings.events, s->settings.owner);
	s->backend = backend_new(s->base, 0);
	if (s->smsc == NULL || s->backend == NULL) {
		*why = arena_printf(s->arena, "no port on loopback: %m");
		return -1;
	}
	s->place.smsc_port = smsc_port(s->smsc);
	s->place.backend_port = backend_port(s->backend);
	return 0;
}

static const struct dialect *
read_dialect(struct stage *s, const char **why)
{
	const char *file =
	    arena_printf(s->arena, "%s/dialects.cfg", s->place.data);
	const struct dialect *found = NULL;
	struct findings f;

	findings_init(&f, s->arena);
	s->dialects = dialects_read(file, &f);
	if (s->dialects != NULL)
		found = dialects_find(s->dialects, s->settings.dialect);
	if (found == NULL)
		*why = arena_printf(s->arena, "%s has no dialect '%s'", file,
		    s->settings.dialect);
	return found;
}

void
stage_close(struct stage *s)
{
	size_t i;

	for (i = 0; i < s->seat_count; i++)
		stage_kill(s, s->seats[i].name);
	if (s->redis != NULL) {
		private_redis_kill(s->redis);
		private_redis_stop(s->redis);
	}
	smsc_free(s->smsc);
	backend_free(s->backend);
	dialects_free(s->dialects);
	if (s->place.folder != NULL)
		workspace_remove(s->place.folder);
	for (i = 0; i < STAGE_SIGNALS; i++)
		event_free(s->signals[i]);
	event_free(s->tick);
	event_base_free(s->base);
}

struct event_base *
stage_base(const struct stage *s)
{
	return s->base;
}

struct smsc *
stage_smsc(const struct stage *s)
{
	return s->smsc;
}

struct backend *
stage_backend(const struct stage *s)
{
	return s->backend;
}

struct private_redis *
stage_redis(const struct stage *s)
{
	return s->redis;
}

const char *
stage_folder(const struct stage *s)
{
	return s->place.folder;
}

int
stage_change_menus(struct stage *s, const char *menus, const char **why)
{
	s->settings.menus = menus;
	return stage_files_write(s->arena, &s->place, &s->settings, why);
}

/* ---- waiting */

enum stage_wait
stage_wait(struct stage *s, stage_condition *holds, void *arg)
{
	int64_t until = clock_steady_ms() + PATIENCE_MS;

	while (!holds(arg)) {
		if (s->interrupted)
			return STAGE_INTERRUPTED;
		if (stage_somebody_died(s))
			return STAGE_DEAD;
		if (clock_steady_ms() >= until)
			return STAGE_LATE;
		event_base_loop(s->base, EVLOOP_ONCE);
	}
	return STAGE_CAME;
}

void
stage_run(struct stage *s)
{
	while (!s->interrupted && !stage_somebody_died(s))
		event_base_loop(s->base, EVLOOP_ONCE);
}

void
stage_lend(struct stage *s, const char *const *argv)
{
	struct process *guest;

	event_del(s->signals[0]);
	signal(SIGINT, SIG_IGN);
	guest = process_lend(argv);
	while (guest != NULL && process_runs(guest) && !s->interrupted &&
	    !stage_somebody_died(s))
		event_base_loop(s->base, EVLOOP_ONCE);
	if (guest != NULL)
		process_end(guest, SIGTERM, STAGE_END_MS);
}

const char *
stage_wait_says(enum stage_wait w)
{
	switch (w) {
	case STAGE_CAME:
		return "it came";
	case STAGE_LATE:
		return "nothing came in half a minute";
	case STAGE_DEAD:
		return "a gateway died";
	case STAGE_INTERRUPTED:
		return "interrupted";
	}
	return "";
}

/* ---- what the store counted */

long
stage_counted(struct stage *s, const char *what, const char *which)
{
	struct arena *a = arena_new();
	const char *answer = private_redis_ask(s->redis, a,
	    arena_printf(a, "HGET mlango:stat:%s %s", what, which));
	long count = answer == NULL ? -1 : strtol(answer, NULL, 10);

	arena_free(a);
	return count;
}
