/*
 * The gateways of a stage: real child processes, started as an operator of
 * them would, and ended in every way there is.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "simulator/process.h"
#include "simulator/stage_parts.h"
#include "simulator/workspace.h"

struct start {
	struct stage *stage;
	struct seat *seat;
};

static bool has_started(void *arg);
static bool has_ended(void *arg);
static bool all_are_ready(void *arg);
static struct seat *seat_find(const struct stage *s, const char *name);
static struct seat *seat_new(struct stage *s, const char *name);
static bool seat_is_ready(struct stage *s, struct seat *g);
static int redis_ups(struct seat *g);

enum stage_wait
stage_start(
    struct stage *s, const char *name, const char *environment, bool mortal)
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
	g->process = process_start((const char *const[]){ "/proc/self/exe",
				       "run", "-c", g->file, NULL },
	    environment != NULL ? more : NULL, g->log);
	if (g->process == NULL)
		return STAGE_DEAD;
	return stage_wait(s, has_started, &(struct start){ s, g });
}

static bool
has_started(void *arg)
{
	struct start *start = arg;

	return seat_is_ready(start->stage, start->seat) ||
	    (start->seat->mortal && !process_runs(start->seat->process));
}

void
stage_kill(struct stage *s, const char *name)
{
	struct seat *g = seat_find(s, name);

	if (g != NULL && g->process != NULL) {
		process_end(g->process, SIGKILL, STAGE_END_MS);
		g->process = NULL;
	}
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
	*status = process_end(g->process, SIGKILL, STAGE_END_MS);
	g->process = NULL;
	return result;
}

static bool
has_ended(void *arg)
{
	return !process_runs(arg);
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

bool
stage_somebody_died(struct stage *s)
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
	const char **names = arena_array(a, s->seat_count + 1, sizeof(*names));
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

	CHECK(s->seat_count <= STAGE_GATEWAYS);
	g->name = arena_string(a, name);
	g->log = arena_printf(a, "%s/%s.log", s->place.folder, name);
	g->file = stage_files_gateway(a, &s->place, name, &s->settings);
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
