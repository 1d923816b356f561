/*
 * Messages, their receipts, leases, graphs and counters against a real Redis.
 */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>

#define AMINA "255700000001"

static char queue[64];

static int
begin(void **state)
{
	store_begin(state);
	snprintf(queue, sizeof(queue), "'mlango:mt:{p%d}:vodacom:normal'",
	    store_partition(store, AMINA));
	return 0;
}

/* Recoveries are remembered by a store: each test has its own. */
static int
fresh(void **state)
{
	store_forget(state);
	store_restart();
	return 0;
}

static struct store_message
message(char id[MESSAGE_ID], const char *text)
{
	message_id_new(store, AMINA, id);
	return (struct store_message){ id, "vodacom", AMINA, "15200", text,
		"maji" };
}

static void
enqueue(const struct store_message *list, size_t count, const char *stamp,
    const char *record)
{
	struct store_commit c = {
		.key = { AMINA, "vodacom", "sms" },
		.stamp = (const uint8_t *)stamp,
		.octets = (const uint8_t *)record,
		.len = strlen(record),
		.live_ms = 60000,
		.messages = list,
		.message_count = count,
	};

	assert_int_equal(commit(&c), STORE_OK);
}

static char *
enqueue_one(char id[MESSAGE_ID])
{
	struct store_message m = message(id, "Deni lako ni 1,200/=");

	enqueue(&m, 1, NULL, "epoch001v001");
	return id;
}

static enum store_result
sent(const char *entry, const char *id, const char *state, const char *smsc_id)
{
	struct heard h = { 0 };

	store_sent(store, "vodacom", store_partition(store, AMINA), entry, id,
	    state, smsc_id, heard_committed, &h);
	heard_wait(&h);
	return h.result;
}

static enum store_result
receipt(const char *smsc_id, const char *state, bool final)
{
	struct heard h = { 0 };

	store_receipt(
	    store, "vodacom", smsc_id, state, final, heard_committed, &h);
	heard_wait(&h);
	return h.result;
}

static const char *
life(const char *id, const char *field)
{
	return redis_fixture_cli(&f, "HGET 'mlango:message:{p%d}:%s' %s",
	    store_partition(store, AMINA), id, field);
}

static void
a_queue_that_nobody_filled_is_empty(void **state)
{
	(void)state;
	assert_int_equal(take(AMINA, "a", false).result, STORE_OK);
	assert_int_equal(take(AMINA, "a", false).count, 0);
	assert_int_equal(take(AMINA, "a", true).result, STORE_OK);
	assert_int_equal(take(AMINA, "a", true).count, 0);
}

static void
what_was_committed_is_taken_in_order_and_once(void **state)
{
	char ids[2][MESSAGE_ID];
	struct store_message list[] = { message(ids[0], "one"),
		message(ids[1], "two\nlines") };
	struct heard h;

	(void)state;
	enqueue(list, 2, NULL, "epoch001v001");
	h = take(AMINA, "a", false);
	assert_int_equal(h.count, 2);
	assert_string_equal(h.queued[0].id, ids[0]);
	assert_string_equal(h.queued[0].to, AMINA);
	assert_string_equal(h.queued[0].from, "15200");
	assert_string_equal(h.queued[0].text, "one");
	assert_false(h.queued[0].resent);
	assert_string_equal(h.queued[1].id, ids[1]);
	assert_string_equal(h.queued[1].text, "two\nlines");
	assert_int_equal(take(AMINA, "a", false).count, 0);
	assert_int_equal(take(AMINA, "b", false).count, 0);
	assert_string_equal(life(ids[0], "state"), "accepted");
	assert_string_equal(life(ids[0], "institution"), "maji");
}

