/*
 * Erasing a number, and telling what is held, against a real Redis: nothing of
 * it is found in any key afterwards, whatever there was.
 */
#include "tests/unit/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER "255798765432"
#define DIGITS "798765432" /* however it is written */
#define SWAPPED "528967452323" /* as semi-octets are */
#define DAY_MS INT64_C(86400000)

static const struct session_key asked = { NUMBER, "vodacom", "sms" };
static const char stamp[] = "epoch001v001";
static char said[MESSAGE_ID];

static void
put(const struct session_key *key, const char *record,
    const struct store_call *opens, const struct store_message *m,
    const struct kept *keeps)
{
	struct store_commit c = { .key = *key,
		.octets = (const uint8_t *)record,
		.len = strlen(record),
		.live_ms = 60000,
		.begins = true,
		.opens = opens,
		.keeps = keeps,
		.messages = m,
		.message_count = m != NULL };

	assert_int_equal(commit(&c), STORE_OK);
}

static struct store_message
message(char *id, const char *text)
{
	message_id_new(store, NUMBER, id);
	return (struct store_message){ id, "vodacom", NUMBER, "15200", text,
		"maji" };
}

static enum store_result
sent(const struct heard *h, size_t i, const char *smsc_id)
{
	struct heard done = { 0 };

	store_sent(store, "vodacom", store_partition(store, NUMBER),
	    h->queued[i].entry, h->queued[i].id, "sent", smsc_id,
	    heard_committed, &done);
	heard_wait(&done);
	return done.result;
}

static enum store_result
receipt(const char *smsc_id)
{
	struct heard done = { 0 };

	store_receipt(store, "vodacom", smsc_id, "delivered", true,
	    heard_committed, &done);
	heard_wait(&done);
	return done.result;
}

static enum store_result
erase(const char *with)
{
	struct heard done = { 0 };
	struct store_message m = message(said, "Zimefutwa.");

	store_erase(store, &asked, (const uint8_t *)with, &m, heard_committed,
	    &done);
	heard_wait(&done);
	return done.result;
}

/* Every key's name, and all that it holds, as text. */
static bool
is_anywhere(const char *text)
{
	return strtol(redis_fixture_cli(&f,
	           "EVAL \"local n = 0 local function look(v) if type(v) == "
	           "'table' then for _, e in ipairs(v) do look(e) end elseif "
	           "string.find(tostring(v), ARGV[1], 1, true) then n = n + 1 "
	           "end end for _, k in ipairs(redis.call('keys', '*')) do "
	           "look(k) local t = redis.call('type', k).ok if t == "
	           "'string' then look(redis.call('get', k)) elseif t == "
	           "'hash' then look(redis.call('hgetall', k)) elseif t == "
	           "'zset' then look(redis.call('zrange', k, 0, -1)) elseif t "
	           "== 'set' then look(redis.call('smembers', k)) elseif t == "
	           "'stream' then look(redis.call('xrange', k, '-', '+')) "
	           "look(redis.call('xpending', k, 'mlango', '-', '+', 100)) "
	           "else look(redis.call('dump', k)) end end return n\" "
	           "0 %s",
	           text),
	           NULL, 10) > 0;
}

