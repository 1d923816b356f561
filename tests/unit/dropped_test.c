/*
 * Sessions that were dropped, against a real Redis: kept to be resumed by the
 * commit that ends them or by the sweep that finds them over, and counted
 * whatever becomes of the sweep's answer.
 */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "storage/record.h"

#define NUMBER "255700000001"

static const struct session_key ussd = { NUMBER, "voda", "ussd" };
static const struct session_key elsewhere = { NUMBER, "airtel", "ussd" };
static struct arena *arena;

/* What a begin finds. */
struct found {
	int answers;
	enum store_result result;
	char session[512], dropped[512];
	size_t session_len, dropped_len;
};

static void
heard_found(void *arg, enum store_result result, struct stored session,
    struct stored dropped)
{
	struct found *h = arg;

	h->answers++;
	h->result = result;
	h->session_len = session.len;
	h->dropped_len = dropped.len;
	memcpy(h->session, session.octets, session.len);
	memcpy(h->dropped, dropped.octets, dropped.len);
}

static bool
is_found(void *arg)
{
	return ((struct found *)arg)->answers > 0;
}

static struct found
find(const struct session_key *key)
{
	struct found h = { 0 };

	store_load_begin(store, key, heard_found, &h);
	redis_fixture_until(&f, is_found, &h);
	assert_int_equal(h.answers, 1);
	assert_int_equal(h.result, STORE_OK);
	return h;
}

static struct stored
record(enum record_life life, uint16_t resume_s, uint32_t version)
{
	struct record r = { .epoch = 1,
		.version = version,
		.life = life,
		.resume_s = resume_s,
		.screen = "Ya nini?" };
	struct stored s;

	s.octets = record_pack(arena, &r, &s.len);
	return s;
}

static void
begin(const struct session_key *key, struct stored r, int64_t live_ms)
{
	struct store_commit c = { .key = *key,
		.octets = r.octets,
		.len = r.len,
		.live_ms = live_ms,
		.begins = true };

	assert_int_equal(commit(&c), STORE_OK);
}

static void
drop(const struct session_key *key, struct stored r)
{
	struct store_commit c = { .key = *key,
		.stamp = r.octets,
		.octets = r.octets,
		.len = r.len,
		.ends = true,
		.drops = r,
		.drops_ms = 5000 };

	assert_int_equal(commit(&c), STORE_OK);
}

static long
left_ms(void)
{
	return strtol(redis_fixture_cli(&f,
	    "PTTL 'mlango:resume:{p%d}:%s'", store_partition(store, NUMBER),
	    NUMBER), NULL, 10);
}

static bool
is_swept(void *arg)
{
	(void)arg;
	return sweep(NUMBER, 50).count > 0;
}

/* ---- */

static void
a_begin_finds_the_session_and_what_was_dropped_in_one_question(void **state)
{
	struct stored r = record(RECORD_LIVE, 300, 1);
	struct found h = find(&ussd);

	(void)state;
	assert_int_equal(h.session_len, 0);
	assert_int_equal(h.dropped_len, 0);
	begin(&ussd, r, 60000);
	h = find(&ussd);
	assert_int_equal(h.session_len, r.len);
	assert_memory_equal(h.session, r.octets, r.len);
	assert_int_equal(h.dropped_len, 0);
	drop(&ussd, r);
	h = find(&ussd);
	assert_int_equal(h.session_len, r.len);
	assert_int_equal(h.dropped_len, r.len);
	assert_memory_equal(h.dropped, r.octets, r.len);
	assert_in_range(left_ms(), 1, 5000);
}

static void
what_was_dropped_is_the_numbers_with_any_operator(void **state)
{
	struct stored r = record(RECORD_LIVE, 300, 1);

	(void)state;
	begin(&ussd, r, 60000);
	drop(&ussd, r);
	assert_int_equal(find(&elsewhere).session_len, 0);
	assert_int_equal(find(&elsewhere).dropped_len, r.len);
}

static void
what_is_offered_is_kept_no_more(void **state)
{
	struct stored r = record(RECORD_LIVE, 300, 1);
	struct store_commit c = { .key = elsewhere,
		.octets = r.octets,
		.len = r.len,
		.live_ms = 60000,
		.begins = true,
		.offers = true };

	(void)state;
	begin(&ussd, r, 60000);
	drop(&ussd, r);
	assert_int_equal(commit(&c), STORE_OK);
	assert_int_equal(find(&ussd).dropped_len, 0);
}

