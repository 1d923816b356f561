/*
 * The store's answers: as Redis would give them, or as the test likes.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "tests/unit/world.h"

static void answer(
    struct world *w, struct store_ask *ask, enum store_result result);
static bool is_of(const struct store_ask *ask, enum question what);
static void answer_one(struct world *w);
static void finds(struct world *w);
static void profiles(struct world *w, struct store_ask *ask);
static void keeps_value(struct world *w, const struct store_ask *ask);
static void keeps_dropped(struct world *w, const struct store_ask *ask);
static void loads_session(struct world *w);

struct store_ask *
asked(struct world *w, enum question what)
{
	struct store_ask *ask;

	TAILQ_FOREACH (ask, &w->asked, entry)
		if (is_of(ask, what))
			return ask;
	fail_msg("question %d is not asked", what);
	return NULL;
}

static bool
is_of(const struct store_ask *ask, enum question what)
{
	return ask->what == what || (ask->what == FIND && what == LOAD);
}

bool
is_asked(const struct world *w, enum question what)
{
	const struct store_ask *ask;

	TAILQ_FOREACH (ask, &w->asked, entry)
		if (is_of(ask, what))
			return true;
	return false;
}

/* Every open call says that it lives, once its time has come. */
bool
callings_are_none(struct world *w)
{
	bool kept;

	world_passes(w, 2000);
	kept = is_asked(w, KEEP);
	while (is_asked(w, KEEP))
		refuses(w, KEEP, STORE_OK);
	return !kept;
}

size_t
questions(const struct world *w)
{
	const struct store_ask *ask;
	size_t count = 0;

	TAILQ_FOREACH (ask, &w->asked, entry)
		count++;
	return count;
}

bool
nothing_is_asked(const struct world *w)
{
	return TAILQ_EMPTY(&w->asked);
}

static struct stored
octets_of(const struct held *h)
{
	if (h == NULL)
		return (struct stored){ (const uint8_t *)"", 0 };
	return (struct stored){ h->octets, h->len };
}

/* What was dropped is the number's, on any operator and channel. */
static void
finds(struct world *w)
{
	struct store_ask *ask = asked(w, FIND);
	struct held *h = held_find(w->sessions, ask->name);
	struct held *d = held_find(w->dropped, CITIZEN);
	struct held session, dropped;
	store_found *done = (store_found *)ask->done;
	void *arg = ask->arg;

	if (h != NULL)
		session = *h;
	if (d != NULL)
		dropped = *d;
	world_ask_end(w, ask);
	done(arg, STORE_OK, octets_of(h == NULL ? NULL : &session),
	    octets_of(d == NULL ? NULL : &dropped));
}

void
loads(struct world *w)
{
	if (is_asked(w, FIND))
		finds(w);
	else
		loads_session(w);
}

static void
loads_session(struct world *w)
{
	struct store_ask *ask = asked(w, LOAD);
	struct held copy, *h = held_find(w->sessions, ask->name);
	store_loaded *done = (store_loaded *)ask->done;
	void *arg = ask->arg;

	if (h != NULL)
		copy = *h;
	world_ask_end(w, ask);
	if (h != NULL)
		done(arg, STORE_OK, copy.octets, copy.len);
	else
		done(arg, STORE_MISSING, NULL, 0);
}

void
fetches(struct world *w)
{
	struct store_ask *ask = asked(w, GET);
	store_loaded *done = (store_loaded *)ask->done;
	const struct published *found = published_find(w, ask->name);
	void *arg = ask->arg;

	world_ask_end(w, ask);
	if (found != NULL)
		done(arg, STORE_OK, found->octets, found->len);
	else
		done(arg, STORE_MISSING, NULL, 0);
}

struct published *
published_find(struct world *w, const char *hash)
{
	int i;

	for (i = 0; i < w->graph_count; i++)
		if (strcmp(w->graphs[i].hash, hash) == 0)
			return &w->graphs[i];
	return NULL;
}

void
commits(struct world *w)
{
	struct store_ask *ask = asked(w, COMMIT);

	answer(w, ask, keeps(w, ask));
}