/* All that there can be about a number; the second message is in hand. */
static struct heard
everything(char ids[3][MESSAGE_ID])
{
	static const char *const operators[] = { "vodacom", "airtel",
		"gone:operator" };
	static const struct session_key others[] = {
		{ NUMBER, "vodacom", "ussd" }, { NUMBER, "airtel", "ussd" },
		{ NUMBER, "airtel", "sms" }, { NUMBER, "gone:operator", "ussd" }
	};
	const struct kept kept = { "maji", "acct", "A1234567", 's', DAY_MS };
	struct store_call call = { .id = "01-call",
		.deadline_ms = 60000,
		.octets = (const uint8_t *)NUMBER,
		.len = strlen(NUMBER) };
	struct store_call plan = { .id = "01-plan",
		.deadline_ms = 3 * DAY_MS,
		.octets = (const uint8_t *)NUMBER,
		.len = strlen(NUMBER) };
	struct store_commit dropped = { .key = others[0],
		.stamp = (const uint8_t *)stamp,
		.octets = (const uint8_t *)"epoch001v002 " NUMBER,
		.len = 13 + strlen(NUMBER),
		.ends = true,
		.drops = { (const uint8_t *)NUMBER, strlen(NUMBER) },
		.drops_ms = 60000 };
	struct store_message m;
	struct heard h;
	size_t i;

	store_note_operators(store, operators, ARRAY_SIZE(operators));
	for (i = 0; i < ARRAY_SIZE(others); i++)
		put(&others[i], "epoch001v001 " NUMBER,
		    i == 1 ? &call : i == 2 ? &plan : NULL, NULL,
		    i == 0 ? &kept : NULL);
	assert_int_equal(commit(&dropped), STORE_OK);
	for (i = 0; i < 3; i++) {
		struct session_key key = { NUMBER, "vodacom", "sms" };
		char record[] = "epoch001v00_";

		m = message(ids[i], "Namba " NUMBER);
		record[11] = (char)('7' + i);
		if (i == 2)
			memcpy(record, stamp, sizeof(record));
		redis_fixture_cli(&f, "DEL 'mlango:session:{p%d}:%s:vodacom:sms'",
		    store_partition(store, NUMBER), NUMBER);
		put(&key, record, NULL, &m, NULL);
	}
	h = take(NUMBER, "node", false);
	assert_int_equal(h.count, 3);
	assert_int_equal(sent(&h, 0, "smsc-1"), STORE_OK);
	assert_int_equal(receipt("smsc-1"), STORE_OK);
	return h;
}

static void
nothing_of_an_erased_number_is_found(void **state)
{
	char ids[3][MESSAGE_ID];
	struct heard h;

	(void)state;
	everything(ids);
	assert_true(is_anywhere(DIGITS));
	assert_true(is_anywhere("smsc-1"));
	assert_int_equal(erase(stamp), STORE_OK);
	/* It waits to be told so, and that is all. */
	h = take(NUMBER, "node", false);
	assert_int_equal(h.count, 1);
	assert_string_equal(h.queued[0].id, said);
	assert_string_equal(h.queued[0].text, "Zimefutwa.");
	assert_int_equal(sent(&h, 0, ""), STORE_OK);
	while (is_anywhere("smsc-1"))
		continue; /* its deletion is on its way */
	assert_false(is_anywhere(DIGITS));
	assert_false(is_anywhere(SWAPPED));
	assert_false(is_anywhere("A1234567"));
	assert_false(is_anywhere("01-call"));
	assert_false(is_anywhere(said));
	assert_false(is_anywhere(ids[0]));
	assert_false(is_anywhere(ids[1]));
	assert_true(is_anywhere("erased:"));
	assert_int_equal(sweep(NUMBER, 50).count, 0);
	assert_false(is_anywhere(DIGITS));
}

static void
what_is_heard_of_an_erased_message_is_written_nowhere(void **state)
{
	char ids[3][MESSAGE_ID];
	struct heard h = everything(ids);

	(void)state;
	assert_int_equal(erase(stamp), STORE_OK);
	/* It was in hand: it went out, and the operator says so. */
	assert_int_equal(sent(&h, 1, "smsc-2"), STORE_OK);
	assert_int_equal(receipt("smsc-1"), STORE_MISSING);
	assert_int_equal(receipt("smsc-2"), STORE_MISSING);
	while (is_anywhere("smsc-2"))
		continue;
	assert_false(is_anywhere(ids[1]));
}