static void
a_message_committed_again_under_its_id_is_queued_once(void **state)
{
	char id[MESSAGE_ID];
	struct store_message m = message(id, "one");

	(void)state;
	enqueue(&m, 1, NULL, "epoch001v001");
	enqueue(&m, 1, "epoch001v001", "epoch001v002");
	assert_int_equal(take(AMINA, "a", false).count, 1);
	sent(take(AMINA, "a", true).queued[0].entry, id, "sent", "1a");
	enqueue(&m, 1, "epoch001v002", "epoch001v003");
	assert_int_equal(take(AMINA, "a", false).count, 0);
	assert_string_equal(life(id, "state"), "sent");
}

static void
a_refused_commit_queues_nothing(void **state)
{
	char id[MESSAGE_ID];
	struct store_message m = message(id, "one");
	struct store_commit c = {
		.key = { AMINA, "vodacom", "sms" },
		.stamp = (const uint8_t *)"epoch001v001",
		.octets = (const uint8_t *)"epoch001v002",
		.len = 12,
		.live_ms = 60000,
		.messages = &m,
		.message_count = 1,
	};

	(void)state;
	assert_int_equal(commit(&c), STORE_CONFLICT);
	assert_int_equal(take(AMINA, "a", false).count, 0);
	assert_string_equal(life(id, "state"), "");
}

static void
a_late_answer_is_queued_as_its_call_is_closed(void **state)
{
	static const uint8_t octets[] = "call";
	struct store_call call = { "call-1", 5000, octets, 4, 0 };
	struct store_commit c = {
		.key = { AMINA, "vodacom", "ussd" },
		.octets = (const uint8_t *)"epoch001v001",
		.len = 12,
		.live_ms = 60000,
		.opens = &call,
	};
	char id[MESSAGE_ID];
	struct store_message m = message(id, "late");
	int i;

	(void)state;
	assert_int_equal(commit(&c), STORE_OK);
	for (i = 0; i < 2; i++) {
		struct heard h = { 0 };

		store_close_call(store, AMINA, "call-1", &m, 1,
		    heard_committed, &h);
		heard_wait(&h);
		assert_int_equal(h.result, i == 0 ? STORE_OK : STORE_CONFLICT);
	}
	assert_int_equal(take(AMINA, "a", false).count, 1);
}

static void
what_was_sent_leaves_its_queue(void **state)
{
	char id[MESSAGE_ID];
	struct heard h;

	(void)state;
	enqueue_one(id);
	h = take(AMINA, "a", false);
	assert_int_equal(sent(h.queued[0].entry, id, "sent", "1a"), STORE_OK);
	assert_string_equal(redis_fixture_cli(&f, "XLEN %s", queue), "0");
	assert_int_equal(strtol(
	    redis_fixture_cli(&f, "XPENDING %s mlango", queue), NULL, 10), 0);
	assert_string_equal(life(id, "state"), "sent");
	assert_string_equal(life(id, "smsc_id"), "1a");
	store_restart();
	assert_int_equal(take(AMINA, "a", true).count, 0);
}

/* ---- again */

static void
after_a_crash_a_consumer_finds_its_own_again_each_once(void **state)
{
	char ids[3][MESSAGE_ID];
	struct store_message list[] = { message(ids[0], "one"),
		message(ids[1], "two"), message(ids[2], "three") };
	struct heard h;
	int i;

	(void)state;
	enqueue(list, 3, NULL, "epoch001v001");
	assert_int_equal(take(AMINA, "a", false).count, 3);
	store_restart();
	for (i = 0; i < 3; i++) {
		struct heard one = { 0 };

		store_take(store, "vodacom", store_partition(store, AMINA),
		    "a", 1, true, 60000, heard_queued, &one);
		heard_wait(&one);
		assert_int_equal(one.count, 1);
		assert_true(one.queued[0].resent);
		assert_string_equal(one.queued[0].id, ids[i]);
	}
	h = take(AMINA, "a", true);
	assert_int_equal(h.count, 0);
	store_restart();
	assert_int_equal(take(AMINA, "a", true).count, 3);
}

