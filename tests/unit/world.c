/*
 * The world: its making, its clock, its phone, its link and its institution.
 */
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/admission.h"
#include "gateway/errands.h"
#include "gateway/intake.h"
#include "gateway/outbox.h"
#include "gateway/screens.h"
#include "storage/redis.h"
#include "tests/unit/world.h"

#define TIMERS_MAX 64
/* libevent tells a timer's time by another clock than it keeps. */
#define SLACK_US   100000
/* And what is due at once, by how much: less than anybody waits. */
#define AT_ONCE_US 20000

struct link {
	struct world *world;
};

struct service {
	struct world *world;
};

struct timers {
	int64_t within_us;
	struct timeval now;
	const struct event *due[TIMERS_MAX];
	int count;
};

static int64_t now_ms = 1000000;

static void make_gateway(struct world *w);
static void end_gateway(struct world *w);
static struct catalogue *a_catalogue(struct world *w);
static const char *path(struct arena *a, const char *rest);
static int rings(struct world *w, int64_t within_us);
static int note_due(
    const struct event_base *base, const struct event *event, void *arg);
static void phone_sends(
    struct world *w, enum ussd_event_kind kind, const char *text);
static void deliver(struct world *w, struct pdu *pdu);

/* ---- the clock */

int64_t
clock_steady_ms(void)
{
	return now_ms;
}

int64_t
clock_steady_us(void)
{
	return now_ms * 1000;
}

int64_t
clock_wall_ms(void)
{
	return INT64_C(1700000000000) + now_ms;
}

/* Whatever was to happen within MS happens now, once. */
void
world_passes(struct world *w, int64_t ms)
{
	now_ms += ms;
	rings(w, ms * 1000 + SLACK_US);
}

bool
world_works(struct world *w)
{
	return rings(w, AT_ONCE_US) > 0;
}

/* Whatever is due within that time happens. */
static int
rings(struct world *w, int64_t within_us)
{
	struct timers t = { .within_us = within_us };
	int i;

	event_base_gettimeofday_cached(w->g.base, &t.now);
	event_base_foreach_event(w->g.base, note_due, &t);
	for (i = 0; i < t.count; i++)
		/* Not as a timeout: what repeats is then due from now on. */
		event_active((struct event *)(uintptr_t)t.due[i], EV_READ, 1);
	event_base_loop(w->g.base, EVLOOP_NONBLOCK | EVLOOP_ONCE);
	return t.count;
}

static int
note_due(const struct event_base *base, const struct event *event, void *arg)
{
	struct timers *t = arg;
	struct timeval at;

	(void)base;
	if (!event_pending(event, EV_TIMEOUT, &at))
		return 0;
	if ((at.tv_sec - t->now.tv_sec) * INT64_C(1000000) + at.tv_usec -
	        t->now.tv_usec >
	    t->within_us)
		return 0;
	assert_true(t->count < TIMERS_MAX);
	t->due[t->count++] = event;
	return 0;
}

/* ---- made, and taken down */

struct world *
a_world(const char *dialect)
{
	struct world *w = calloc(1, sizeof(*w));
	struct findings f;

	assert_non_null(w);
	log_setup(LOG_LEVEL_ERROR, LOG_FORM_TEXT);
	w->arena = arena_new();
	TAILQ_INIT(&w->asked);
	TAILQ_INIT(&w->calls);
	findings_init(&f, w->arena);
	w->dialects =
	    dialects_read(path(w->arena, "config/dialects.cfg"), &f);
	assert_non_null(w->dialects);
	w->operator = (struct link_settings){ .name = "voda",
		.system_id = "mlango",
		.sms_number = "15200",
		.dialect = dialects_find(w->dialects, dialect),
		.window = 10,
		.binds = 1,
		.response_ms = 5000 };
	assert_non_null(w->operator.dialect);
	w->settings = (struct settings){ .node = "a",
		.links = &w->operator,
		.link_count = 1 };
	w->side = (struct ussd_side){ CITIZEN, "*152*00#", { 0, 0, 0, 2 }, 1 };
	w->menus = "tests/menus/menus.cfg";
	w->sequence = 100;
	w->generation = 7;
	w->redis_up = w->room = true;
	w->link_state = BIND_BOUND;
	make_gateway(w);
	return w;
}

