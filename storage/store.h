/*
 * What the rooms of the store share: the store itself and a question to it.
 */
#ifndef STORAGE_STORE_H
#define STORAGE_STORE_H

#include "storage/keys.h"
#include "storage/publish.h"
#include "storage/scripts.h"
#include "storage/sessions.h"

#define STORE_GRACE_MS	   60000 /* a dead session stays for the sweeper */
#define STORE_TOMBSTONE_MS 60000
#define STORE_CALL_KEPT_MS (24 * 3600 * 1000LL) /* after its deadline */
#define STORE_GROUP "mlango" /* of consumers, on every queue */

struct counter;
struct recovery;

struct store {
	struct redis *redis;
	struct keys keys;
	struct store_ask *open;
	struct store_ask *spare;
	struct counter *counters;
	struct event *flush;
	struct recovery *recoveries;
	int64_t *told; /* of each partition: timed-out sessions counted */
};

/* A question to the store: one question to Redis, or several in a row. */
struct store_ask {
	struct store_ask *next, **link; /* among the open or the spare ones */
	struct store *store;
	struct redis_ask *redis;
	union {
		store_loaded *loaded;
		store_found *found;
		store_profiled *profiled;
		store_told *told;
		store_committed *committed;
		store_queued *queued;
		store_swept *swept;
		store_leased *leased;
		store_stands *stands;
		store_versions *versions;
		store_audited *audited;
	} done;
	void *arg;
	int partition; /* sweep */
	struct arena *arena; /* what its later steps need, or NULL */
	void *rest;
};

struct store_ask *store_ask_new(struct store *s, void *arg);
/* Before its done is called: what it still needs is copied out first. */
void store_ask_end(struct store_ask *ask);
struct arena *store_ask_arena(struct store_ask *ask);

/* The whole answer to a question for one text, and to an order that is done
 * or not. ARG is the ask. */
redis_done store_text_answered;
redis_done store_order_answered;

/* Nobody knows the message any more that LINK calls so. */
void store_forget_receipt(
    struct store *s, const char *link, const char *smsc_id);

/* What a result means: for a question, and for an order. */
enum store_result store_of_question(enum redis_result result);
enum store_result store_of_order(
    enum redis_result result, const struct reply *reply);

/* A version as Redis has it, and the next word of such a text. */
void store_version_read(
    struct arena *a, const char *name, const char *text, struct version *out);
const char *store_word(char **rest);

/* Counters' and queues' parts of the store's end. */
void store_counters_free(struct store *s);
void store_recoveries_free(struct store *s);

#endif
