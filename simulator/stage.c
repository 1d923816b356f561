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
#include "simulator/stage.h"
#include "simulator/stage_files.h"
#include "simulator/workspace.h"

#define PATIENCE_MS  30000
#define TICK_MS	     5
#define END_MS	     5000
#define GATEWAYS_MAX 4

/* A gateway by its name, running or not. */
struct seat {
	const char *name, *file, *log;
	struct process *process;
	bool mortal;
	int redis_ups; /* how often its log said so when it was started */
};

struct stage {
	struct arena *arena;
	struct stage_settings settings;
	struct stage_place place;
	struct event_base *base;
	struct event *tick, *interrupt, *terminate;
	bool interrupted;
	struct dialects *dialects;
	struct smsc *smsc;
	struct backend *backend;
	struct private_redis *redis;
	struct seat seats[GATEWAYS_MAX];
	size_t seat_count;
};

static int build(struct stage *s, const char **why);
static int build_peers(struct stage *s, const char **why);
static const struct dialect *read_dialect(struct stage *s, const char **why);
static void watch(struct stage *s);
static void on_tick(evutil_socket_t fd, short what, void *arg);
static void on_interrupt(evutil_socket_t fd, short what, void *arg);
static bool somebody_died(struct stage *s);
static struct seat *seat_find(const struct stage *s, const char *name);
static struct seat *seat_new(struct stage *s, const char *name);
static bool seat_is_ready(struct stage *s, struct seat *g);
static int redis_ups(struct seat *g);

struct stage *
stage_open(
    struct arena *a, const struct stage_settings *settings, const char **why)
{
	struct stage *s = arena_alloc(a, sizeof(*s));

	s->arena = a;
	s->settings = *settings;
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

	s->tick = event_new(s->base, -1, EV_PERSIST, on_tick, s);
	s->interrupt = evsignal_new(s->base, SIGINT, on_interrupt, s);
	s->terminate = evsignal_new(s->base, SIGTERM, on_interrupt, s);
	CHECK(s->tick != NULL && s->interrupt != NULL && s->terminate != NULL);
	event_add(s->tick, &every);
	event_add(s->interrupt, NULL);
	event_add(s->terminate, NULL);
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
		*why = arena_printf(s->arena, "there can be no folder for "
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
		.dialect = read_dialect(s, why),
	};

	if (settings.dialect == NULL)
		return -1;
	s->smsc = smsc_new(
	    s->base, &settings, s->settings.events, s->settings.owner);
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
	event_free(s->tick);
	event_free(s->interrupt);
	event_free(s->terminate);
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
		if (somebody_died(s))
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
	while (!s->interrupted && !somebody_died(s))
		event_base_loop(s->base, EVLOOP_ONCE);
}

void
stage_lend(struct stage *s, const char *const *argv)
{
	struct process *guest;

	event_del(s->interrupt);
	signal(SIGINT, SIG_IGN);
	guest = process_lend(argv);
	while (guest != NULL && process_runs(guest) && !s->interrupted &&
	    !somebody_died(s))
		event_base_loop(s->base, EVLOOP_ONCE);
	if (guest != NULL)
		process_end(guest, SIGTERM, END_MS);
}