static void
make_gateway(struct world *w)
{
	struct gateway *g = &w->g;

	*g = (struct gateway){ .base = event_base_new(),
		.settings = &w->settings,
		.redis = (struct redis *)(void *)w,
		.store = store_new((struct redis *)(void *)w, NULL),
		.service = calloc(1, sizeof(struct service)),
		.link_count = 1,
		.links = calloc(1, sizeof(struct link *)),
		.outboxes = calloc(1, sizeof(struct outbox *)) };
	g->service->world = w;
	g->links[0] = calloc(1, sizeof(struct link));
	g->links[0]->world = w;
	g->catalogues = catalogues_new(g->base, g->store, a_catalogue(w));
	g->admission = admission_new(0, 0);
	g->turns = turns_new();
	g->screens = screens_new(g->base);
	g->callings = callings_new(g);
	g->errands = errands_new(g);
	g->intake = intake_new();
	g->outboxes[0] = outbox_new(g, g->links[0]);
}

static struct catalogue *
a_catalogue(struct world *w)
{
	struct findings f;
	struct catalogue *c;

	findings_init(&f, w->arena);
	c = catalogue_read(path(w->arena, w->menus), 0, 0, &f);
	assert_non_null(c);
	return c;
}

static const char *
path(struct arena *a, const char *rest)
{
	const char *root = getenv("MLANGO_SRCDIR");

	return arena_printf(a, "%s/%s", root != NULL ? root : ".", rest);
}

static void
end_gateway(struct world *w)
{
	struct gateway *g = &w->g;

	intake_free(g->intake);
	turns_free(g->turns);
	screens_free(g->screens);
	callings_free(g->callings);
	errands_free(g->errands);
	outbox_free(g->outboxes[0]);
	catalogues_free(g->catalogues);
	admission_free(g->admission);
	while (!TAILQ_EMPTY(&w->asked)) {
		/* A menu's source is stored without anyone waiting. */
		assert_int_equal(TAILQ_FIRST(&w->asked)->what, PUT);
		store_cancel(TAILQ_FIRST(&w->asked));
	}
	assert_true(TAILQ_EMPTY(&w->calls));
	store_free(g->store);
	free(g->links[0]);
	free(g->links);
	free(g->outboxes);
	free(g->service);
	event_base_free(g->base);
}

void
world_restart(struct world *w)
{
	end_gateway(w);
	make_gateway(w);
}

void
world_end(struct world *w)
{
	end_gateway(w);
	dialects_free(w->dialects);
	arena_free(w->arena);
	free(w);
}

/* ---- the phone */

void
dials(struct world *w, const char *code)
{
	w->side.code = code;
	phone_sends(w, USSD_BEGIN, "");
}

void
types(struct world *w, const char *text)
{
	phone_sends(w, USSD_INPUT, text);
}

void
hangs_up(struct world *w)
{
	phone_sends(w, USSD_ABORT, "");
}

void
ends_with(struct world *w, const char *text)
{
	phone_sends(w, USSD_END, text);
}

static void
phone_sends(struct world *w, enum ussd_event_kind kind, const char *text)
{
	struct pdu pdu;

	assert_int_equal(dialect_play(w->operator.dialect, kind, &w->side,
	                     text, w->arena, &pdu),
	    0);
	w->sequence++;
	deliver(w, &pdu);
}

void
texts(struct world *w, const char *text)
{
	struct pdu pdu = { .command = PDU_DELIVER_SM,
		.source = { 1, 1, CITIZEN },
		.dest = { 0, 1, "15200" },
		.text = (const uint8_t *)text,
		.text_len = strlen(text) };

	w->sequence++;
	deliver(w, &pdu);
}

static void
deliver(struct world *w, struct pdu *pdu)
{
	int len;

	pdu->sequence = w->sequence;
	len = pdu_pack(pdu, w->last, sizeof(w->last));
	assert_true(len >= PDU_HEADER);
	w->last_len = (size_t)len;
	resends(w, true);
}

/* A copy that ends with the call: what was not copied is read in vain. */
void
resends(struct world *w, bool same_sequence)
{
	uint8_t *octets = malloc(w->last_len);
	enum pdu_status status;
	struct pdu pdu;

	assert_non_null(octets);
	memcpy(octets, w->last, w->last_len);
	assert_int_equal(
	    pdu_decode(octets, w->last_len, &pdu, &status), PDU_OK);
	if (!same_sequence)
		pdu.sequence = ++w->sequence;
	intake_request(&w->g, w->g.links[0],
	    &(struct link_request){
		&pdu, octets, w->last_len, w->generation });
	free(octets);
}

