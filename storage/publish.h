/*
 * What is live, in Redis: the same for every node and after a cold start.
 *
 * Menus are known by a name, an institution's or "menus" for the menus file,
 * and by the hash of their source. Whatever is changed is changed at once,
 * together with its entry in the audit log, and only if nobody else changed
 * anything meanwhile.
 */
#ifndef STORAGE_PUBLISH_H
#define STORAGE_PUBLISH_H

#include "storage/sessions.h"

#define PUBLISH_MENUS "menus" /* the name of the menus file */
#define PUBLISH_KEPT  20 /* versions for rolling back */

/* One that is or was live. */
struct version {
	const char *name;
	int64_t number; /* from 1 */
	const char *hash;
	int64_t since_ms; /* 1970 */
	const char *who;
	const char *act; /* "approve", "rollback", ... */
};

/* One that was submitted and waits. */
struct candidate {
	const char *name;
	const char *hash;
	const char *base; /* what was live then: a hash, or "-" */
	int64_t at_ms;
	int64_t uid;
	const char *who;
	const char *trial; /* "off", "on" */
	const char *numbers; /* "255754000001,255754000002", or "-" */
};

/* Lives as long as the callback runs. */
struct standing {
	int64_t version; /* of all of it: 0 where nothing was ever published */
	bool unchanged; /* it is what the asker knows: the rest is not told */
	const struct version *live;
	size_t live_count;
	const struct candidate *candidates;
	size_t candidate_count;
};

typedef void store_stands(
    void *arg, enum store_result result, const struct standing *s);
struct store_ask *store_standing(
    struct store *s, int64_t known, store_stands *done, void *arg);

/* ---- acts */

enum store_change_kind {
	STORE_GOES_LIVE, /* VALUE: the hash of a source that was put */
	STORE_IS_GONE,
	STORE_IS_CANDIDATE, /* VALUE: store_candidate_text */
	STORE_IS_DROPPED,
};

struct store_change {
	enum store_change_kind kind;
	const char *name;
	const char *value; /* or "" */
};

/* Who did what, for the audit log. Texts without a line feed. */
struct store_deed {
	const char *who, *node, *act, *on, *outcome, *facts;
	int entries, days; /* that the audit log keeps */
};

/* STORE_CONFLICT when EXPECTED (-1: whichever) is not the version any more,
 * STORE_MISSING when a source is not there. Without changes it is only written
 * down. */
struct store_ask *store_publish(struct store *s, int64_t expected,
    const struct store_change *changes, size_t count,
    const struct store_deed *deed, store_committed *done, void *arg);

const char *store_candidate_text(struct arena *a, const struct candidate *c);

/* ---- sources, which go when nothing published or submitted needs them */
struct store_ask *store_put_source(struct store *s, const char *name,
    const char *hash, const char *source, size_t len, store_committed *done,
    void *arg);
struct store_ask *store_get_source(struct store *s, const char *name,
    const char *hash, store_loaded *done, void *arg);

/* ---- what was */

/* The newest first; the first is live unless it was withdrawn. */
typedef void store_versions(void *arg, enum store_result result,
    const struct version *list, size_t count);
struct store_ask *store_history(
    struct store *s, const char *name, store_versions *done, void *arg);

struct audited {
	int64_t at_ms;
	const char *who, *node, *act, *on, *outcome, *facts;
};

/* The newest first. */
typedef void store_audited(void *arg, enum store_result result,
    const struct audited *list, size_t count);
struct store_ask *store_audit(
    struct store *s, int count, store_audited *done, void *arg);

#endif
