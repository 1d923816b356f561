/*
 * The store against a real Redis.
 */
#include "tests/unit/redis_fixture.h"

#include <string.h>

#include "storage/sessions.h"

struct heard {
	int answers;
	enum store_result result;
	uint8_t octets[256];
	size_t len;
};

static struct redis_fixture f;
static struct redis *redis;
static struct store *store;

static const struct session_key amina = { "255700000001", "vodacom", "ussd" };

static bool
is_up(void *arg)
{
	(void)arg;
	return redis_is_up(redis);
}

static bool
is_answered(void *arg)
{
	return ((struct heard *)arg)->answers > 0;
}

static int
begin(void **state)
{
	(void)state;
	redis_fixture_start(&f);
	redis = redis_new(f.base, &f.settings);
	store = store_new(redis, &f.settings);
	redis_fixture_until(&f, is_up, NULL);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	store_free(store);
	redis_free(redis);
	redis_fixture_stop(&f);
	return 0;
}

static int
forget(void **state)
{
	(void)state;
	redis_fixture_cli(&f, "FLUSHALL");
	return 0;
}

static void
loaded(void *arg, enum store_result result, const uint8_t *octets, size_t len)
{
	struct heard *h = arg;

	h->answers++;
	h->result = result;
	h->len = len;
	memcpy(h->octets, octets, len);
}

static void
committed(void *arg, enum store_result result)
{
	struct heard *h = arg;

	h->answers++;
	h->result = result;
}

static struct heard
load(const struct session_key *key)
{
	struct heard h = { 0 };

	store_load(store, key, loaded, &h);
	redis_fixture_until(&f, is_answered, &h);
	return h;
}

static enum store_result
commit(const struct store_commit *c)
{
	struct heard h = { 0 };

	store_commit(store, c, committed, &h);
	redis_fixture_until(&f, is_answered, &h);
	return h.result;
}

/* A turn over AMINA's session from one text to another, NULL for none. */
static struct store_commit
turn(const char *from, const char *to)
{
	return (struct store_commit){
		.key = amina,
		.stamp = (const uint8_t *)from,
		.octets = (const uint8_t *)to,
		.len = strlen(to),
		.live_ms = 60000,
	};
}

static void
a_session_that_was_never_stored_is_missing(void **state)
{
	struct heard h = load(&amina);

	(void)state;
	assert_int_equal(h.result, STORE_MISSING);
	assert_int_equal(h.len, 0);
}

static void
what_was_committed_is_loaded(void **state)
{
	struct store_commit c = turn(NULL, "epoch001v001 one");
	struct heard h;

	(void)state;
	c.begins = true;
	assert_int_equal(commit(&c), STORE_OK);
	h = load(&amina);
	assert_int_equal(h.result, STORE_OK);
	assert_int_equal(h.len, 16);
	assert_memory_equal(h.octets, "epoch001v001 one", 16);
}

static void
a_commit_over_a_moved_session_is_a_conflict_and_changes_nothing(void **state)
{
	static const struct {
		const char *there, *loaded, *written;
		enum store_result result;
	} cases[] = {
		{ "epoch001v001 one", "epoch001v001", "epoch001v002 two",
		    STORE_OK },
		{ "epoch001v002 two", "epoch001v001", "epoch001v002 six",
		    STORE_CONFLICT },
		{ "epoch001v002 two", NULL, "epoch002v001 six",
		    STORE_CONFLICT },
		{ "epoch001v002 two", "epoch001v002", "epoch002v001 new",
		    STORE_OK },
		{ NULL, "epoch001v002", "epoch001v003 six", STORE_CONFLICT },
		{ NULL, NULL, "epoch001v001 one", STORE_OK },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct store_commit before = turn(NULL, "");
		struct store_commit c = turn(cases[i].loaded, cases[i].written);
		struct heard h;
		int begins;

		for (begins = 0; begins < 2; begins++) {
			forget(NULL);
			if (cases[i].there != NULL) {
				before = turn(NULL, cases[i].there);
				assert_int_equal(commit(&before), STORE_OK);
			}
			c.begins = begins;
			assert_int_equal(commit(&c), cases[i].result);
			h = load(&amina);
			h.octets[h.len] = '\0';
			assert_string_equal((char *)h.octets,
			    cases[i].result == STORE_OK ? cases[i].written
				: cases[i].there != NULL ? cases[i].there
							 : "");
		}
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    a_session_that_was_never_stored_is_missing, forget),
		cmocka_unit_test_setup(what_was_committed_is_loaded, forget),
		cmocka_unit_test_setup(
		    a_commit_over_a_moved_session_is_a_conflict_and_changes_nothing,
		    forget),
	};

	redis_fixture_need();
	return cmocka_run_group_tests(tests, begin, end);
}