/* What commit.lua does. */
enum store_result
keeps(struct world *w, const struct store_ask *ask)
{
	struct held *s = NULL, *call = NULL;

	if (ask->what == COMMIT) {
		s = held_find(w->sessions, ask->name);
		if ((s != NULL) != ask->stamped ||
		    (s != NULL &&
		        memcmp(s->octets, ask->stamp, RECORD_STAMP) != 0))
			return STORE_CONFLICT;
	}
	if (*ask->closes != '\0') {
		call = held_find(w->open, ask->closes);
		if (call == NULL)
			return STORE_CONFLICT;
		*call->name = '\0';
	}
	if (ask->what == COMMIT) {
		if (s == NULL)
			s = held_add(w->sessions, ask->name);
		memcpy(s->octets, ask->octets, ask->len);
		s->len = ask->len;
		keeps_dropped(w, ask);
		keeps_value(w, ask);
	}
	if (*ask->opens != '\0') {
		call = held_add(w->open, ask->opens);
		memcpy(call->octets, ask->call, ask->call_len);
		call->len = ask->call_len;
	}
	if (*ask->message_id != '\0' &&
	    held_find(w->messages, ask->message_id) == NULL) {
		struct held *m = held_add(w->messages, ask->message_id);

		snprintf(m->text, sizeof(m->text), "%s", ask->text);
		snprintf(m->from, sizeof(m->from), "%s", ask->from);
	}
	return STORE_OK;
}

static void
keeps_value(struct world *w, const struct store_ask *ask)
{
	struct held *k = held_find(w->profile, ask->keeps);

	if (*ask->keeps == '\0')
		return;
	if (k == NULL)
		k = held_add(w->profile, ask->keeps);
	snprintf(k->text, sizeof(k->text), "%s", ask->kept);
}

/* Nothing expires here. */
static void
profiles(struct world *w, struct store_ask *ask)
{
	void (*done)(void) = ask->done;
	enum question what = ask->what;
	void *arg = ask->arg;
	struct kept list[WORLD_MAX];
	size_t count = 0, i;

	world_ask_end(w, ask);
	for (i = 0; i < WORLD_MAX; i++) {
		char *name = arena_string(w->arena, w->profile[i].name);
		char *dot = strchr(name, '.');

		if (dot == NULL)
			continue;
		*dot = '\0';
		list[count++] = (struct kept){ name, dot + 1,
			w->profile[i].text + 2, *w->profile[i].text,
			clock_wall_ms() + 1000 };
	}
	if (what == PROFILE)
		((store_profiled *)done)(arg, STORE_OK, list, count);
	else
		((store_told *)done)(arg, STORE_OK,
		    (size_t)held_count(w->messages), list, count);
}

/* What erase.lua does: there is but one citizen here. */
enum store_result
erases(struct world *w, const struct store_ask *ask)
{
	struct held *s = held_find(w->sessions, ask->name), *m;

	if (s == NULL || memcmp(s->octets, ask->stamp, RECORD_STAMP) != 0)
		return STORE_CONFLICT;
	memset(w->sessions, 0, sizeof(w->sessions));
	memset(w->dropped, 0, sizeof(w->dropped));
	memset(w->profile, 0, sizeof(w->profile));
	memset(w->open, 0, sizeof(w->open));
	memset(w->messages, 0, sizeof(w->messages));
	m = held_add(w->messages, ask->message_id);
	snprintf(m->text, sizeof(m->text), "%s", ask->text);
	return STORE_OK;
}

static void
keeps_dropped(struct world *w, const struct store_ask *ask)
{
	struct held *d = held_find(w->dropped, CITIZEN);

	if (ask->offers && d != NULL)
		*d->name = '\0';
	if (ask->drops_len == 0)
		return;
	if (d == NULL)
		d = held_add(w->dropped, CITIZEN);
	memcpy(d->octets, ask->drops, ask->drops_len);
	d->len = ask->drops_len;
}

void
refuses(struct world *w, enum question what, enum store_result result)
{
	answer(w, asked(w, what), result);
}

void
loses_answer(struct world *w, enum question what, bool perhaps)
{
	struct store_ask *ask = asked(w, what);

	if (perhaps)
		assert_int_equal(keeps(w, ask), STORE_OK);
	answer(w, ask, STORE_UNKNOWN);
}