/* What it took since it began is in its hands. */
static void
a_consumer_does_not_find_again_what_it_took_since(void **state)
{
	char ids[2][MESSAGE_ID];
	struct store_message list[] = { message(ids[0], "one"),
		message(ids[1], "two") };
	struct heard h;

	(void)state;
	enqueue(&list[0], 1, NULL, "epoch001v001");
	assert_int_equal(take(AMINA, "a", false).count, 1);
	store_restart();
	h = take(AMINA, "a", true);
	assert_int_equal(h.count, 1);
	assert_string_equal(h.queued[0].id, ids[0]);
	enqueue(&list[1], 1, "epoch001v001", "epoch001v002");
	h = take(AMINA, "a", false);
	assert_int_equal(h.count, 1);
	assert_string_equal(h.queued[0].id, ids[1]);
	assert_int_equal(take(AMINA, "a", true).count, 0);
}

static void
what_another_consumer_holds_is_left_to_it_until_it_idles(void **state)
{
	char id[MESSAGE_ID];
	struct heard h = { 0 };

	(void)state;
	enqueue_one(id);
	assert_int_equal(take(AMINA, "a", false).count, 1);
	assert_int_equal(take(AMINA, "b", true).count, 0);
	store_take(store, "vodacom", store_partition(store, AMINA), "b", 8,
	    true, 0, heard_queued, &h);
	heard_wait(&h);
	assert_int_equal(h.count, 1);
	assert_true(h.queued[0].resent);
	assert_string_equal(h.queued[0].id, id);
	assert_string_equal(h.queued[0].text, "Deni lako ni 1,200/=");
	/* It is b's now, and not idle any more. */
	assert_int_equal(take(AMINA, "b", true).count, 0);
	assert_int_equal(take(AMINA, "a", true).count, 0);
}

static void
an_entry_deleted_while_it_was_held_is_passed_over(void **state)
{
	char ids[2][MESSAGE_ID];
	struct store_message list[] = { message(ids[0], "one"),
		message(ids[1], "two") };
	struct heard h;

	(void)state;
	enqueue(list, 2, NULL, "epoch001v001");
	h = take(AMINA, "a", false);
	redis_fixture_cli(&f, "XDEL %s %s", queue, h.queued[0].entry);
	store_restart();
	h = take(AMINA, "a", true);
	assert_int_equal(h.count, 1);
	assert_string_equal(h.queued[0].id, ids[1]);
}

static void
a_message_that_is_gone_leaves_no_life_behind(void **state)
{
	char id[MESSAGE_ID];
	struct heard h;

	(void)state;
	enqueue_one(id);
	h = take(AMINA, "a", false);
	redis_fixture_cli(&f, "DEL 'mlango:message:{p%d}:%s'",
	    store_partition(store, AMINA), id);
	assert_int_equal(sent(h.queued[0].entry, id, "sent", "1a"), STORE_OK);
	assert_int_equal(receipt("1a", "delivered", true), STORE_MISSING);
	assert_string_equal(life(id, "state"), "");
}

/* ---- receipts */

static void
a_receipt_finds_its_message_by_the_operators_id(void **state)
{
	char id[MESSAGE_ID];
	struct heard h;

	(void)state;
	enqueue_one(id);
	h = take(AMINA, "a", false);
	sent(h.queued[0].entry, id, "sent", "1a:{x}");
	assert_int_equal(receipt("1a:{x}", "delivered", true), STORE_OK);
	assert_string_equal(life(id, "state"), "delivered");
	assert_int_equal(receipt("1b", "delivered", true), STORE_MISSING);
	assert_in_range(strtol(redis_fixture_cli(&f,
	    "PTTL 'mlango:receipt:vodacom:1a:{x}'"), NULL, 10),
	    604000000, 604800000);
}