static void
a_refused_commit_drops_nothing_and_takes_nothing(void **state)
{
	struct stored r = record(RECORD_LIVE, 300, 1);
	struct store_commit c = { .key = ussd,
		.octets = r.octets,
		.len = r.len,
		.ends = true,
		.drops = r,
		.drops_ms = 5000 };

	(void)state;
	begin(&ussd, r, 60000);
	assert_int_equal(commit(&c), STORE_CONFLICT);
	assert_int_equal(find(&ussd).dropped_len, 0);
	drop(&ussd, r);
	c.drops.len = 0;
	c.offers = true;
	assert_int_equal(commit(&c), STORE_CONFLICT);
	assert_int_equal(find(&ussd).dropped_len, r.len);
}

static void
the_sweep_keeps_what_may_be_resumed(void **state)
{
	static const struct {
		enum record_life life;
		uint16_t resume_s;
		bool kept;
	} cases[] = {
		{ RECORD_LIVE, 300, true },
		{ RECORD_LIVE, 3600, true },
		{ RECORD_LIVE, 0, false },
		{ RECORD_CALLING, 300, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct stored r =
		    record(cases[i].life, cases[i].resume_s, 1);

		store_forget(state);
		begin(&ussd, r, 1);
		redis_fixture_until(&f, is_swept, NULL);
		assert_int_equal(
		    find(&ussd).dropped_len, cases[i].kept ? r.len : 0);
		if (cases[i].kept)
			assert_in_range(left_ms(),
			    cases[i].resume_s * 1000 - 9000,
			    cases[i].resume_s * 1000);
	}
}

/* ---- what timed out is counted */

static bool
counted_becomes(void *arg)
{
	return strtol(redis_fixture_cli(&f,
	           "HGET mlango:stat:sessions timed_out"), NULL, 10) ==
	    *(long *)arg;
}

static bool
is_deleted(void *arg)
{
	(void)arg;
	/* Nobody hears what this sweep found. */
	store_cancel(store_sweep(store, store_partition(store, NUMBER), 8, 50,
	    heard_swept, NULL));
	return load(&ussd).result == STORE_MISSING;
}

static void
a_sweep_whose_answer_was_lost_is_counted_by_the_next(void **state)
{
	long counted = 1;

	(void)state;
	store_restart();
	begin(&ussd, record(RECORD_LIVE, 0, 1), 1);
	redis_fixture_until(&f, is_deleted, NULL);
	assert_int_equal(sweep(NUMBER, 50).count, 0);
	redis_fixture_until(&f, counted_becomes, &counted);

	begin(&ussd, record(RECORD_LIVE, 0, 1), 1);
	redis_fixture_until(&f, is_swept, NULL);
	counted++;
	redis_fixture_until(&f, counted_becomes, &counted);
	assert_int_equal(sweep(NUMBER, 50).count, 0);
	/* Told once more; another node counts none of them again. */
	store_restart();
	begin(&ussd, record(RECORD_LIVE, 0, 1), 1);
	redis_fixture_until(&f, is_swept, NULL);
	counted++;
	redis_fixture_until(&f, counted_becomes, &counted);
}

static void
a_redis_that_lost_its_data_is_counted_from_there(void **state)
{
	long counted = 1;
	int i;

	store_restart();
	for (i = 0; i < 2; i++) {
		store_forget(state);
		begin(&ussd, record(RECORD_LIVE, 0, 1), 1);
		redis_fixture_until(&f, is_swept, NULL);
		redis_fixture_until(&f, counted_becomes, &counted);
	}
}

static int
start(void **state)
{
	arena = arena_new();
	return store_begin(state);
}

static int
stop(void **state)
{
	arena_free(arena);
	return store_end(state);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, store_forget)
	static const struct CMUnitTest tests[] = {
		TEST(a_begin_finds_the_session_and_what_was_dropped_in_one_question),
		TEST(what_was_dropped_is_the_numbers_with_any_operator),
		TEST(what_is_offered_is_kept_no_more),
		TEST(a_refused_commit_drops_nothing_and_takes_nothing),
		TEST(the_sweep_keeps_what_may_be_resumed),
		TEST(a_sweep_whose_answer_was_lost_is_counted_by_the_next),
		TEST(a_redis_that_lost_its_data_is_counted_from_there),
	};

	redis_fixture_need();
	return cmocka_run_group_tests(tests, start, stop);
}
