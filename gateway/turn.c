/*
 * A turn: one request of a citizen and its answer.
 *
 *	load -> judge -> begin  -> moved -> commit -> reply
 *	             \-> resume -/  \-> call --/
 *	              |   (begin -> offer -> moved: turn_offer.c)
 *	              \-> repeat, stale, expired, close: turn_other.c
 *
 * The steps stand below in the order they run. A step either names its
 * successor and returns TURN_MORE, or asks someone for something and returns
 * TURN_WAIT; the answer then resumes the turn at the step it named. The rules
 * are here and nowhere else: nothing is shown that is not stored, a repeat is
 * answered alike, a stale input is never stepped.
 */
#include "base/clock.h"
#include "base/failpoint.h"
#include "base/log.h"
#include "config/dialects.h"
#include "config/settings.h"
#include "gateway/admission.h"
#include "gateway/calling.h"
#include "gateway/catalogues.h"
#include "gateway/facts.h"
#include "gateway/operators.h"
#include "gateway/publishing.h"
#include "gateway/repeat.h"
#include "gateway/turn_parts.h"

#define CONFLICTS_MAX 8

static bool may_begin(const struct turn *t);
static void turn_found(void *arg, enum store_result result,
    struct stored session, struct stored dropped);
static void turn_loaded(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
static enum turn_next turn_judge(struct turn *t);
static bool repeats_last(const struct turn *t, const struct record *stored);
static bool repeats_begin(const struct turn *t, const struct record *stored);
static enum turn_next judge_begin(struct turn *t, bool known);
static enum turn_next judge_input(struct turn *t, bool known);
static enum turn_next judge_end(struct turn *t, bool known);
static enum turn_next judge_sms(struct turn *t);
static enum turn_next turn_resume(struct turn *t);
static enum turn_next turn_reload(struct turn *t);

void
turn_go(struct turn *t, enum turn_next (*step)(struct turn *))
{
	enum turn_next next;

	t->step = step;
	do
		next = t->step(t);
	while (next == TURN_MORE);

	if (next == TURN_DONE)
		turn_end(t);
}

enum turn_next
turn_then(struct turn *t, enum turn_next (*step)(struct turn *))
{
	t->step = step;
	return TURN_MORE;
}

/* ---- load */

enum turn_next
turn_load(struct turn *t)
{
	struct store *store = t->gateway->store;

	if (may_begin(t))
		t->store_ask = store_load_begin(store, &t->key, turn_found, t);
	else
		t->store_ask = store_load(store, &t->key, turn_loaded, t);
	return TURN_WAIT;
}

static bool
may_begin(const struct turn *t)
{
	return t->channel == CHANNEL_USSD && !t->taken_over &&
	    t->event.kind_if_new == USSD_BEGIN;
}

static void
turn_found(void *arg, enum store_result result, struct stored session,
    struct stored dropped)
{
	struct turn *t = arg;

	turn_note_dropped(t, dropped);
	if (result == STORE_OK && session.len == 0)
		result = STORE_MISSING;
	turn_loaded(t, result, session.octets, session.len);
}

static void
turn_loaded(
    void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct turn *t = arg;

	t->store_ask = NULL;
	t->found = false;
	t->stamp = NULL;
	switch (result) {
	case STORE_OK:
		if (len >= RECORD_STAMP)
			t->stamp = arena_copy(t->arena, octets, RECORD_STAMP);
		t->found =
		    record_unpack(t->arena, octets, len, &t->record) == 0;
		FAILPOINT("turn.loaded");
		turn_go(t, turn_judge);
		return;
	case STORE_MISSING:
		turn_go(t, turn_judge);
		return;
	case STORE_CONFLICT:
	case STORE_DOWN:
	case STORE_UNKNOWN:
		turn_go(t, turn_apologise);
		return;
	}
}

/* ---- judge: what is this request to this session? */

static enum turn_next
turn_judge(struct turn *t)
{
	const struct ussd_event *e = &t->event;
	bool known = t->found && t->record.life != RECORD_ENDED &&
	    repeat_same_session(&t->record, e->identity, e->identity_len);

	if (t->unseen != NULL)
		return turn_then(t, turn_not_seen);
	if (t->taken_over)
		return turn_then(t, turn_take_over);
	if (t->found && turn_is_repeat(t, &t->record))
		return turn_then(t, turn_repeat);
	if (t->channel == CHANNEL_SMS)
		return judge_sms(t);

	switch (known ? e->kind_if_known : e->kind_if_new) {
	case USSD_BEGIN:
		t->request.begin = true;
		t->request.hash = t->begin_hash;
		return judge_begin(t, known);
	case USSD_INPUT:
		return judge_input(t, known);
	case USSD_END:
		return judge_end(t, known);
	case USSD_ABORT:
		t->step = known ? turn_close : turn_quiet;
		return TURN_MORE;
	case USSD_IGNORED:
	case USSD_ACKNOWLEDGED:
		t->step = turn_quiet;
		return TURN_MORE;
	}
	return TURN_DONE;
}

bool
turn_is_repeat(const struct turn *t, const struct record *stored)
{
	return repeats_last(t, stored) || repeats_begin(t, stored);
}

/* In a dialect without operations the same octets are a begin to a new
 * session and input to a live one; so they are held against what was stored
 * in the form in which that was stored. */
static bool
repeats_last(const struct turn *t, const struct record *stored)
{
	const struct ussd_event *e = &t->event;
	struct request_id now = t->request;

	now.begin = stored->last.begin;
	if (now.begin) {
		if (e->kind_if_new != USSD_BEGIN)
			return false;
		now.hash = t->begin_hash;
	} else {
		if (e->kind_if_known == USSD_BEGIN)
			return false;
		now.hash = t->input_hash;
	}
	return repeat_of_last(stored, &now, e->identity, e->identity_len);
}

/* An operator sends a dial two or three times, and the last of them may come
 * when the first screen has been answered. */
static bool
repeats_begin(const struct turn *t, const struct record *stored)
{
	const struct ussd_event *e = &t->event;
	struct request_id now = t->request;

	now.hash = t->begin_hash;
	return e->kind_if_new == USSD_BEGIN &&
	    repeat_of_begin(stored, &now, e->identity, e->identity_len);
}

static enum turn_next
judge_begin(struct turn *t, bool known)
{
	t->step = turn_begin;
	if (known)
		switch (link_settings(t->link)->dialect->begin) {
		case DIALECT_REPLACE:
			break;
		case DIALECT_REJECT:
			t->step = turn_reject;
			break;
		case DIALECT_RESUME:
			t->step = turn_stale;
			break;
		}
	return TURN_MORE;
}

/* After a refused commit somebody else has stepped this session, and the
 * input was meant for a screen that is gone. */
static enum turn_next
judge_input(struct turn *t, bool known)
{
	t->request.begin = false;
	t->request.hash = t->input_hash;
	if (!known)
		return turn_then(t, turn_expired);
	if (t->conflicts > 0 || t->record.life == RECORD_CALLING)
		return turn_then(t, turn_stale);
	return turn_then(t, turn_resume);
}

/* The operator has closed it: nothing can be shown any more. What the citizen
 * answered last still counts, if there was a screen to answer. An end that is
 * not of this session is late, and goes nowhere. */
static enum turn_next
judge_end(struct turn *t, bool known)
{
	bool answers = *t->event.input != '\0' && t->conflicts == 0 &&
	    t->record.life == RECORD_LIVE;

	t->muted = true;
	if (known && answers)
		return judge_input(t, known);
	return turn_then(t, known ? turn_close : turn_quiet);
}

static enum turn_next
judge_sms(struct turn *t)
{
	const struct catalogue *c =
	    publishing_begin_on(t->gateway, t->key.msisdn, NULL);
	bool live = t->found && t->record.life != RECORD_ENDED;

	if (!live || step_is_keyword(c, t->event.input))
		return turn_then(t, turn_begin);
	if (t->conflicts > 0 || t->record.life == RECORD_CALLING)
		return turn_then(t, turn_stale);
	return turn_then(t, turn_resume);
}

/* ---- play */

enum turn_next
turn_begin(struct turn *t)
{
	struct gateway *g = t->gateway;
	bool offers = turn_may_offer(t);

	t->begins = true;
	turn_pin_current(t);
	if (g->stopping || !admission_begin(g->admission, clock_steady_ms()))
		return turn_then(t, turn_refuse);

	turn_break_off(t);
	t->replaces = t->found && t->record.life != RECORD_ENDED;
	t->record = (struct record){ .begun_ms = t->request.at_ms,
		.begun_hash = t->request.hash };
	digest_random(&t->record.epoch, sizeof(t->record.epoch));
	if (t->channel == CHANNEL_USSD)
		return turn_then(t, offers ? turn_offer : turn_anew);
	t->move =
	    step_keyword(t->catalogue, &t->facts, 0, t->event.input, t->arena);
	return turn_then(t, turn_moved);
}

static enum turn_next
turn_resume(struct turn *t)
{
	const struct catalogue *c = t->catalogue;
	const struct record *r = &t->record;
	struct session session;

	if (c == NULL)
		return turn_pin(t, &r->catalogue, turn_resume, turn_changed);
	if (session_unpack(t->arena, c, r->menu, r->menu_len, &session) == -1)
		return turn_then(t, turn_changed);
	t->facts = facts_now(t->arena, t->key.msisdn, t->key.operator_name,
	    t->channel == CHANNEL_SMS ? t->number : c->codes[session.code].code,
	    c, link_settings(t->link)->dialect);
	t->move = step_input(c, &t->facts, &session, t->event.input, t->arena);
	t->resumed = session.dropped && t->move.kind == MOVE_SHOW &&
	    !t->move.session.dropped;
	if (t->move.kind == MOVE_ANEW) {
		t->event.code = c->codes[session.code].code;
		return turn_then(t, turn_anew);
	}
	return turn_then(t, turn_moved);
}

enum turn_next
turn_moved(struct turn *t)
{
	const struct catalogue *c = t->catalogue;
	uint16_t graph = t->move.session.here.graph;

	if (t->move.kind == MOVE_PROFILE)
		return turn_then(t, turn_profile);
	if (t->move.kind == MOVE_TELL)
		return turn_then(t, turn_tell);
	if (t->move.kind == MOVE_FORGET)
		return turn_then(t, turn_erase);
	if (t->begins && graph != NOWHERE &&
	    !admission_enter(t->gateway->admission, c->graphs[graph]->name,
		clock_steady_ms()))
		return turn_then(t, turn_refuse);
	switch (t->move.kind) {
	case MOVE_CALL:
		return turn_then(t, turn_call);
	case MOVE_APP:
		return turn_then(t, turn_app);
	case MOVE_SHOW:
	case MOVE_END:
	case MOVE_PROFILE:
	case MOVE_FORGET:
	case MOVE_TELL:
	case MOVE_ANEW:
		break;
	}
	return turn_then(t, turn_commit);
}

/* ---- commit before reply */

enum turn_next
turn_commit(struct turn *t)
{
	bool over = t->move.kind == MOVE_END || t->muted;

	t->screen = t->move.screen;
	t->action = over ? USSD_CLOSE : USSD_CONTINUE;
	t->life = over ? RECORD_ENDED : RECORD_LIVE;
	turn_store(t, NULL, turn_stored);
	return TURN_WAIT;
}

void
turn_stored(void *arg, enum store_result result)
{
	struct turn *t = arg;

	t->store_ask = NULL;
	if (result == STORE_OK) {
		FAILPOINT("turn.committed");
		turn_count_begin(t);
		turn_go(t, turn_reply);
	} else
		turn_not_stored(t, result);
}

/* Once, with the first commit of a session, which may come long before its
 * first screen. */
void
turn_count_begin(struct turn *t)
{
	struct store *s = t->gateway->store;

	if (!t->begins || t->record.version > 1)
		return;
	store_count(s, "sessions", "started", 1);
	if (!t->replaces)
		return;
	store_count(s, "sessions", "replaced", 1);
	log_subscriber(LOG_LEVEL_NOTICE, t->key.msisdn,
	    "session ended reason=replaced link=%s", t->key.operator_name);
}

void
turn_not_stored(struct turn *t, enum store_result result)
{
	bool refused = result == STORE_CONFLICT;

	if (t->called) {
		turn_call_lost(t, refused);
		turn_go(t, refused ? turn_look : turn_apologise);
	} else if (refused && ++t->conflicts < CONFLICTS_MAX)
		turn_go(t, turn_reload);
	else
		turn_go(t, turn_apologise);
}

static enum turn_next
turn_reload(struct turn *t)
{
	turn_unpin(t);
	t->move = (struct move){ 0 };
	t->begins = false;
	t->offers = false;
	t->farewell = NULL;
	return turn_then(t, turn_load);
}

enum turn_next
turn_reply(struct turn *t)
{
	struct gateway *g = t->gateway;

	turn_acknowledge(t, PDU_ROK);
	turn_show(t);
	if (t->calling != NULL)
		calling_free(t->calling);
	t->calling = NULL;
	if (turn_sends(t))
		operators_wake(g, t->key.operator_name, t->key.msisdn);
	if (t->resumed)
		store_count(g->store, "sessions", "resumed", 1);
	if (t->life == RECORD_ENDED)
		store_count(g->store, "sessions",
		    t->muted ? "hung_up" : "completed", 1);
	if (t->reminder_id[0] != '\0')
		store_count(g->store, "calls", "planned", 1);
	store_count(g->store, "turns", t->key.channel, 1);
	return TURN_DONE;
}
