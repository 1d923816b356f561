/*
 * The ways a turn ends that are no new answer: said again, too late, refused,
 * apologised for. None of them steps the menu.
 */
#include <string.h>

#include "base/log.h"
#include "config/settings.h"
#include "gateway/catalogues.h"
#include "gateway/facts.h"
#include "gateway/operators.h"
#include "gateway/turn_parts.h"

static void not_seen_stored(void *arg, enum store_result result);
static void looked(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
static enum turn_next show_stored(struct turn *t);
static enum turn_next close_unplayed(struct turn *t);
static void unplayed_closed(void *arg, enum store_result result);
static enum turn_next polite_end(
    struct turn *t, const struct words *words, const char *why);
static const char *polite_text(struct turn *t, const struct words *words);
static const struct catalogue *words_of(const struct turn *t);

/* The citizen hung up. Nothing is shown; the tombstone swallows what is late.
 */
enum turn_next
turn_close(struct turn *t)
{
	struct record *r = &t->record;

	if (!t->found || r->life == RECORD_ENDED) {
		turn_acknowledge(t, PDU_ROK);
		return TURN_DONE;
	}
	t->muted = true;
	t->life = RECORD_ENDED;
	turn_break_off(t);
	turn_store(t, NULL, turn_stored);
	return TURN_WAIT;
}

/* The operator refused the screen that this record was stored with, and nobody
 * has played on since. */
enum turn_next
turn_not_seen(struct turn *t)
{
	if (!t->found || t->record.life != RECORD_LIVE ||
	    memcmp(t->stamp, t->unseen, RECORD_STAMP) != 0)
		return TURN_DONE;
	t->life = RECORD_ENDED;
	turn_store(t, NULL, not_seen_stored);
	return TURN_WAIT;
}

static void
not_seen_stored(void *arg, enum store_result result)
{
	struct turn *t = arg;

	t->store_ask = NULL;
	if (result == STORE_OK)
		store_count(t->gateway->store, "sessions", "refused", 1);
	turn_go(t, turn_quiet);
}

/* Nothing to answer. Some operators want a release once the handset has
 * acknowledged our last screen. */
enum turn_next
turn_quiet(struct turn *t)
{
	turn_acknowledge(t, PDU_ROK);
	if (t->event.wants_release) {
		t->screen = "";
		t->action = USSD_RELEASE;
		turn_show(t);
	}
	return TURN_DONE;
}

/* The request that was answered last has come again: the same screen. */
enum turn_next
turn_repeat(struct turn *t)
{
	store_count(t->gateway->store, "turns", "repeated", 1);
	return show_stored(t);
}

/* Meant for a screen that is gone: dropped, and the current one shown. */
enum turn_next
turn_stale(struct turn *t)
{
	store_count(t->gateway->store, "turns", "stale", 1);
	log_subscriber(LOG_LEVEL_NOTICE, t->key.msisdn,
	    "input dropped: its screen is gone link=%s", t->key.operator_name);
	return show_stored(t);
}

/* While a call is open, whoever makes it will answer; and who hung up sees
 * nothing any more. */
static enum turn_next
show_stored(struct turn *t)
{
	const struct record *r = &t->record;
	bool gone = t->event.kind_if_known == USSD_ABORT ||
	    t->event.kind_if_known == USSD_END;

	turn_acknowledge(t, PDU_ROK);
	t->screen = r->screen;
	t->action = r->life == RECORD_ENDED ? USSD_CLOSE : USSD_CONTINUE;
	if (t->found && r->life != RECORD_CALLING && *r->screen != '\0' &&
	    !gone)
		turn_show(t);
	return TURN_DONE;
}

enum turn_next
turn_expired(struct turn *t)
{
	return polite_end(t, &words_of(t)->expired, "expired");
}

/* Not admitted. By SMS the operator is asked to send it again. */
enum turn_next
turn_refuse(struct turn *t)
{
	if (t->channel == CHANNEL_SMS) {
		turn_acknowledge(t, PDU_RMSGQFUL);
		return TURN_DONE;
	}
	return polite_end(t, &words_of(t)->busy, "refused");
}

/* The dialect says that a live session is not replaced. */
enum turn_next
turn_reject(struct turn *t)
{
	store_count(t->gateway->store, "turns", "rejected", 1);
	turn_acknowledge(t, PDU_RX_R_APPN);
	return TURN_DONE;
}

/* The session has moved while a call was out for it, or it is lost: then
 * nobody else answers the citizen, who still waits. */
enum turn_next
turn_look(struct turn *t)
{
	t->store_ask = store_load(t->gateway->store, &t->key, looked, t);
	return TURN_WAIT;
}

static void
looked(void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct turn *t = arg;

	(void)octets;
	(void)len;
	t->store_ask = NULL;
	turn_go(t,
	    result == STORE_MISSING && t->channel == CHANNEL_USSD
		? turn_expired
		: turn_forget);
}

/* The session that this belonged to has ended or begun anew. */
enum turn_next
turn_forget(struct turn *t)
{
	store_count(t->gateway->store, "turns", "forgotten", 1);
	turn_acknowledge(t, PDU_ROK);
	return TURN_DONE;
}

/* The menu that the session began on cannot be had any more. By SMS, where a
 * polite sentence is a dialogue too, the text is read as a new one. */
enum turn_next
turn_changed(struct turn *t)
{
	if (t->taken_over)
		return close_unplayed(t);
	if (t->channel == CHANNEL_SMS) {
		turn_unpin(t);
		t->step = turn_begin;
		return TURN_MORE;
	}
	return polite_end(t, &words_of(t)->changed, "changed");
}

/* A call whose menu is gone ends here, or the sweeper would bring it again and
 * again. Of the session nothing is known, so the citizen hears it by SMS. */
static enum turn_next
close_unplayed(struct turn *t)
{
	struct store_message message = {
		.id = t->call.id,
		.link = t->key.operator_name,
		.to = t->key.msisdn,
		.from = t->channel == CHANNEL_SMS ? t->number
						  : operators_number(t->link),
		.text = polite_text(t, &words_of(t)->changed),
		.institution = "",
	};

	store_count(t->gateway->store, "calls", "unplayed", 1);
	t->store_ask = store_close_call(t->gateway->store, t->key.msisdn,
	    t->call.id, &message, 1, unplayed_closed, t);
	return TURN_WAIT;
}

static void
unplayed_closed(void *arg, enum store_result result)
{
	struct turn *t = arg;

	t->store_ask = NULL;
	if (result == STORE_OK)
		operators_wake(t->gateway, t->key.operator_name, t->key.msisdn);
	turn_go(t, turn_quiet);
}

/* We are in trouble. The citizen hears something polite; an SMS stays with
 * the operator, who sends it again. A call that was not taken over after all
 * will be, and until then nobody knows what the citizen looks at. */
enum turn_next
turn_apologise(struct turn *t)
{
	if (t->taken_over && !t->called)
		return TURN_DONE;
	if (t->channel == CHANNEL_SMS) {
		turn_acknowledge(t, PDU_RX_T_APPN);
		return TURN_DONE;
	}
	return polite_end(t, &words_of(t)->sorry, "sorry");
}

static enum turn_next
polite_end(struct turn *t, const struct words *words, const char *why)
{
	store_count(t->gateway->store, "turns", why, 1);
	turn_acknowledge(t, PDU_ROK);
	t->screen = polite_text(t, words);
	t->action = USSD_CLOSE;
	turn_show(t);
	return TURN_DONE;
}

static const char *
polite_text(struct turn *t, const struct words *words)
{
	const struct catalogue *c = words_of(t);

	if (t->facts.msisdn == NULL)
		t->facts =
		    facts_now(t->arena, t->key.msisdn, t->key.operator_name,
			c->codes[0].code, c, link_settings(t->link)->dialect);
	return step_words(t->arena, c, &t->facts, t->move.session.lang, words);
}

static const struct catalogue *
words_of(const struct turn *t)
{
	if (t->catalogue != NULL)
		return t->catalogue;
	return catalogues_current(t->gateway->catalogues);
}