void
link_rebinds(struct world *w)
{
	w->generation++;
}

const char *
screen(const struct world *w)
{
	int i;

	for (i = w->submit_count; i-- > 0;)
		if (w->submits[i].class != LINK_CLASS_SMS)
			return w->submits[i].text;
	return "";
}

bool
is_over(const struct world *w)
{
	int i;

	for (i = w->submit_count; i-- > 0;)
		if (w->submits[i].class != LINK_CLASS_SMS)
			return w->submits[i].action == USSD_CLOSE ||
			    w->submits[i].action == USSD_RELEASE;
	return false;
}

int
acknowledged(const struct world *w, enum pdu_status status)
{
	int i, count = 0;

	for (i = 0; i < w->answer_count; i++)
		count += w->answers[i].status == status;
	return count;
}

/* ---- the link */

void
link_respond(struct link *l, uint64_t generation, uint32_t command,
    uint32_t sequence, enum pdu_status status)
{
	struct world *w = l->world;

	if (generation != w->generation)
		return;
	assert_true(w->answer_count < WORLD_MAX);
	w->answers[w->answer_count++] =
	    (struct answer){ command, sequence, status };
}

void
link_submit(struct link *l, const struct link_order *order,
    const struct pdu *pdu, link_done *done, void *arg)
{
	struct world *w = l->world;
	struct submit *s = &w->submits[w->submit_count++];
	struct ussd_heard heard;

	assert_true(w->submit_count <= WORLD_MAX);
	*s = (struct submit){ .pdu = *pdu,
		.class = order->class,
		.live_ms = order->live_ms,
		.done = done,
		.arg = arg };
	assert_true(pdu->text_len <= sizeof(s->octets));
	memcpy(s->octets, pdu->text, pdu->text_len);
	if (order->class != LINK_CLASS_SMS &&
	    dialect_hear(w->operator.dialect, pdu, w->arena, &heard) ==
	        DIALECT_USSD) {
		s->action = heard.action;
		snprintf(s->text, sizeof(s->text), "%s", heard.text);
		return;
	}
	snprintf(s->text, sizeof(s->text), "%.*s", (int)pdu->text_len,
	    (const char *)pdu->text);
}

enum bind_state
link_state(const struct link *l)
{
	return l->world->link_state;
}

const struct link_settings *
link_settings(const struct link *l)
{
	return &l->world->operator;
}

bool
link_has_room(const struct link *l)
{
	return l->world->room && l->world->link_state == BIND_BOUND;
}

/* ---- the institution */

struct service_ask *
service_ask(struct service *s, const struct service_request *request,
    service_answered *done, void *arg)
{
	struct service_ask *ask = calloc(1, sizeof(*ask));
	struct world *w = s->world;

	assert_non_null(ask);
	ask->world = w;
	ask->done = done;
	ask->arg = arg;
	ask->takes = request->api->take_count;
	ask->deadline_ms = request->deadline_ms;
	snprintf(ask->institution, sizeof(ask->institution), "%s",
	    request->institution);
	snprintf(ask->url, sizeof(ask->url), "%s", request->url);
	if (request->body != NULL)
		snprintf(ask->body, sizeof(ask->body), "%s", request->body);
	if (request->idempotency_key != NULL)
		snprintf(ask->key, sizeof(ask->key), "%s",
		    request->idempotency_key);
	TAILQ_INSERT_TAIL(&w->calls, ask, entry);
	return ask;
}

void
service_cancel(struct service_ask *ask)
{
	TAILQ_REMOVE(&ask->world->calls, ask, entry);
	free(ask);
}

struct service_ask *
called(struct world *w)
{
	assert_false(TAILQ_EMPTY(&w->calls));
	return TAILQ_FIRST(&w->calls);
}

bool
nothing_is_called(const struct world *w)
{
	return TAILQ_EMPTY(&w->calls);
}

void
answers(struct world *w, enum outcome outcome, ...)
{
	struct service_ask *ask = called(w);
	service_answered *done = ask->done;
	const char *values[8] = { NULL };
	void *arg = ask->arg;
	size_t count, i;
	va_list args;

	count = outcome == OUTCOME_OK ? ask->takes : 0;
	va_start(args, outcome);
	for (i = 0; i < count; i++)
		values[i] = va_arg(args, const char *);
	va_end(args);
	service_cancel(ask);
	done(arg, outcome, values, count, "tested");
}