static void
the_first_final_receipt_stands(void **state)
{
	static const struct {
		const char *heard;
		bool final;
		const char *state;
	} cases[] = {
		{ "ENROUTE", false, "ENROUTE" },
		{ "ACCEPTD", false, "ACCEPTD" },
		{ "DELIVRD", true, "DELIVRD" },
		{ "UNDELIV", true, "DELIVRD" },
		{ "ENROUTE", false, "DELIVRD" },
	};
	char id[MESSAGE_ID];
	struct heard h;
	size_t i;

	(void)state;
	enqueue_one(id);
	h = take(AMINA, "a", false);
	sent(h.queued[0].entry, id, "sent", "1a");
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(receipt("1a", cases[i].heard,
		    cases[i].final), STORE_OK);
		assert_string_equal(life(id, "state"), cases[i].state);
	}
}

/* Sent twice after a crash: the receipt of either copy closes it, and the
 * second answer does not open it again. */
static void
a_receipt_stands_over_a_later_answer(void **state)
{
	char id[MESSAGE_ID];
	struct heard h;

	(void)state;
	enqueue_one(id);
	h = take(AMINA, "a", false);
	sent(h.queued[0].entry, id, "sent", "1a");
	assert_int_equal(receipt("1a", "delivered", true), STORE_OK);
	sent(h.queued[0].entry, id, "sent", "1b");
	assert_string_equal(life(id, "state"), "delivered");
	assert_int_equal(receipt("1b", "failed", true), STORE_OK);
	assert_string_equal(life(id, "state"), "delivered");
}

static void
a_message_that_failed_needs_no_operators_id(void **state)
{
	char id[MESSAGE_ID];
	struct heard h;

	(void)state;
	enqueue_one(id);
	h = take(AMINA, "a", false);
	assert_int_equal(sent(h.queued[0].entry, id, "failed", NULL), STORE_OK);
	assert_string_equal(life(id, "state"), "failed");
	assert_string_equal(
	    redis_fixture_cli(&f, "KEYS 'mlango:receipt:*'"), "");
}

static void
a_receipt_that_leads_to_no_id_of_ours_is_nobodys(void **state)
{
	(void)state;
	redis_fixture_cli(&f, "SET mlango:receipt:vodacom:1a nonsense");
	assert_int_equal(receipt("1a", "delivered", true), STORE_MISSING);
}

/* ---- leases, graphs, counters */

static struct heard
lease(const char *node, int64_t ttl_ms)
{
	struct heard h = { 0 };

	store_lease(store, "vodacom:1", node, ttl_ms, heard_leased, &h);
	heard_wait(&h);
	assert_int_equal(h.result, STORE_OK);
	return h;
}

static bool
is_leased_to_b(void *arg)
{
	(void)arg;
	return lease("b", 60000).owned;
}

static void
a_lease_is_its_owners_until_it_ends(void **state)
{
	(void)state;
	assert_true(lease("a", 60000).owned);
	assert_false(lease("b", 60000).owned);
	assert_true(lease("a", 30).owned);
	redis_fixture_until(&f, is_leased_to_b, NULL);
	assert_false(lease("a", 60000).owned);
}

static long
left_ms(const char *key)
{
	return strtol(redis_fixture_cli(&f, "PTTL mlango:%s", key), NULL, 10);
}

static void
live_for(const char *hash, enum store_life life, int64_t ms)
{
	struct heard h = { 0 };

	store_graph_life(store, hash, life, ms, heard_committed, &h);
	heard_wait(&h);
	assert_int_equal(h.result, STORE_OK);
}

static void
a_graph_that_is_live_does_not_end_and_an_old_one_does(void **state)
{
	struct heard h = { 0 };

	(void)state;
	store_put_graph(store, "ab12", "menu", 4, heard_committed, &h);
	heard_wait(&h);
	live_for("ab12", STORE_PROLONGED, 50000);
	assert_int_equal(left_ms("graph:ab12"), -1);
	live_for("ab12", STORE_ENDING, 50000);
	assert_in_range(left_ms("graph:ab12"), 40000, 50000);
	live_for("ab12", STORE_ENDING, 10000);
	assert_in_range(left_ms("graph:ab12"), 40000, 50000);
	live_for("ab12", STORE_PROLONGED, 90000);
	assert_in_range(left_ms("graph:ab12"), 80000, 90000);
	live_for("ab12", STORE_KEPT, 0);
	assert_int_equal(left_ms("graph:ab12"), -1);
	live_for("ab12", STORE_ENDING, 50000);
	h = (struct heard){ 0 };
	store_put_graph(store, "ab12", "menu", 4, heard_committed, &h);
	heard_wait(&h);
	assert_int_equal(left_ms("graph:ab12"), -1);
	live_for("cd34", STORE_ENDING, 50000);
	assert_int_equal(left_ms("graph:cd34"), -2);
}

