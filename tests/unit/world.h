/*
 * A world for the heart of the gateway: real turns, calls, outboxes and
 * catalogues, a real menu and real dialects, and around them neighbours that
 * do nothing by themselves. Every question to the store, to an institution or
 * to a link waits here until the test answers it, when and how it likes.
 *
 * Time is the test's too: nothing moves but by world_passes.
 */
#ifndef TESTS_UNIT_WORLD_H
#define TESTS_UNIT_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/queue.h>

#include <cmocka.h>

#include "base/arena.h"
#include "config/settings.h"
#include "gateway/calling.h"
#include "gateway/catalogues.h"
#include "gateway/dialect.h"
#include "gateway/gateway.h"
#include "gateway/link.h"
#include "gateway/service.h"
#include "gateway/turn.h"
#include "menus/catalogue.h"
#include "storage/sessions.h"

#define CITIZEN	   "255700000001"
#define SESSION	   CITIZEN ":voda:ussd"
#define BY_SMS	   CITIZEN ":voda:sms"
#define HELD_MAX   2048
#define PARTITIONS 2

enum question {
	LOAD = 1,
	FIND, /* a load that may be a begin's: asked(LOAD) gives it too */
	PROFILE,
	TELL,
	ERASE,
	COMMIT,
	CLOSE,
	KEEP,
	TAKE,
	SENT,
	RECEIPT,
	SWEEP,
	LEASE,
	PUT,
	GET,
	LIFE,
};

struct store_ask {
	TAILQ_ENTRY(store_ask) entry;
	enum question what;
	void (*done)(void);
	void *arg;
	char name[160];	 /* of the session, graph, lease; the message's id */
	char state[16];	 /* SENT, RECEIPT */
	char smsc_id[80];
	int partition;
	bool again;
	int count;

	/* COMMIT, CLOSE */
	uint8_t octets[HELD_MAX], stamp[RECORD_STAMP], call[HELD_MAX];
	size_t len, call_len;
	bool stamped, begins, ends, offers;
	uint8_t drops[HELD_MAX];
	size_t drops_len;
	char keeps[80], kept[80]; /* "maji.acct", "y A1234567" */
	int64_t kept_ms;
	char opens[MESSAGE_ID], closes[MESSAGE_ID];
	char message_id[MESSAGE_ID], from[32], text[512];
};

struct service_ask {
	TAILQ_ENTRY(service_ask) entry;
	struct world *world;
	service_answered *done;
	void *arg;
	size_t takes;
	char institution[40];
	char url[256], body[256], key[64];
	int64_t deadline_ms;
};

struct held { /* a session, a call or a message in the store */
	char name[160];
	uint8_t octets[HELD_MAX];
	size_t len;
	char text[512], from[32];
};

struct submit {
	struct pdu pdu;
	enum link_class class;
	int live_ms;
	link_done *done;
	void *arg;
	uint8_t octets[254];
	enum ussd_action action;
	char text[512];
};

#define WORLD_MAX 64
struct world {
	struct arena *arena;
	struct gateway g;
	struct settings settings;
	struct link_settings operator;
	struct dialects *dialects;
	const char *menus; /* of the next gateway; from the source tree */
	struct ussd_side side; /* the citizen's phone, as it dials next */
	uint32_t sequence;
	uint8_t last[512]; /* what it sent last */
	size_t last_len;

	TAILQ_HEAD(, store_ask) asked;
	TAILQ_HEAD(, service_ask) calls;
	struct held sessions[WORLD_MAX], dropped[WORLD_MAX];
	struct held profile[WORLD_MAX]; /* by "maji.acct": "y A1234567" */
	struct held open[WORLD_MAX], messages[WORLD_MAX];
	struct published {
		char hash[DIGEST_HEX];
		const uint8_t *octets;
		size_t len;
		int64_t life_ms; /* 0: for good */
	} graphs[WORLD_MAX];
	int graph_count;

	/* what the operator saw */
	struct submit submits[WORLD_MAX];
	int submit_count;
	struct answer {
		uint32_t command, sequence;
		enum pdu_status status;
	} answers[WORLD_MAX];
	int answer_count;

	/* how the neighbours do */
	bool redis_up, room;
	enum bind_state link_state;
	uint64_t generation;
};

/* With the menus of tests/menus, and one operator of that dialect. */
struct world *a_world(const char *dialect);
/* Everything is taken down; nobody may be waiting for an answer then. */
void world_end(struct world *w);
/* Another gateway's memory: all that is not in the store is gone. */
void world_restart(struct world *w);
void world_passes(struct world *w, int64_t ms);
/* What is due by now is done; false when nothing was. */
bool world_works(struct world *w);

/* ---- the phone */

void dials(struct world *w, const char *code);
void types(struct world *w, const char *text);
void hangs_up(struct world *w);
void ends_with(struct world *w, const char *text);
void texts(struct world *w, const char *text);
/* The last request once more: under a number of its own or the same, over
 * this bind or another. */
void resends(struct world *w, bool same_sequence);
void link_rebinds(struct world *w);

/* The last screen shown, "" when there was none; and whether it was an end. */
const char *screen(const struct world *w);
bool is_over(const struct world *w);
int acknowledged(const struct world *w, enum pdu_status status);

/* ---- the store */

/* The one question that waits, which must be of that kind. */
struct store_ask *asked(struct world *w, enum question what);
bool is_asked(const struct world *w, enum question what);
bool nothing_is_asked(const struct world *w);
size_t questions(const struct world *w);
/* As Redis would: sessions by their stamps, calls and messages by their ids. */
void loads(struct world *w);
void commits(struct world *w);
enum store_result erases(struct world *w, const struct store_ask *ask);
enum store_result keeps(struct world *w, const struct store_ask *ask);
/* Or otherwise; PERHAPS: stored all the same. */
void refuses(struct world *w, enum question what, enum store_result result);
void loses_answer(struct world *w, enum question what, bool perhaps);
/* A graph, if it is published; answers of other kinds are refused. */
void fetches(struct world *w);
/* The published one of that hash; NULL: none. */
struct published *published_find(struct world *w, const char *hash);
/* What is overdue, and what is queued. */
void sweeps(struct world *w, const struct overdue *list, size_t count);
void takes(struct world *w, const struct queued *list, size_t count);
/* Answers whatever is asked until nothing is. */
void settles(struct world *w);

/* What is stored of the citizen's session by USSD; NULL: nothing. */
const struct record *stored(struct world *w);
const struct record *stored_of(struct world *w, const char *name);
struct held *held_find(struct held *list, const char *name);
struct held *held_add(struct held *list, const char *name);
int held_count(const struct held *list);
/* Another node played this session: its record moves, and says so. */
void other_node_plays(struct world *w, const char *name, const char *screen);
/* How often store_count was asked for it: "turns", "stale". */
int world_counted(const struct world *w, const char *hash, const char *field);

/* An ask goes before it is answered. */
void world_ask_end(struct world *w, struct store_ask *ask);

/* ---- the institution */

struct service_ask *called(struct world *w);
bool nothing_is_called(const struct world *w);
/* No call is kept alive: none is open, left or waiting for the store. */
bool callings_are_none(struct world *w);
/* After OUTCOME_OK one text for each of the api's takes. */
void answers(struct world *w, enum outcome outcome, ...);

#endif
