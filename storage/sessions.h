/*
 * Sessions, their calls and their messages in Redis.
 *
 * Everything about one number lives in its partition, so that one script
 * changes all of it or nothing.
 */
#ifndef STORAGE_SESSIONS_H
#define STORAGE_SESSIONS_H

#include "storage/record.h"
#include "storage/redis.h"

struct store;
struct store_ask;

/* R is borrowed. */
struct store *store_new(struct redis *r, const struct redis_settings *s);
void store_free(struct store *s); /* open questions are not answered any more */

enum store_result {
	STORE_OK,
	STORE_MISSING,
	STORE_CONFLICT, /* the version moved: load again */
	STORE_DOWN, /* certainly not stored */
	STORE_UNKNOWN, /* perhaps stored */
};

/* Whose session: one per number, operator account and channel. */
struct session_key {
	const char *msisdn;
	const char *operator_name;
	const char *channel; /* "ussd", "sms" */
};

typedef void store_loaded(
    void *arg, enum store_result result, const uint8_t *octets, size_t len);
struct store_ask *store_load(struct store *s, const struct session_key *key,
    store_loaded *done, void *arg);

/* The same for a begin, which may be one after a drop: the number's session
 * and what was dropped, each without octets where there is none. */
struct stored {
	const uint8_t *octets;
	size_t len;
};
typedef void store_found(void *arg, enum store_result result,
    struct stored session, struct stored dropped);
struct store_ask *store_load_begin(struct store *s,
    const struct session_key *key, store_found *done, void *arg);

/* ---- profiles: what a citizen lets an institution remember */

struct kept {
	const char *institution, *name;
	const char *value; /* "" where it is not to be kept */
	char consent; /* 'n' no, 'y' yes, 's' yes, and shared */
	int64_t until_ms; /* wall clock; in a commit: from now */
};

/* As far as it has not expired; STORE_OK too when there is nothing. */
typedef void store_profiled(void *arg, enum store_result result,
    const struct kept *list, size_t count);
struct store_ask *store_profile(
    struct store *s, const char *msisdn, store_profiled *done, void *arg);

/* What is held about a number: its profile as above, and how many messages
 * of the last 7 days. */
typedef void store_told(void *arg, enum store_result result, size_t messages,
    const struct kept *list, size_t count);
struct store_ask *store_tell(
    struct store *s, const char *msisdn, store_told *done, void *arg);

/* ---- commit */

/* A message to be queued, under an id made by the client, once. */
struct store_message {
	const char *id; /* names its partition: see message_id_new */
	const char *link; /* whose queue */
	const char *to;
	const char *from;
	const char *text;
	const char *institution;
};

/* A call in flight, which outlives the session. */
struct store_call {
	const char *id; /* its idempotency key */
	int64_t deadline_ms; /* from now: when its node counts as dead */
	const uint8_t *octets; /* all that is needed to do it again */
	size_t len;
	int64_t kept_ms; /* after its deadline; 0: a day */
};

/* At most so many are planned by one commit. */
#define STORE_PLANS_MAX 4

struct store_commit {
	struct session_key key;
	const uint8_t *stamp; /* RECORD_STAMP octets as loaded; NULL: there
			       * must be none */
	const uint8_t *octets; /* the new record */
	size_t len;
	int64_t live_ms; /* how long from now it may live; when it is over
			  * the sweeper finds it */
	bool begins; /* a new epoch: enters `due` */
	bool ends; /* a tombstone: leaves `due`, kept 60 s */
	struct stored drops; /* a record to be resumed, for so long; or none */
	int64_t drops_ms;
	bool offers; /* what was dropped is this session's now, and not kept
		      * any more */
	const struct kept *keeps; /* in the number's profile, or NULL */
	const struct store_call *opens; /* a call that begins, or NULL */
	/* Calls that belong to no session and are due at their deadlines; one
	 * that is planned again is planned anew. */
	const struct store_call *plans;
	size_t plan_count;
	const char *closes; /* id of a call that is over, or NULL */
	const struct store_message *messages;
	size_t message_count;
};

typedef void store_committed(void *arg, enum store_result result);
struct store_ask *store_commit(struct store *s, const struct store_commit *c,
    store_committed *done, void *arg);

/* A late outcome: closes the call and queues messages, with no session to
 * change. STORE_CONFLICT when another node closed it first. */
struct store_ask *store_close_call(struct store *s, const char *msisdn,
    const char *call_id, const struct store_message *messages,
    size_t message_count, store_committed *done, void *arg);

/* The same, where the late outcome plans calls too. */
struct store_ask *store_close_planning(struct store *s, const char *msisdn,
    const char *call_id, const struct store_message *messages,
    size_t message_count, const struct store_call *plans, size_t plan_count,
    store_committed *done, void *arg);

