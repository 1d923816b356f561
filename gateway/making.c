/*
 * Making a catalogue between turns.
 *
 *	menus file -> folder -> an institution, and again -> finish
 *
 * and where it is to be proved too,
 *
 *	menus.lock -> a talk, and again -> judge
 *	           -> without what failed: an institution, and again -> finish
 *
 * Each step is an event of its own, so that whatever has come meanwhile is
 * served first. Reading a small file is not worth more than that.
 */
#include <event2/event.h>

#include "base/clock.h"
#include "config/schema.h"
#include "gateway/canned.h"
#include "gateway/lock_file.h"
#include "gateway/making.h"
#include "menus/builder.h"
#include "menus/folder.h"
#include "menus/prove.h"

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
	struct lock_file lock;
	struct prove_world world;
	struct prove *prove;
	struct builder *rest; /* without what failed; or NULL */
	struct findings again; /* what it finds; nobody wants to know */
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
static void begin_proof(struct making *m);
static void prove(struct making *m);
static void judge(struct making *m);
static bool is_proved(const struct making *m);
static void gather_rest(struct making *m);
static void finish_rest(struct making *m);
static void replace(struct making *m, const struct graph *failed);
static void add(struct builder *b, const struct graph *g);
static void end(struct making *m);
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
	struct catalogue *unheard = m->made.catalogue;

	making_free(m);
	catalogue_free(unheard);
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
	m->made.institutions = m->plan.institutions;
	m->made.count = m->plan.count;
	if (c != NULL && m->plan.prove)
		then(m, begin_proof);
	else
		end(m);
}

/* ---- the proof */

static void
begin_proof(struct making *m)
{
	struct catalogue *c = m->made.catalogue;
	size_t errors = m->findings.errors;

	m->lock = lock_file_read(c->root->file, &m->findings);
	m->world = (struct prove_world){ .lock = &m->lock.lock,
		.lock_name = m->lock.path,
		.answer = canned_answer };
	m->prove = prove_new(m->arena, c, NULL, &m->world, &m->findings);
	m->broken = m->findings.errors > errors;
	then(m, m->broken ? judge : prove);
}

static void
prove(struct making *m)
{
	then(m, prove_step(m->prove) ? prove : judge);
}

/* What concerns the root menu, or the lock itself, concerns all. */
static void
judge(struct making *m)
{
	struct catalogue *c = m->made.catalogue;
	const struct source menus = catalogue_source(c);

	if (!m->broken && is_proved(m)) {
		end(m);
	} else if (m->broken || prove_errors(m->prove, c->graph_count) > 0) {
		catalogue_free(c);
		m->made.catalogue = NULL;
		end(m);
	} else {
		findings_init(&m->again, m->arena);
		m->rest = builder_new(
		    &menus, m->plan.septets, m->plan.ucs2, c, &m->again);
		m->at = 0;
		then(m, gather_rest);
	}
}

static bool
is_proved(const struct making *m)
{
	size_t i;

	for (i = 0; i <= m->made.catalogue->graph_count; i++)
		if (prove_errors(m->prove, i) > 0)
			return false;
	return true;
}

/* All of it once more, with the last good ones in the place of those that
 * failed. */
static void
gather_rest(struct making *m)
{
	const struct catalogue *c = m->made.catalogue;

	if (m->at == c->graph_count) {
		then(m, finish_rest);
		return;
	}
	if (prove_errors(m->prove, m->at) == 0)
		add(m->rest, c->graphs[m->at]);
	else
		replace(m, c->graphs[m->at]);
	m->at++;
	then(m, gather_rest);
}

static void
finish_rest(struct making *m)
{
	struct catalogue *c = m->made.catalogue;
	size_t i;

	for (i = 0; i < m->plan.count; i++)
		builder_miss(m->rest, m->plan.institutions[i].name);
	m->made.catalogue = builder_finish(m->rest);
	builder_free(m->rest);
	m->rest = NULL;
	catalogue_free(c);
	end(m);
}

/* What is live already stays, whatever its talks say of it. */
static void
replace(struct making *m, const struct graph *failed)
{
	const struct catalogue *like = m->plan.like;
	uint16_t number = NOWHERE;

	if (like != NULL && m->plan.stand_in)
		number = catalogue_graph(like, failed->name);
	if (number != NOWHERE)
		add(m->rest, like->graphs[number]);
	if (number != NOWHERE &&
	    digest_equal(&like->graphs[number]->hash, &failed->hash))
		return;
	m->made.compiled--;
	m->made.stood_in += number != NOWHERE;
	m->made.left_out += number == NOWHERE;
}

static void
add(struct builder *b, const struct graph *g)
{
	const struct source source = graph_source(g);

	(void)builder_add(b, &source);
}

static void
end(struct making *m)
{
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
	if (m->rest != NULL)
		builder_free(m->rest);
	if (m->builder != NULL)
		builder_free(m->builder);
	event_free(m->next);
	arena_free(m->arena);
}
