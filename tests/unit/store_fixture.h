/*
 * A store over a Redis of the test's own, asked and answered in one call.
 */
#ifndef TESTS_UNIT_STORE_FIXTURE_H
#define TESTS_UNIT_STORE_FIXTURE_H

#include "tests/unit/redis_fixture.h"

#include "storage/sessions.h"

#define HEARD_MAX 8

extern struct redis_fixture f;
extern struct redis *redis;
extern struct store *store;

/* For cmocka: a server for all tests of a program, emptied before each. */
int store_begin(void **state);
int store_end(void **state);
int store_forget(void **state);

/* Another store on a connection of its own, in place of the one that was:
 * what a node finds that starts again. */
void store_restart(void);

/* An answer, copied out. */
struct heard {
	int answers;
	enum store_result result;
	size_t count;
	bool owned;
	struct {
		bool is_call;
		char msisdn[32], operator_name[32], channel[8], call_id[32];
		char octets[512];
		size_t len;
		int claims;
	} overdue[HEARD_MAX];
	struct {
		char entry[48], id[48], to[32], from[32], text[64];
		bool resent;
	} queued[HEARD_MAX];
	char octets[1024];
	size_t len;
};

store_loaded heard_loaded;
store_committed heard_committed;
store_queued heard_queued;
store_swept heard_swept;
store_leased heard_leased;
void heard_wait(struct heard *h);

struct heard load(const struct session_key *key);
enum store_result commit(const struct store_commit *c);
struct heard sweep(const char *msisdn, int64_t claim_ms);
struct heard take(const char *msisdn, const char *consumer, bool again);

#endif