/* The node that makes a call lives, and counts as dead in ALIVE_MS from now
 * unless it says so again. STORE_CONFLICT when the call was closed. */
struct store_ask *store_keep_call(struct store *s, const char *msisdn,
    const char *call_id, int64_t alive_ms, store_committed *done, void *arg);

/* ---- everything about a number, erased */

/* Whoever may have sessions is known by name before it has one. */
void store_note_operators(struct store *s, const char *const *names,
    size_t count);

/* Profile, sessions on all operators and channels, messages, calls, and what
 * leads to them; SAYS goes out last and leaves nothing behind. What stays is a
 * proof without the number. STORE_CONFLICT when KEY's session, which was
 * asked, is not as STAMP says. */
struct store_ask *store_erase(struct store *s, const struct session_key *key,
    const uint8_t *stamp, const struct store_message *says,
    store_committed *done, void *arg);

void store_cancel(struct store_ask *ask);

/* ---- messages waiting for a link */

struct queued {
	const char *entry; /* the stream's id */
	const char *id; /* message id */
	const char *to, *from, *text;
	bool leaves_nothing; /* no receipt, and no life once it is sent */
	bool resent; /* handed out before: it may go out twice */
};

typedef void store_queued(void *arg, enum store_result result,
    const struct queued *list, size_t count);

/* Up to COUNT messages of one partition's queue of LINK, for CONSUMER. With
 * AGAIN, those that were handed out before and never finished: first this
 * consumer's own from an earlier life, so ask so before anything else and
 * until fewer than COUNT come; from then on those that have been anyone's,
 * our own too, for IDLE_MS. */
struct store_ask *store_take(struct store *s, const char *link, int partition,
    const char *consumer, int count, bool again, int64_t idle_ms,
    store_queued *done, void *arg);

/* The operator answered: the entry leaves the queue, the message's life goes
 * on with STATE ("sent", "failed", "unknown") and the operator's id. */
struct store_ask *store_sent(struct store *s, const char *link, int partition,
    const char *entry, const char *id, const char *state, const char *smsc_id,
    store_committed *done, void *arg);

/* A receipt by the operator's id; after one that is FINAL the message's state
 * stays. STORE_MISSING when nobody sent that. */
struct store_ask *store_receipt(struct store *s, const char *link,
    const char *smsc_id, const char *state, bool final, store_committed *done,
    void *arg);

int store_partition(const struct store *s, const char *msisdn);
int store_partitions(const struct store *s);

/* 128 random bits and the partition: "07-4f1c...". OUT takes 40 octets. */
#define MESSAGE_ID 40
void message_id_new(const struct store *s, const char *msisdn, char *out);

/* ---- the sweeper's part */

struct overdue {
	bool is_call;
	struct session_key key; /* session */
	const char *msisdn;
	const char *call_id; /* call */
	const uint8_t *octets; /* the record, or the call; none when a
				* session was gone before we looked */
	size_t len;
	int claims; /* call: how often it was claimed, from 1 */
};

typedef void store_swept(void *arg, enum store_result result,
    const struct overdue *list, size_t count);

/* Ends what is over in PARTITION, looking at up to COUNT at a time: a session
 * is deleted, kept to be resumed where it may be, and counted here
 * (stat:sessions, timed_out: another slot than the session's), also when the
 * answer was lost and another sweep's comes; a call is claimed for this node for CLAIM_MS. A prolonged
 * session moves to its new time. */
struct store_ask *store_sweep(struct store *s, int partition, int count,
    int64_t claim_ms, store_swept *done, void *arg);

/* ---- leases: NODE owns NAME for TTL; granted again to its owner */
typedef void store_leased(void *arg, enum store_result result, bool owned);
struct store_ask *store_lease(struct store *s, const char *name,
    const char *node, int64_t ttl_ms, store_leased *done, void *arg);

/* ---- graphs by content hash */

/* For good, whatever was said of it before. */
struct store_ask *store_put_graph(struct store *s, const char *hash,
    const char *source, size_t len, store_committed *done, void *arg);
struct store_ask *store_get_graph(
    struct store *s, const char *hash, store_loaded *done, void *arg);

/* How long it stays; never shorter than was said before. It is well too when
 * there is no such graph. */
enum store_life {
	STORE_KEPT, /* for good */
	STORE_ENDING, /* so many ms from now */
	STORE_PROLONGED, /* the same, but what is kept for good is */
};
struct store_ask *store_graph_life(struct store *s, const char *hash,
    enum store_life life, int64_t ms, store_committed *done, void *arg);

/* ---- counters: added up here, flushed to stat:NAME once a second */
void store_count(struct store *s, const char *hash, const char *field, int by);
/* Flushes them, for the last time perhaps: is everything written by now, or
 * nobody there to write it? */
bool store_counts_are_kept(struct store *s);

#endif