static void
a_turn_or_a_call_that_goes_on_brings_nothing_back(void **state)
{
	const struct session_key ussd = { NUMBER, "airtel", "ussd" };
	struct store_commit c = { .key = ussd,
		.stamp = (const uint8_t *)stamp,
		.octets = (const uint8_t *)"epoch001v002 " NUMBER,
		.len = 13 + strlen(NUMBER),
		.live_ms = 60000 };
	char ids[3][MESSAGE_ID], id[MESSAGE_ID];
	struct store_message m;
	struct heard h = { 0 };

	(void)state;
	everything(ids);
	assert_int_equal(erase(stamp), STORE_OK);
	assert_int_equal(commit(&c), STORE_CONFLICT);
	c.closes = "01-call";
	assert_int_equal(commit(&c), STORE_CONFLICT);
	m = message(id, NUMBER);
	store_close_call(
	    store, NUMBER, "01-call", &m, 1, heard_committed, &h);
	heard_wait(&h);
	assert_int_equal(h.result, STORE_CONFLICT);
	h = (struct heard){ 0 };
	store_keep_call(
	    store, NUMBER, "01-call", 60000, heard_committed, &h);
	heard_wait(&h);
	assert_int_equal(h.result, STORE_CONFLICT);
	h = take(NUMBER, "node", false);
	assert_int_equal(h.count, 1);
	assert_int_equal(sent(&h, 0, ""), STORE_OK);
	assert_false(is_anywhere(DIGITS));
}

static void
whoever_was_not_asked_just_now_erases_nothing(void **state)
{
	char ids[3][MESSAGE_ID];

	(void)state;
	everything(ids);
	assert_int_equal(erase("epoch001v009"), STORE_CONFLICT);
	assert_false(is_anywhere("erased:"));
	assert_true(is_anywhere(ids[2]));
	assert_true(is_anywhere("A1234567"));
}

/* Another citizen of the same partition keeps everything. */
static void
nobody_else_is_erased(void **state)
{
	char other[24], ids[3][MESSAGE_ID];
	struct session_key key = { other, "vodacom", "ussd" };
	const struct kept kept = { "maji", "acct", "B7654321", 'y', DAY_MS };
	int i = 0;

	(void)state;
	do
		snprintf(other, sizeof(other), "2557000%05d", i++);
	while (store_partition(store, other) !=
	    store_partition(store, NUMBER));
	put(&key, "epoch001v001 one", NULL, NULL, &kept);
	everything(ids);
	assert_int_equal(erase(stamp), STORE_OK);
	assert_true(is_anywhere("B7654321"));
	assert_int_equal(load(&key).result, STORE_OK);
}

/* ---- telling */

struct told {
	int answers;
	size_t messages, count;
	char value[32];
};

static void
heard_told(void *arg, enum store_result result, size_t messages,
    const struct kept *list, size_t count)
{
	struct told *t = arg;

	assert_int_equal(result, STORE_OK);
	t->answers++;
	t->messages = messages;
	t->count = count;
	snprintf(t->value, sizeof(t->value), "%s",
	    count > 0 ? list[0].value : "");
}

static bool
is_told(void *arg)
{
	return ((struct told *)arg)->answers > 0;
}

static void
what_is_held_is_told(void **state)
{
	char ids[3][MESSAGE_ID];
	struct told t = { 0 };

	(void)state;
	store_tell(store, NUMBER, heard_told, &t);
	redis_fixture_until(&f, is_told, &t);
	assert_int_equal(t.messages, 0);
	assert_int_equal(t.count, 0);
	everything(ids);
	t = (struct told){ 0 };
	store_tell(store, NUMBER, heard_told, &t);
	redis_fixture_until(&f, is_told, &t);
	assert_int_equal(t.messages, 3);
	assert_int_equal(t.count, 1);
	assert_string_equal(t.value, "A1234567");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, store_forget)
	static const struct CMUnitTest tests[] = {
		TEST(nothing_of_an_erased_number_is_found),
		TEST(what_is_heard_of_an_erased_message_is_written_nowhere),
		TEST(a_turn_or_a_call_that_goes_on_brings_nothing_back),
		TEST(whoever_was_not_asked_just_now_erases_nothing),
		TEST(nobody_else_is_erased),
		TEST(what_is_held_is_told),
	};

	redis_fixture_need();
	return cmocka_run_group_tests(tests, store_begin, store_end);
}