void
sweeps(struct world *w, const struct overdue *list, size_t count)
{
	struct store_ask *ask = asked(w, SWEEP);
	store_swept *done = (store_swept *)ask->done;
	void *arg = ask->arg;

	world_ask_end(w, ask);
	done(arg, STORE_OK, list, count);
}

void
takes(struct world *w, const struct queued *list, size_t count)
{
	struct store_ask *ask = asked(w, TAKE);
	store_queued *done = (store_queued *)ask->done;
	void *arg = ask->arg;

	world_ask_end(w, ask);
	done(arg, STORE_OK, list, count);
}

void
settles(struct world *w)
{
	int rounds = 0;

	do
		while (!TAILQ_EMPTY(&w->asked)) {
			assert_true(++rounds < 100);
			answer_one(w);
		}
	while (world_works(w) || !TAILQ_EMPTY(&w->asked));
}

static void
answer_one(struct world *w)
{
	struct store_ask *ask = TAILQ_FIRST(&w->asked);

	switch (ask->what) {
	case LOAD:
	case FIND:
		loads(w);
		return;
	case PROFILE:
	case TELL:
		profiles(w, ask);
		return;
	case ERASE:
		answer(w, ask, erases(w, ask));
		return;
	case COMMIT:
	case CLOSE:
		answer(w, ask, keeps(w, ask));
		return;
	case GET:
		fetches(w);
		return;
	case KEEP:
	case TAKE:
	case SENT:
	case RECEIPT:
	case SWEEP:
	case LEASE:
	case PUT:
	case LIFE:
		answer(w, ask, STORE_OK);
		return;
	}
}

static void
answer(struct world *w, struct store_ask *ask, enum store_result result)
{
	enum question what = ask->what;
	void (*done)(void) = ask->done;
	void *arg = ask->arg;

	world_ask_end(w, ask);
	switch (what) {
	case TELL:
		((store_told *)done)(arg, result, 0, NULL, 0);
		return;
	case PROFILE:
		((store_profiled *)done)(arg, result, NULL, 0);
		return;
	case FIND:
		((store_found *)done)(
		    arg, result, octets_of(NULL), octets_of(NULL));
		return;
	case LOAD:
	case GET:
		((store_loaded *)done)(arg, result, NULL, 0);
		return;
	case ERASE:
	case COMMIT:
	case CLOSE:
	case KEEP:
	case SENT:
	case RECEIPT:
	case PUT:
	case LIFE:
		((store_committed *)done)(arg, result);
		return;
	case TAKE:
		((store_queued *)done)(arg, result, NULL, 0);
		return;
	case SWEEP:
		((store_swept *)done)(arg, result, NULL, 0);
		return;
	case LEASE:
		((store_leased *)done)(arg, result, true);
		return;
	}
}

/* ---- what it holds */

const struct record *
stored(struct world *w)
{
	return stored_of(w, SESSION);
}

const struct record *
stored_of(struct world *w, const char *name)
{
	struct record *r = arena_alloc(w->arena, sizeof(*r));
	struct held *h = held_find(w->sessions, name);

	if (h == NULL)
		return NULL;
	assert_int_equal(record_unpack(w->arena, h->octets, h->len, r), 0);
	return r;
}

void
other_node_plays(struct world *w, const char *name, const char *screen)
{
	struct held *h = held_find(w->sessions, name);
	struct record r = *stored_of(w, name);
	uint8_t *octets;

	r.version++;
	r.screen = screen;
	r.last.sequence += 1000;
	r.last.hash++;
	octets = record_pack(w->arena, &r, &h->len);
	memcpy(h->octets, octets, h->len);
}

struct held *
held_find(struct held *list, const char *name)
{
	int i;

	for (i = 0; i < WORLD_MAX; i++)
		if (*name != '\0' && strcmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}

struct held *
held_add(struct held *list, const char *name)
{
	int i;

	for (i = 0; i < WORLD_MAX; i++)
		if (*list[i].name == '\0')
			break;
	assert_true(i < WORLD_MAX);
	snprintf(list[i].name, sizeof(list[i].name), "%s", name);
	return &list[i];
}

int
held_count(const struct held *list)
{
	int i, count = 0;

	for (i = 0; i < WORLD_MAX; i++)
		count += *list[i].name != '\0';
	return count;
}
