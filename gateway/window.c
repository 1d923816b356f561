/*
 * A window is a ring of at least twice as many slots as requests may wait,
 * and a number's slot is its last bits. A number whose slot is taken is not
 * given out: the next one is as good. So finding is one step, a request that
 * waits long disturbs nobody, and what is in flight is skipped when the
 * numbers come round. The slots in use form a list, oldest first, because all
 * wait equally long.
 */
#include <stdlib.h>

#include "gateway/window.h"

#define NOBODY UINT32_MAX

struct slot {
	struct window_request request; /* sequence 0: nobody's */
	uint32_t older, newer;
};

struct window {
	int limit;
	int used;
	uint32_t next; /* the next number to try */
	uint32_t mask;
	uint32_t oldest, newest;
	struct slot slots[];
};

static struct slot *slot_of(struct window *w, uint32_t sequence);
static void slot_append(struct window *w, struct slot *s);
static void slot_remove(struct window *w, struct slot *s);

struct window *
window_new(int limit, uint32_t first)
{
	struct window *w;
	uint32_t size = 2;

	CHECK(limit > 0 && limit <= 1 << 20);
	CHECK(first > 0 && first <= WINDOW_SEQUENCE_MOST);
	while (size < (uint32_t)limit * 2)
		size *= 2;
	w = calloc(1, sizeof(*w) + size * sizeof(w->slots[0]));
	CHECK(w != NULL);
	w->limit = limit;
	w->next = first;
	w->mask = size - 1;
	w->oldest = w->newest = NOBODY;
	return w;
}

void
window_free(struct window *w)
{
	free(w);
}

bool
window_has_room(const struct window *w)
{
	return w->used < w->limit;
}

int
window_used(const struct window *w)
{
	return w->used;
}

uint32_t
window_number(struct window *w)
{
	uint32_t sequence;

	do {
		sequence = w->next;
		w->next = sequence == WINDOW_SEQUENCE_MOST ? 1 : sequence + 1;
	} while (slot_of(w, sequence)->request.sequence != 0);
	return sequence;
}

uint32_t
window_put(struct window *w, int64_t now_ms, link_done *done, void *arg)
{
	uint32_t sequence = window_number(w);
	struct slot *s = slot_of(w, sequence);

	CHECK(window_has_room(w));
	s->request = (struct window_request){ done, arg, sequence, now_ms };
	slot_append(w, s);
	w->used++;
	return sequence;
}

bool
window_take(struct window *w, uint32_t sequence, struct window_request *out)
{
	struct slot *s = slot_of(w, sequence);

	if (sequence == 0 || s->request.sequence != sequence)
		return false;
	*out = s->request;
	slot_remove(w, s);
	s->request.sequence = 0;
	w->used--;
	return true;
}

bool
window_take_oldest(
    struct window *w, int64_t sent_by_ms, struct window_request *out)
{
	if (w->oldest == NOBODY || window_oldest_ms(w) > sent_by_ms)
		return false;
	return window_take(w, w->slots[w->oldest].request.sequence, out);
}

int64_t
window_oldest_ms(const struct window *w)
{
	CHECK(w->oldest != NOBODY);
	return w->slots[w->oldest].request.sent_ms;
}

static struct slot *
slot_of(struct window *w, uint32_t sequence)
{
	return &w->slots[sequence & w->mask];
}

static void
slot_append(struct window *w, struct slot *s)
{
	uint32_t at = (uint32_t)(s - w->slots);

	s->older = w->newest;
	s->newer = NOBODY;
	if (w->newest != NOBODY)
		w->slots[w->newest].newer = at;
	else
		w->oldest = at;
	w->newest = at;
}

static void
slot_remove(struct window *w, struct slot *s)
{
	if (s->older != NOBODY)
		w->slots[s->older].newer = s->newer;
	else
		w->oldest = s->newer;
	if (s->newer != NOBODY)
		w->slots[s->newer].older = s->older;
	else
		w->newest = s->older;
}