static bool
somebody_died(struct stage *s)
{
	size_t i;

	for (i = 0; i < s->seat_count; i++) {
		struct seat *g = &s->seats[i];

		if (g->process != NULL && !g->mortal &&
		    !process_runs(g->process))
			return true;
	}
	return false;
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

/* ---- gateways */

struct start {
	struct stage *stage;
	struct seat *seat;
};

static bool
has_started(void *arg)
{
	struct start *start = arg;

	return seat_is_ready(start->stage, start->seat) ||
	    (start->seat->mortal && !process_runs(start->seat->process));
}

enum stage_wait
stage_start(struct stage *s, const char *name, const char *environment,
    bool mortal)
{
	struct seat *g = seat_find(s, name);
	const char *more[] = { environment, NULL };

	if (g == NULL)
		g = seat_new(s, name);
	if (g->file == NULL)
		return STAGE_DEAD;
	stage_kill(s, name);
	g->mortal = mortal;
	g->redis_ups = redis_ups(g);
	g->process = process_start(
	    (const char *const[]){ "/proc/self/exe", "run", "-c", g->file,
	        NULL },
	    environment != NULL ? more : NULL, g->log);
	if (g->process == NULL)
		return STAGE_DEAD;
	return stage_wait(s, has_started, &(struct start){ s, g });
}

void
stage_kill(struct stage *s, const char *name)
{
	struct seat *g = seat_find(s, name);

	if (g != NULL && g->process != NULL) {
		process_end(g->process, SIGKILL, END_MS);
		g->process = NULL;
	}
}

static bool
has_ended(void *arg)
{
	return !process_runs(arg);
}

enum stage_wait
stage_stop(struct stage *s, const char *name, int *status)
{
	struct seat *g = seat_find(s, name);
	enum stage_wait result;

	*status = 0;
	if (g == NULL || g->process == NULL)
		return STAGE_CAME;
	g->mortal = true;
	process_signal(g->process, SIGTERM);
	result = stage_wait(s, has_ended, g->process);
	*status = process_end(g->process, SIGKILL, END_MS);
	g->process = NULL;
	return result;
}

static bool
all_are_ready(void *arg)
{
	struct stage *s = arg;
	size_t i;

	for (i = 0; i < s->seat_count; i++)
		if (s->seats[i].process != NULL &&
		    !seat_is_ready(s, &s->seats[i]))
			return false;
	return true;
}

enum stage_wait
stage_redis_again(struct stage *s)
{
	size_t i;

	for (i = 0; i < s->seat_count; i++)
		s->seats[i].redis_ups = redis_ups(&s->seats[i]);
	if (private_redis_again(s->redis) == -1)
		return STAGE_DEAD;
	return stage_wait(s, all_are_ready, s);
}

struct process *
stage_process(struct stage *s, const char *name)
{
	struct seat *g = seat_find(s, name);

	return g != NULL ? g->process : NULL;
}

int
stage_bind(const struct stage *s, const char *name)
{
	char system_id[16];
	int i, bind;

	snprintf(system_id, sizeof(system_id), "mlango-%s", name);
	for (i = 0; (bind = smsc_bind_at(s->smsc, i)) != 0; i++)
		if (strcmp(smsc_bind_name(s->smsc, bind), system_id) == 0)
			return bind;
	return 0;
}

const char *
stage_log(const struct stage *s, const char *name)
{
	struct seat *g = seat_find(s, name);

	return g != NULL ? g->log : NULL;
}

const char *const *
stage_running(struct stage *s, struct arena *a)
{
	const char **names =
	    arena_array(a, s->seat_count + 1, sizeof(*names));
	size_t i, count = 0;

	for (i = 0; i < s->seat_count; i++)
		if (s->seats[i].process != NULL)
			names[count++] = s->seats[i].name;
	return names;
}

static struct seat *
seat_find(const struct stage *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->seat_count; i++)
		if (strcmp(s->seats[i].name, name) == 0)
			return (struct seat *)&s->seats[i];
	return NULL;
}

static struct seat *
seat_new(struct stage *s, const char *name)
{
	struct seat *g = &s->seats[s->seat_count++];
	struct arena *a = s->arena;

	CHECK(s->seat_count <= GATEWAYS_MAX);
	g->name = arena_string(a, name);
	g->log = arena_printf(a, "%s/%s.log", s->place.folder, name);
	g->file = stage_files_gateway(
	    a, &s->place, name, s->settings.dialect);
	return g;
}

/* A gateway binds without its Redis, so its log is asked as well. */
static bool
seat_is_ready(struct stage *s, struct seat *g)
{
	return stage_bind(s, g->name) != 0 && redis_ups(g) > g->redis_ups;
}

static int
redis_ups(struct seat *g)
{
	struct arena *a = arena_new();
	const char *text = workspace_read(a, g->log);
	int ups = 0;

	for (; text != NULL && (text = strstr(text, " redis: up\n")) != NULL;
	    text++)
		ups++;
	arena_free(a);
	return ups;
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
