/*
 * Making a catalogue between turns.
 *
 *	menus file -> folder -> an institution, and again -> finish
 *
 * Each step is an event of its own, so that whatever has come meanwhile is
 * served first. Reading a small file is not worth more than that.
 */
#include <event2/event.h>

#include "base/clock.h"
#include "config/schema.h"
#include "gateway/making.h"
#include "menus/builder.h"
#include "menus/folder.h"

struct making {
	struct making_plan plan;
	struct arena *arena;
	struct findings findings;
	struct event *next; /* runs the step */
	void (*step)(struct making *m);
	struct builder *builder;
	int64_t since_us; /* steady: when this step began */
	bool broken; /* no menus file, or no folder */
	size_t at; /* the institution */
	struct made made;
	making_done *done;
	void *arg;
};

static void then(struct making *m, void (*step)(struct making *m));
static void note_time(struct making *m);
static void on_next(evutil_socket_t fd, short what, void *arg);
static void read_menus(struct making *m);
static void read_folder(struct making *m);
static void add_institution(struct making *m);
static void fall_back(struct making *m, const struct source *source);
static void finish(struct making *m);
static bool load(struct making *m, struct source *source, struct arena *a);
static void making_free(struct making *m);

struct making *
making_start(struct event_base *base, const struct making_plan *plan,
    making_done *done, void *arg)
{
	struct arena *a = arena_new();
	struct making *m = arena_alloc(a, sizeof(*m));

	m->plan = *plan;
	m->arena = a;
	findings_init(&m->findings, a);
	m->made.findings = &m->findings;
	m->done = done;
	m->arg = arg;
	m->next = evtimer_new(base, on_next, m);
	CHECK(m->next != NULL);
	then(m, read_menus);
	return m;
}

void
making_cancel(struct making *m)
{
	making_free(m);
}

static void
then(struct making *m, void (*step)(struct making *m))
{
	static const struct timeval at_once = { 0, 0 };

	if (m->step != NULL)
		note_time(m);
	m->step = step;
	evtimer_add(m->next, &at_once);
}

static void
on_next(evutil_socket_t fd, short what, void *arg)
{
	struct making *m = arg;

	(void)fd;
	(void)what;
	m->since_us = clock_steady_us();
	m->step(m);
}

static void
note_time(struct making *m)
{
	int64_t took = clock_steady_us() - m->since_us;

	if (took > m->made.longest_us)
		m->made.longest_us = took;
}

/* ---- the steps */

static void
read_menus(struct making *m)
{
	const struct making_plan *plan = &m->plan;
	struct source menus = plan->menus;
	struct arena *a = arena_new();

	m->broken = !load(m, &menus, a);
	if (!m->broken)
		m->builder = builder_new(&menus, plan->septets, plan->ucs2,
		    plan->like, &m->findings);
	arena_free(a);
	then(m, m->broken ? finish : read_folder);
}

static void
read_folder(struct making *m)
{
	struct making_plan *plan = &m->plan;
	const char *folder = builder_folder(m->builder), **paths;
	struct source *files;
	size_t i;

	if (plan->institutions == NULL && folder != NULL) {
		m->broken = folder_list(&m->findings, plan->menus.name, folder,
				&paths, &plan->count) == -1;
		files = arena_array(m->arena, plan->count, sizeof(*files));
		for (i = 0; i < plan->count; i++)
			files[i].name = paths[i];
		plan->institutions = files;
	}
	then(m, add_institution);
}

static void
add_institution(struct making *m)
{
	struct source source;
	struct arena *a;

	if (m->at == m->plan.count) {
		then(m, finish);
		return;
	}
	source = m->plan.institutions[m->at++];
	a = arena_new();
	if (!load(m, &source, a)) {
		builder_miss(m->builder, source.name);
		fall_back(m, &source);
	} else
		switch (builder_add(m->builder, &source)) {
		case BUILT_NEW:
			m->made.compiled++;
			break;
		case BUILT_SAME:
			m->made.unchanged++;
			break;
		case BUILT_NOT:
			fall_back(m, &source);
			break;
		}
	arena_free(a);
	then(m, add_institution);
}

static void
fall_back(struct making *m, const struct source *source)
{
	if (m->plan.stand_in &&
	    builder_fall_back(m->builder, source->name) != BUILT_NOT)
		m->made.stood_in++;
	else
		m->made.left_out++;
}

static void
finish(struct making *m)
{
	struct catalogue *c = NULL;

	if (m->builder != NULL)
		c = builder_finish(m->builder);
	if (m->broken) {
		catalogue_free(c);
		c = NULL;
	}
	m->made.catalogue = c;
	note_time(m);
	m->done(m->arg, &m->made);
	making_free(m);
}

/* ---- its parts */

/* The text of a file into A, unless it is there already. */
static bool
load(struct making *m, struct source *source, struct arena *a)
{
	struct findings found;
	bool is_read;
	char *text;
	size_t i;

	if (source->text != NULL)
		return true;
	findings_init(&found, a);
	is_read =
	    schema_load(&found, source->name, &text, &source->len) == FILE_READ;
	for (i = 0; i < found.count; i++)
		findings_copy(&m->findings, &found.list[i]);
	source->text = text;
	return is_read;
}

static void
making_free(struct making *m)
{
	if (m->builder != NULL)
		builder_free(m->builder);
	event_free(m->next);
	arena_free(m->arena);
}
