/*
 * Sessions and calls against a real Redis.
 */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>

static const struct session_key amina = { "255700000001", "voda:com", "ussd" };
static char session_name[128], due_name[64], call_name[64];

/* A turn over AMINA's session; NULL for no stamp. */
static struct store_commit
turn(const char *stamp, const char *record)
{
	return (struct store_commit){
		.key = amina,
		.stamp = (const uint8_t *)stamp,
		.octets = (const uint8_t *)record,
		.len = strlen(record),
		.live_ms = 60000,
	};
}

static struct store_commit
beginning(const char *record)
{
	struct store_commit c = turn(NULL, record);

	c.begins = true;
	return c;
}

static void
names(void)
{
	int p = store_partition(store, amina.msisdn);

	snprintf(session_name, sizeof(session_name),
	    "'mlango:session:{p%d}:255700000001:voda:com:ussd'", p);
	snprintf(due_name, sizeof(due_name), "'mlango:due:{p%d}'", p);
	snprintf(call_name, sizeof(call_name), "'mlango:call:{p%d}:call-1'", p);
}

static int
begin(void **state)
{
	store_begin(state);
	names();
	return 0;
}

static long
asked_number(const char *command, const char *key)
{
	return strtol(redis_fixture_cli(&f, "%s %s", command, key), NULL, 10);
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
what_was_committed_is_loaded_octet_by_octet(void **state)
{
	static const char record[] = "epoch001\0\0\0\1 one\r\n\0\xff end";
	struct store_commit c = beginning(record);
	struct heard h;

	(void)state;
	c.len = sizeof(record);
	assert_int_equal(commit(&c), STORE_OK);
	h = load(&amina);
	assert_int_equal(h.result, STORE_OK);
	assert_int_equal(h.len, sizeof(record));
	assert_memory_equal(h.octets, record, sizeof(record));
}

static void
sessions_of_other_operators_and_channels_are_others(void **state)
{
	static const struct session_key others[] = {
		{ "255700000001", "airtel", "ussd" },
		{ "255700000001", "voda:com", "sms" },
		{ "255700000002", "voda:com", "ussd" },
	};
	struct store_commit c = beginning("epoch001v001 one");
	size_t i;

	(void)state;
	assert_int_equal(commit(&c), STORE_OK);
	for (i = 0; i < ARRAY_SIZE(others); i++)
		assert_int_equal(load(&others[i]).result, STORE_MISSING);
}

/* By the lean script and by the whole one. */
static void
a_commit_over_a_moved_session_is_a_conflict_and_changes_nothing(void **state)
{
	static const struct {
		const char *there, *stamp, *written;
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
	int begins;

	for (i = 0; i < 2 * ARRAY_SIZE(cases); i++) {
		size_t n = i / 2;
		struct store_commit c = turn(cases[n].stamp, cases[n].written);
		const char *after = cases[n].result == STORE_OK
		    ? cases[n].written : cases[n].there;
		struct heard h;

		begins = i % 2;
		store_forget(state);
		if (cases[n].there != NULL) {
			struct store_commit b = turn(NULL, cases[n].there);

			assert_int_equal(commit(&b), STORE_OK);
		}
		c.begins = begins;
		assert_int_equal(commit(&c), cases[n].result);
		h = load(&amina);
		assert_string_equal(h.octets, after != NULL ? after : "");
		assert_int_equal(asked_number("ZCARD", due_name),
		    begins && cases[n].result == STORE_OK);
	}
}

static void
a_session_stays_a_grace_longer_than_it_lives(void **state)
{
	struct store_commit c = beginning("epoch001v001 one");

	(void)state;
	c.live_ms = 120000;
	assert_int_equal(commit(&c), STORE_OK);
	assert_in_range(asked_number("PTTL", session_name), 170000, 180000);
	c = turn("epoch001v001", "epoch001v002 two");
	c.live_ms = 30000;
	assert_int_equal(commit(&c), STORE_OK);
	assert_in_range(asked_number("PTTL", session_name), 80000, 90000);
}

static void
a_session_that_ended_leaves_a_tombstone_and_is_due_no_more(void **state)
{
	struct store_commit c = beginning("epoch001v001 one");

	(void)state;
	assert_int_equal(commit(&c), STORE_OK);
	assert_int_equal(asked_number("ZCARD", due_name), 1);
	c = turn("epoch001v001", "epoch001v002 bye");
	c.ends = true;
	assert_int_equal(commit(&c), STORE_OK);
	assert_string_equal(load(&amina).octets, "epoch001v002 bye");
	assert_in_range(asked_number("PTTL", session_name), 50000, 60000);
	assert_int_equal(asked_number("ZCARD", due_name), 0);
}

static void
a_dialogue_of_one_screen_is_never_due(void **state)
{
	struct store_commit c = beginning("epoch001v001 bye");

	(void)state;
	c.ends = true;
	assert_int_equal(commit(&c), STORE_OK);
	assert_int_equal(asked_number("ZCARD", due_name), 0);
	assert_int_equal(load(&amina).result, STORE_OK);
}

static void
a_begin_on_top_of_a_live_session_takes_its_place(void **state)
{
	struct store_commit c = beginning("epoch001v009 old");

	(void)state;
	assert_int_equal(commit(&c), STORE_OK);
	c = turn("epoch001v009", "epoch002v001 new");
	c.begins = true;
	assert_int_equal(commit(&c), STORE_OK);
	assert_int_equal(asked_number("ZCARD", due_name), 1);
	c = turn("epoch001v009", "epoch001v010 late");
	assert_int_equal(commit(&c), STORE_CONFLICT);
	assert_string_equal(load(&amina).octets, "epoch002v001 new");
}

/* ---- the sweeper */

static bool
is_over(void *arg)
{
	struct heard *h = arg;

	*h = sweep(amina.msisdn, 50);
	return h->count > 0;
}

static void
a_citizen_who_walks_away_is_found_once_and_counted(void **state)
{
	struct store_commit c = beginning("epoch001v001 one");
	struct heard h;

	(void)state;
	c.live_ms = 30;
	assert_int_equal(commit(&c), STORE_OK);
	redis_fixture_until(&f, is_over, &h);
	assert_int_equal(h.count, 1);
	assert_false(h.overdue[0].is_call);
	assert_string_equal(h.overdue[0].msisdn, "255700000001");
	assert_string_equal(h.overdue[0].operator_name, "voda:com");
	assert_string_equal(h.overdue[0].channel, "ussd");
	assert_int_equal(h.overdue[0].len, 16);
	assert_memory_equal(h.overdue[0].octets, "epoch001v001 one", 16);
	assert_int_equal(load(&amina).result, STORE_MISSING);
	assert_int_equal(sweep(amina.msisdn, 50).count, 0);
	assert_int_equal(asked_number("ZCARD", due_name), 0);
}

static bool
is_counted(void *arg)
{
	(void)arg;
	return asked_number(
	    "HGET", "mlango:stat:sessions timed_out") == 1;
}

static void
who_walked_away_is_counted_in_redis(void **state)
{
	struct store_commit c = beginning("epoch001v001 one");
	struct heard h;

	store_restart(); /* what earlier tests counted is not flushed */
	(void)state;
	c.live_ms = 1;
	assert_int_equal(commit(&c), STORE_OK);
	redis_fixture_until(&f, is_over, &h);
	redis_fixture_until(&f, is_counted, NULL);
}

static void
a_session_that_was_prolonged_is_not_over(void **state)
{
	struct store_commit c = beginning("epoch001v001 one");
	double before, after;

	(void)state;
	c.live_ms = 0;
	assert_int_equal(commit(&c), STORE_OK);
	before = strtod(redis_fixture_cli(&f, "ZRANGE %s 0 0 WITHSCORES "
	    "| tail -1", due_name), NULL);
	c = turn("epoch001v001", "epoch001v002 two");
	c.live_ms = 40000;
	assert_int_equal(commit(&c), STORE_OK);
	assert_int_equal(sweep(amina.msisdn, 50).count, 0);
	after = strtod(redis_fixture_cli(&f, "ZRANGE %s 0 0 WITHSCORES "
	    "| tail -1", due_name), NULL);
	assert_true(after - before > 30000 && after - before < 50000);
	assert_int_equal(load(&amina).result, STORE_OK);
}

static void
a_session_that_was_gone_before_the_sweeper_came_is_told_of(void **state)
{
	struct store_commit c = beginning("epoch001v001 one");
	struct heard h;

	(void)state;
	c.live_ms = 0;
	assert_int_equal(commit(&c), STORE_OK);
	redis_fixture_cli(&f, "DEL %s", session_name);
	redis_fixture_until(&f, is_over, &h);
	assert_int_equal(h.count, 1);
	assert_int_equal(h.overdue[0].len, 0);
	assert_string_equal(h.overdue[0].msisdn, "255700000001");
}

static void
what_is_no_member_of_ours_is_passed_over(void **state)
{
	(void)state;
	redis_fixture_cli(&f, "ZADD %s 1 s:nonsense 2 c:none 3 x", due_name);
	assert_int_equal(sweep(amina.msisdn, 50).count, 0);
	assert_int_equal(asked_number("ZCARD", due_name), 0);
}

/* ---- calls */

static struct store_call
call(int64_t deadline_ms)
{
	static const uint8_t octets[] = "GET /bill\0x";

	return (struct store_call){ "call-1", deadline_ms, octets,
		sizeof(octets), 0 };
}

static void
open_call(int64_t deadline_ms)
{
	struct store_call one = call(deadline_ms);
	struct store_commit c = beginning("epoch001v001 calling");

	c.opens = &one;
	assert_int_equal(commit(&c), STORE_OK);
}

static void
a_call_is_closed_once_with_its_session(void **state)
{
	struct store_commit c;

	(void)state;
	open_call(5000);
	assert_int_equal(asked_number("ZCARD", due_name), 2);
	c = turn("epoch001v001", "epoch001v002 answer");
	c.closes = "call-1";
	assert_int_equal(commit(&c), STORE_OK);
	assert_int_equal(asked_number("ZCARD", due_name), 1);
	c = turn("epoch001v001", "epoch001v003 twice");
	c.closes = "call-1";
	c.begins = true;
	assert_int_equal(commit(&c), STORE_CONFLICT);
	assert_string_equal(load(&amina).octets, "epoch001v002 answer");
}

/* The session waits for it all the same. */
static void
a_call_whose_record_is_lost_is_answered_with_its_session(void **state)
{
	struct store_commit c;

	(void)state;
	open_call(5000);
	redis_fixture_cli(&f, "DEL %s", call_name);
	c = turn("epoch001v001", "epoch001v002 answer");
	c.closes = "call-1";
	assert_int_equal(commit(&c), STORE_OK);
	assert_string_equal(load(&amina).octets, "epoch001v002 answer");
}

static void
a_refused_commit_leaves_its_call_open(void **state)
{
	struct store_commit c;

	(void)state;
	open_call(5000);
	c = turn("epoch000v000", "epoch001v002 answer");
	c.closes = "call-1";
	assert_int_equal(commit(&c), STORE_CONFLICT);
	assert_int_equal(asked_number("ZCARD", due_name), 2);
	c.stamp = (const uint8_t *)"epoch001v001";
	assert_int_equal(commit(&c), STORE_OK);
}

static bool
is_claimed(void *arg)
{
	struct heard *h = arg;

	*h = sweep(amina.msisdn, 30);
	return h->count > 0 && h->overdue[0].claims >= 2;
}

static void
a_call_whose_node_died_is_claimed_again_and_again(void **state)
{
	struct heard h;

	(void)state;
	open_call(0);
	redis_fixture_until(&f, is_over, &h);
	assert_int_equal(h.count, 1);
	assert_true(h.overdue[0].is_call);
	assert_int_equal(h.overdue[0].claims, 1);
	assert_string_equal(h.overdue[0].call_id, "call-1");
	assert_string_equal(h.overdue[0].msisdn, "255700000001");
	assert_int_equal(h.overdue[0].len, call(0).len);
	assert_memory_equal(h.overdue[0].octets, call(0).octets, call(0).len);
	redis_fixture_until(&f, is_claimed, &h);
	assert_int_equal(h.overdue[0].claims, 2);
}

static bool
is_claimed_for_long(void *arg)
{
	struct heard *h = arg;

	*h = sweep(amina.msisdn, 60000);
	return h->count > 0;
}

static void
a_claimed_call_is_not_claimed_by_another_meanwhile(void **state)
{
	struct heard h;

	(void)state;
	open_call(0);
	redis_fixture_until(&f, is_claimed_for_long, &h);
	assert_int_equal(sweep(amina.msisdn, 60000).count, 0);
}

static enum store_result
close_late(const char *id)
{
	struct heard h = { 0 };

	store_close_call(
	    store, amina.msisdn, id, NULL, 0, heard_committed, &h);
	heard_wait(&h);
	return h.result;
}

static void
a_late_outcome_closes_its_call_once(void **state)
{
	(void)state;
	open_call(5000);
	assert_int_equal(close_late("call-2"), STORE_CONFLICT);
	assert_int_equal(close_late("call-1"), STORE_OK);
	assert_int_equal(close_late("call-1"), STORE_CONFLICT);
	assert_int_equal(asked_number("ZCARD", due_name), 1);
	assert_string_equal(load(&amina).octets, "epoch001v001 calling");
}

/* ---- room */

static long
memory_used(void)
{
	return strtol(redis_fixture_cli(&f, "INFO memory | tr -d '\\r' | "
	    "sed -n 's/^used_memory:\\(.*\\)/\\1/p'"), NULL, 10);
}

static void
count_committed(void *arg, enum store_result result)
{
	assert_int_equal(result, STORE_OK);
	--*(int *)arg;
}

static bool
is_zero(void *arg)
{
	return *(int *)arg == 0;
}

/*
 * What Redis itself says it took, key, expiry and place in `due` and all. Of
 * a record's 280 octets, 80 are ours, the rest is for identity, variables and
 * a full screen in Swahili.
 */
static void
a_typical_session_takes_at_most_750_octets_of_redis(void **state)
{
	enum { SESSIONS = 4000 };
	char record[281], msisdn[16];
	struct store_commit c;
	long before, each;
	int left = SESSIONS, i;

	(void)state;
	memset(record, 'x', sizeof(record) - 1);
	record[sizeof(record) - 1] = '\0';
	before = memory_used();
	for (i = 0; i < SESSIONS; i++) {
		snprintf(msisdn, sizeof(msisdn), "2557%08d", i);
		c = beginning(record);
		c.key = (struct session_key){ msisdn, "vodacom", "ussd" };
		store_commit(store, &c, count_committed, &left);
	}
	redis_fixture_until(&f, is_zero, &left);
	each = (memory_used() - before) / SESSIONS;
	print_message("# a session takes %ld octets of Redis\n", each);
	assert_in_range(each, 280, 750);
}

/* ---- promises of every question */

static void
a_cancelled_question_is_never_answered(void **state)
{
	struct heard h = { 0 };
	struct store_commit c = beginning("epoch001v001 one");

	(void)state;
	store_cancel(store_load(store, &amina, heard_loaded, &h));
	store_cancel(store_commit(store, &c, heard_committed, &h));
	load(&amina);
	assert_int_equal(h.answers, 0);
}

static void
open_questions_end_with_the_store(void **state)
{
	struct heard h = { 0 };
	struct store_commit c = beginning("epoch001v001 one");

	(void)state;
	store_load(store, &amina, heard_loaded, &h);
	store_commit(store, &c, heard_committed, &h);
	store_count(store, "turns", "played", 3);
	store_restart();
	load(&amina);
	assert_int_equal(h.answers, 0);
}

static bool
is_down(void *arg)
{
	(void)arg;
	return !redis_is_up(redis);
}

static void
without_redis_nothing_is_stored_for_certain(void **state)
{
	struct store_commit c = beginning("epoch001v001 one");

	(void)state;
	redis_fixture_kill(&f);
	redis_fixture_until(&f, is_down, NULL);
	assert_int_equal(load(&amina).result, STORE_DOWN);
	assert_int_equal(commit(&c), STORE_DOWN);
	assert_int_equal(sweep(amina.msisdn, 50).result, STORE_DOWN);
	assert_int_equal(take(amina.msisdn, "a", true).result, STORE_DOWN);
	redis_fixture_run(&f);
	store_restart();
	assert_int_equal(load(&amina).result, STORE_MISSING);
}

static void
a_commit_cut_off_is_perhaps_stored(void **state)
{
	struct store_commit c = beginning("epoch001v001 one");
	struct heard lost = { 0 };

	(void)state;
	redis_fixture_cli(&f, "CLIENT PAUSE 60000 WRITE");
	store_commit(store, &c, heard_committed, &lost);
	event_base_loop(f.base, EVLOOP_NONBLOCK);
	redis_fixture_kill(&f);
	heard_wait(&lost);
	assert_int_equal(lost.result, STORE_UNKNOWN);
	redis_fixture_run(&f);
	store_restart();
}

int
main(void)
{
#define TEST(what) cmocka_unit_test_setup(what, store_forget)
	static const struct CMUnitTest tests[] = {
		TEST(a_session_that_was_never_stored_is_missing),
		TEST(what_was_committed_is_loaded_octet_by_octet),
		TEST(sessions_of_other_operators_and_channels_are_others),
		TEST(a_commit_over_a_moved_session_is_a_conflict_and_changes_nothing),
		TEST(a_session_stays_a_grace_longer_than_it_lives),
		TEST(a_session_that_ended_leaves_a_tombstone_and_is_due_no_more),
		TEST(a_dialogue_of_one_screen_is_never_due),
		TEST(a_begin_on_top_of_a_live_session_takes_its_place),
		TEST(a_citizen_who_walks_away_is_found_once_and_counted),
		TEST(who_walked_away_is_counted_in_redis),
		TEST(a_session_that_was_prolonged_is_not_over),
		TEST(a_session_that_was_gone_before_the_sweeper_came_is_told_of),
		TEST(what_is_no_member_of_ours_is_passed_over),
		TEST(a_call_is_closed_once_with_its_session),
		TEST(a_call_whose_record_is_lost_is_answered_with_its_session),
		TEST(a_refused_commit_leaves_its_call_open),
		TEST(a_call_whose_node_died_is_claimed_again_and_again),
		TEST(a_claimed_call_is_not_claimed_by_another_meanwhile),
		TEST(a_late_outcome_closes_its_call_once),
		TEST(a_typical_session_takes_at_most_750_octets_of_redis),
		TEST(a_cancelled_question_is_never_answered),
		TEST(open_questions_end_with_the_store),
		TEST(without_redis_nothing_is_stored_for_certain),
		TEST(a_commit_cut_off_is_perhaps_stored),
	};

	redis_fixture_need();
	return cmocka_run_group_tests(tests, begin, store_end);
}
