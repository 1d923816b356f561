/*
 * A gateway that reads its menus again: done when its log tells what came of
 * it.
 */
#include <signal.h>
#include <string.h>

#include "simulator/act_parts.h"
#include "simulator/process.h"
#include "simulator/workspace.h"

struct reload_wait {
	const char *log;
	size_t told; /* before */
};

static bool has_reloaded(void *arg);
static size_t times_told(const char *log);
static size_t count(const char *text, const char *what);

bool
act_gateway_reloads(struct act *act, const char *const *args)
{
	struct process *p = stage_process(act->stage, args[0]);
	struct reload_wait w = { stage_log(act->stage, args[0]), 0 };

	if (p == NULL)
		return act_fail(act, "gateway %s does not run", args[0]);
	w.told = times_told(w.log);
	process_signal(p, SIGHUP);
	return act_wait(
	    act, has_reloaded, &w, "the gateway reads its menus again");
}

static bool
has_reloaded(void *arg)
{
	const struct reload_wait *w = arg;

	return times_told(w->log) > w->told;
}

static size_t
times_told(const char *log)
{
	struct arena *a = arena_new();
	const char *text = workspace_read(a, log);
	size_t times = 0;

	if (text != NULL)
		times = count(text, " menus: reloaded") +
		    count(text, " menus: not reloaded");
	arena_free(a);
	return times;
}

static size_t
count(const char *text, const char *what)
{
	size_t times = 0;

	while ((text = strstr(text, what)) != NULL) {
		text += strlen(what);
		times++;
	}
	return times;
}
