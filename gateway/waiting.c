/*
 * One line for each class. How long a submit is of use differs within a line,
 * so the whole line is searched for what is over; but only when the earliest
 * of all has come, which is remembered.
 */
#include <stdlib.h>
#include <string.h>

#include "gateway/waiting.h"

static struct waiting_submit *waiting_remove(
    struct waiting *w, struct waiting_submit *s);
static size_t waiting_size(const struct waiting_submit *s);

void
waiting_init(struct waiting *w, size_t most_octets)
{
	size_t class;

	*w = (struct waiting){ .most = most_octets, .earliest_ms = INT64_MAX };
	for (class = 0; class < LINK_CLASS_COUNT; class ++)
		TAILQ_INIT(&w->lines[class]);
}

struct waiting_submit *
waiting_submit_new(const struct link_order *order, int64_t until_ms,
    const uint8_t *octets, size_t len, link_done *done, void *arg)
{
	struct waiting_submit *s = malloc(sizeof(*s) + len);

	CHECK(s != NULL);
	s->class = order->class;
	s->near = order->near;
	s->until_ms = until_ms;
	s->done = done;
	s->arg = arg;
	s->len = len;
	memcpy(s->octets, octets, len);
	return s;
}

bool
waiting_push(struct waiting *w, struct waiting_submit *s)
{
	if (w->octets + waiting_size(s) > w->most)
		return false;
	TAILQ_INSERT_TAIL(&w->lines[s->class], s, entry);
	w->count++;
	w->count_of[s->class]++;
	w->octets += waiting_size(s);
	if (s->until_ms < w->earliest_ms)
		w->earliest_ms = s->until_ms;
	return true;
}

const struct waiting_submit *
waiting_first(const struct waiting *w)
{
	size_t class;

	for (class = 0; class < LINK_CLASS_COUNT; class ++)
		if (!TAILQ_EMPTY(&w->lines[class]))
			return TAILQ_FIRST(&w->lines[class]);
	return NULL;
}

struct waiting_submit *
waiting_pop(struct waiting *w)
{
	struct waiting_submit *s = (struct waiting_submit *)waiting_first(w);

	return s == NULL ? NULL : waiting_remove(w, s);
}

struct waiting_submit *
waiting_pop_over(struct waiting *w, int64_t now_ms)
{
	int64_t earliest = INT64_MAX;
	struct waiting_submit *s;
	size_t class;

	if (now_ms < w->earliest_ms)
		return NULL;
	for (class = 0; class < LINK_CLASS_COUNT; class ++) {
		TAILQ_FOREACH (s, &w->lines[class], entry) {
			if (s->until_ms <= now_ms)
				return waiting_remove(w, s);
			if (s->until_ms < earliest)
				earliest = s->until_ms;
		}
	}
	w->earliest_ms = earliest;
	return NULL;
}

struct waiting_submit *
waiting_pop_for(struct waiting *w, const struct waiting_submit *newcomer)
{
	size_t class;

	if (waiting_size(newcomer) > w->most)
		return NULL;
	for (class = LINK_CLASS_COUNT - 1; class > newcomer->class; class --)
		if (!TAILQ_EMPTY(&w->lines[class]))
			return waiting_remove(
			    w, TAILQ_LAST(&w->lines[class], waiting_line));
	return NULL;
}

static struct waiting_submit *
waiting_remove(struct waiting *w, struct waiting_submit *s)
{
	TAILQ_REMOVE(&w->lines[s->class], s, entry);
	w->count--;
	w->count_of[s->class]--;
	w->octets -= waiting_size(s);
	if (w->count == 0)
		w->earliest_ms = INT64_MAX;
	return s;
}

static size_t
waiting_size(const struct waiting_submit *s)
{
	return sizeof(*s) + s->len;
}
