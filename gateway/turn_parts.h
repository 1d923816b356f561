/*
 * A turn as its own files see it: turn.c has the order of the steps,
 * turn_store.c stores what becomes of it, turn_line.c lets one in at a time,
 * turn_call.c has the steps of a call, turn_app.c what is its own of a visit
 * to an application, turn_offer.c has the steps of a dialogue that was dropped,
 * turn_pin.c the menus that it is played on, turn_other.c the ways to end that
 * are no answer; turn_request.c reads what came in, turn_reply.c says what goes
 * out.
 */
#ifndef GATEWAY_TURN_PARTS_H
#define GATEWAY_TURN_PARTS_H

#include <uthash.h>

#include "gateway/call.h"
#include "gateway/dialect.h"
#include "gateway/turn.h"
#include "menus/step.h"
#include "storage/record.h"
#include "storage/sessions.h"

struct calling;
struct event;

enum turn_next {
	TURN_MORE, /* a step named its successor */
	TURN_WAIT, /* somebody was asked, and will resume it */
	TURN_DONE,
};

/* A message of its own, and those of an application. */
#define TURN_MESSAGES (1 + STEP_MESSAGES_MAX)

struct turn {
	struct gateway *gateway;
	struct arena *arena;
	enum turn_next (*step)(struct turn *t);

	/* What came in. */
	struct link *link;
	uint64_t generation;
	uint32_t command;
	uint32_t sequence;
	int64_t arrived_ms; /* steady */
	bool acknowledged;
	bool muted; /* the operator closed it: no screen can be shown */
	struct session_key key;
	enum channel channel;
	struct ussd_event event; /* USSD; by SMS only its INPUT and MSISDN */
	const char *number;	 /* by SMS: where it was sent */
	struct request_id request;
	uint64_t begin_hash; /* what its hash is if it is a begin, */
	uint64_t input_hash; /* and if it is anything else */

	/* What is known of the citizen. */
	bool found;
	struct record record;
	const uint8_t *stamp; /* of the record as stored; NULL: none is */
	int conflicts;	      /* commits refused: somebody else played */
	bool was_dropped;     /* a dialogue that may be gone on with: */
	struct record dropped;
	const struct catalogue *catalogue; /* held */

	/* What becomes of it. */
	bool begins;
	bool replaces; /* a session that lived */
	bool offers; /* DROPPED is in the session now, */
	bool resumed; /* and goes on */
	struct facts facts;
	struct move move;
	enum record_life life; /* of the record to be stored */
	const char *closes;    /* a call that the next commit ends */
	char message_ids[TURN_MESSAGES][MESSAGE_ID];
	char reminder_id[MESSAGE_ID];
	const struct store_call *farewell; /* of a visit that this request
					    * breaks off, or NULL */
	const char *screen; /* to be shown */
	enum ussd_action action;

	/* Whom it waits for. */
	struct store_ask *store_ask;
	struct catalogues_ask *catalogues_ask;
	enum turn_next (*lacking)(struct turn *t); /* if there is none */
	struct calling *calling;
	struct event *budget;
	int64_t budget_ends_ms; /* steady; 0: nothing was called yet */
	struct call call;
	bool called;		/* from CALL on nothing is judged again */
	bool call_once;		/* a deed, not a question */
	bool taken_over;	/* CALL was left behind by a node that died */
	const uint8_t *unseen;	/* the stamp of a record whose screen was
				 * refused; NULL: this is no such turn */
	enum outcome outcome;	/* of CALL, and what it brought */
	const char *const *values;

	/* Its place in line. */
	const char *name; /* of the session, unique */
	struct turn *behind;
	UT_hash_handle hh;
};

struct turns {
	struct turn *running; /* hash by name; those behind hang on them */
	size_t count;
};

/* ---- turn_line.c */

/* Nobody touches T after this: the next in line may be running. */
void turn_end(struct turn *t);

/* ---- turn.c */

/* Runs steps until one waits or the turn is done, which ends it. */
void turn_go(struct turn *t, enum turn_next (*step)(struct turn *));

/* STEP is next: a step's last word. */
enum turn_next turn_then(
    struct turn *t, enum turn_next (*step)(struct turn *));

/* Is T the request that STORED was answered to last? */
bool turn_is_repeat(const struct turn *t, const struct record *stored);