static void
a_graph_is_found_by_its_hash(void **state)
{
	struct heard h = { 0 }, none = { 0 };

	(void)state;
	store_put_graph(store, "ab12", "menu\0source", 11, heard_committed, &h);
	heard_wait(&h);
	assert_int_equal(h.result, STORE_OK);
	h.answers = 0;
	store_get_graph(store, "ab12", heard_loaded, &h);
	heard_wait(&h);
	assert_int_equal(h.result, STORE_OK);
	assert_int_equal(h.len, 11);
	assert_memory_equal(h.octets, "menu\0source", 11);
	store_get_graph(store, "cd34", heard_loaded, &none);
	heard_wait(&none);
	assert_int_equal(none.result, STORE_MISSING);
}

static bool
is_flushed(void *arg)
{
	return strcmp(redis_fixture_cli(&f,
	    "HMGET mlango:stat:turns played refused"), arg) == 0;
}

static void
counters_add_up_and_reach_redis(void **state)
{
	char first[] = "5\n1", second[] = "6\n1";
	int i;

	(void)state;
	for (i = 0; i < 5; i++)
		store_count(store, "turns", "played", 1);
	store_count(store, "turns", "refused", 3);
	store_count(store, "turns", "refused", -2);
	redis_fixture_until(&f, is_flushed, first);
	store_count(store, "turns", "played", 1);
	redis_fixture_until(&f, is_flushed, second);
}

static bool
is_down(void *arg)
{
	(void)arg;
	return !redis_is_up(redis);
}

static void
counters_outlive_a_redis_that_is_away(void **state)
{
	char all[] = "7";

	(void)state;
	redis_fixture_kill(&f);
	redis_fixture_until(&f, is_down, NULL);
	store_count(store, "turns", "played", 7);
	redis_fixture_run(&f);
	redis_fixture_until(&f, is_flushed, all);
}

int
main(void)
{
#define TEST(what) cmocka_unit_test_setup(what, fresh)
	static const struct CMUnitTest tests[] = {
		TEST(a_queue_that_nobody_filled_is_empty),
		TEST(what_was_committed_is_taken_in_order_and_once),
		TEST(a_message_committed_again_under_its_id_is_queued_once),
		TEST(a_refused_commit_queues_nothing),
		TEST(a_late_answer_is_queued_as_its_call_is_closed),
		TEST(what_was_sent_leaves_its_queue),
		TEST(after_a_crash_a_consumer_finds_its_own_again_each_once),
		TEST(a_consumer_does_not_find_again_what_it_took_since),
		TEST(what_another_consumer_holds_is_left_to_it_until_it_idles),
		TEST(an_entry_deleted_while_it_was_held_is_passed_over),
		TEST(a_message_that_is_gone_leaves_no_life_behind),
		TEST(a_receipt_finds_its_message_by_the_operators_id),
		TEST(the_first_final_receipt_stands),
		TEST(a_receipt_stands_over_a_later_answer),
		TEST(a_message_that_failed_needs_no_operators_id),
		TEST(a_receipt_that_leads_to_no_id_of_ours_is_nobodys),
		TEST(a_lease_is_its_owners_until_it_ends),
		TEST(a_graph_is_found_by_its_hash),
		TEST(a_graph_that_is_live_does_not_end_and_an_old_one_does),
		TEST(counters_add_up_and_reach_redis),
		TEST(counters_outlive_a_redis_that_is_away),
	};

	redis_fixture_need();
	return cmocka_run_group_tests(tests, begin, store_end);
}
