/*
 * Answers that the loop gives, first come first served.
 */
#include <event2/event.h>
#include <stdlib.h>
#include <sys/queue.h>

#include "base/check.h"
#include "gateway/later.h"

struct later_one {
	STAILQ_ENTRY(later_one) entry;
	link_done *done;
	void *arg;
	enum link_result result;
	uint32_t status;
};

struct later {
	STAILQ_HEAD(, later_one) list;
	struct event *due;
	bool giving;
	bool freed; /* by whoever was given one */
};

static void later_due(evutil_socket_t fd, short what, void *arg);
static void later_forget(struct later *all);
static void later_end(struct later *all);

struct later *
later_new(struct event_base *base)
{
	struct later *all = calloc(1, sizeof(*all));

	CHECK(all != NULL);
	STAILQ_INIT(&all->list);
	all->due = evtimer_new(base, later_due, all);
	CHECK(all->due != NULL);
	return all;
}

void
later_free(struct later *all)
{
	later_forget(all);
	all->freed = true;
	if (!all->giving)
		later_end(all);
}

void
later_answer(struct later *all, link_done *done, void *arg,
    enum link_result result, uint32_t status)
{
	struct later_one *one = malloc(sizeof(*one));

	CHECK(one != NULL);
	*one = (struct later_one){
		.done = done,
		.arg = arg,
		.result = result,
		.status = status,
	};
	if (STAILQ_EMPTY(&all->list))
		event_active(all->due, EV_TIMEOUT, 0);
	STAILQ_INSERT_TAIL(&all->list, one, entry);
}

static void
later_due(evutil_socket_t fd, short what, void *arg)
{
	struct later *all = arg;
	struct later_one *one;

	(void)fd;
	(void)what;
	all->giving = true;
	while ((one = STAILQ_FIRST(&all->list)) != NULL) {
		struct link_answer answer = { one->result, one->status, "" };
		link_done *done = one->done;
		void *whose = one->arg;

		STAILQ_REMOVE_HEAD(&all->list, entry);
		free(one);
		if (done != NULL)
			done(whose, &answer);
	}
	all->giving = false;
	if (all->freed)
		later_end(all);
}

static void
later_forget(struct later *all)
{
	struct later_one *one;

	while ((one = STAILQ_FIRST(&all->list)) != NULL) {
		STAILQ_REMOVE_HEAD(&all->list, entry);
		free(one);
	}
	event_del(all->due);
}

static void
later_end(struct later *all)
{
	event_free(all->due);
	free(all);
}