enum turn_next turn_load(struct turn *t);
enum turn_next turn_begin(struct turn *t);
enum turn_next turn_moved(struct turn *t);
enum turn_next turn_commit(struct turn *t);
enum turn_next turn_reply(struct turn *t);

/* A session was begun, and perhaps another ended by that. */
void turn_count_begin(struct turn *t);

/* For turn_store: replies, or judges again, or apologises. */
void turn_stored(void *arg, enum store_result result);
void turn_not_stored(struct turn *t, enum store_result result);

/* ---- turn_pin.c */

/* The catalogue of HASH, then NEXT; LACKING when it cannot be had. */
enum turn_next turn_pin(struct turn *t, const struct digest *hash,
    enum turn_next (*next)(struct turn *),
    enum turn_next (*lacking)(struct turn *));
void turn_unpin(struct turn *t);

/* The catalogue of today. */
void turn_pin_current(struct turn *t);

/* ---- turn_offer.c */

/* What was dropped, as it was found; DROPPED may have no octets. */
void turn_note_dropped(struct turn *t, struct stored dropped);

/* A begin finds what was dropped, or a session that this one replaces. */
bool turn_may_offer(struct turn *t);
enum turn_next turn_offer(struct turn *t);

/* The dialogue begins anew, on the menus of today. */
enum turn_next turn_anew(struct turn *t);

/* What a commit says of a session that is dropped by it, or taken up. */
void turn_store_dropped(struct turn *t, const struct record *next,
    struct store_commit *commit);

/* ---- turn_store.c */

/* Stores the session as it now is, with LIFE; OPENS may be NULL. */
void turn_store(
    struct turn *t, const struct store_call *opens, store_committed *done);

/* Does something go out by SMS with it? */
bool turn_sends(const struct turn *t);

/* ---- turn_call.c */

enum turn_next turn_call(struct turn *t);
enum turn_next turn_take_over(struct turn *t);

/* A commit with CALL's outcome failed, or was REFUSED. */
void turn_call_lost(struct turn *t, bool refused);

/* The citizen dialled again or hung up: nobody waits for the call. */
void turn_abandon(struct turn *t);

/* ---- turn_app.c */

enum turn_next turn_app(struct turn *t);
enum turn_next turn_app_answered(struct turn *t);

/* The session that was loaded ends here; if it stood in an application, that
 * is told so with the next commit. */
void turn_break_off(struct turn *t);

/* What is to be told or asked some other time, stored with this turn: up to
 * STORE_PLANS_MAX in PLANS. LIVE_MS: how long the session may live now. */
size_t turn_plans(struct turn *t, int64_t live_ms, struct store_call *plans);

/* ---- turn_profile.c */

enum turn_next turn_profile(struct turn *t);

/* A stored profile as the engine knows it. */
struct profile turn_known(
    struct arena *a, const struct kept *list, size_t count);

/* What a commit writes into the profile; NULL: nothing. */
const struct kept *turn_keeps(struct turn *t);

/* ---- turn_erase.c */

enum turn_next turn_erase(struct turn *t);
enum turn_next turn_tell(struct turn *t);

/* ---- turn_other.c */

enum turn_next turn_quiet(struct turn *t);
enum turn_next turn_close(struct turn *t);
enum turn_next turn_not_seen(struct turn *t);
enum turn_next turn_look(struct turn *t);
enum turn_next turn_repeat(struct turn *t);
enum turn_next turn_stale(struct turn *t);
enum turn_next turn_expired(struct turn *t);
enum turn_next turn_refuse(struct turn *t);
enum turn_next turn_reject(struct turn *t);
enum turn_next turn_forget(struct turn *t);
enum turn_next turn_changed(struct turn *t);
enum turn_next turn_apologise(struct turn *t);

/* ---- turn_request.c */

enum request_kind {
	REQUEST_TURN,	 /* a turn's work */
	REQUEST_NOTHING, /* acknowledged, and that is all */
	REQUEST_BAD,	 /* refused */
};

enum request_kind turn_request_read(
    struct turn *t, const struct link_request *r);

/* ---- turn_reply.c */

/* The response to the request's PDU; a second time does nothing. */
void turn_acknowledge(struct turn *t, enum pdu_status status);

/* Shows t->screen by t->action, unless nobody is there to see it, or not any
 * more. */
void turn_show(struct turn *t);

/* Until when the operator waits for our answer: steady. */
int64_t turn_heard_until(const struct turn *t);

#endif
