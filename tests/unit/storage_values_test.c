/*
 * What storage/ decides without asking anyone: how a command is written, what
 * an error means, whether a Redis is fit, what things are called.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "storage/fitness.h"
#include "storage/keys.h"
#include "storage/refusal.h"
#include "storage/sessions.h"
#include "storage/request.h"

static const struct keys keys = { "mlango:", 16 };

static void
a_command_is_written_as_redis_reads_it(void **state)
{
	static const char *const set[] = { "SET", "", "a\0b" };
	static const size_t lens[] = { 3, 0, 3 };
	static const char want[] = "*5\r\n$3\r\nSET\r\n$0\r\n\r\n$3\r\na\0b\r\n"
				   "$2\r\nPX\r\n$5\r\n60000\r\n";
	struct request w = { 0 };

	(void)state;
	request_begin(&w, 99);
	request_text(&w, "forgotten");
	request_begin(&w, 5);
	request_arguments(&w, 3, set, lens);
	request_text(&w, "PX");
	request_number(&w, 60000);
	assert_int_equal(w.len, sizeof(want) - 1);
	assert_memory_equal(w.octets, want, w.len);
	request_free(&w);
}

static void
an_error_says_whether_anything_was_done(void **state)
{
	static const struct {
		const char *error;
		enum refusal refusal;
	} cases[] = {
		{ "NOSCRIPT No matching script. Please use EVAL.",
		    REFUSAL_SCRIPT },
		{ "LOADING Redis is loading the dataset in memory",
		    REFUSAL_LASTS },
		{ "READONLY You can't write against a read only replica.",
		    REFUSAL_LASTS },
		{ "MASTERDOWN Link with MASTER is down", REFUSAL_LASTS },
		{ "NOREPLICAS Not enough good replicas to write.",
		    REFUSAL_LASTS },
		{ "MISCONF Redis is configured to save RDB snapshots",
		    REFUSAL_LASTS },
		{ "OOM command not allowed when used memory > 'maxmemory'.",
		    REFUSAL_LASTS },
		{ "BUSY Redis is busy running a script.", REFUSAL_LASTS },
		{ "NOAUTH Authentication required.", REFUSAL_LASTS },
		{ "CLUSTERDOWN The cluster is down", REFUSAL_LASTS },
		{ "ERR Error running script (call to f_8e5d): "
		  "@user_script:1: -OOM command not allowed",
		    REFUSAL_LASTS },
		{ "ERR Error running script (call to f_8e5d): "
		  "@user_script:1: user_script:1: -- what a mess",
		    REFUSAL_NONE },
		{ "BUSYGROUP Consumer Group name already exists",
		    REFUSAL_NONE },
		{ "WRONGTYPE Operation against a key", REFUSAL_NONE },
		{ "NOPERM this user has no permissions", REFUSAL_NONE },
		{ "ERR unknown: -OOM", REFUSAL_NONE },
		{ "OOM", REFUSAL_LASTS },
		{ "", REFUSAL_NONE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(
		    refusal_of(cases[i].error), cases[i].refusal);
}

static void
an_error_is_shown_without_what_we_said(void **state)
{
	static const char error[] = "ERR unknown command 'AUTH', "
				    "with args beginning with: 'secret' ";

	(void)state;
	assert_int_equal(refusal_shown(error), 26);
	assert_int_equal(refusal_shown("OOM"), 3);
}

static void
a_redis_that_may_forget_is_not_fit(void **state)
{
	static const struct {
		const char *version, *policy;
		int aof;
		enum durability durability;
		const char *trouble, *warning;
	} cases[] = {
		{ "7.0.15", "noeviction", 1, DURABILITY_PROCESS, NULL, NULL },
		{ "6.2.0", "noeviction", 1, DURABILITY_DISK, NULL, NULL },
		{ "10.0.1", "noeviction", 1, DURABILITY_DISK, NULL, NULL },
		{ "6.0.16", "noeviction", 1, DURABILITY_PROCESS, "6.2", NULL },
		{ "5.3", "noeviction", 1, DURABILITY_PROCESS, "6.2", NULL },
		{ "", "noeviction", 1, DURABILITY_PROCESS, "6.2", NULL },
		{ "7.0.15", "allkeys-lru", 1, DURABILITY_PROCESS,
		    "maxmemory-policy", NULL },
		{ "7.0.15", "noevictions", 1, DURABILITY_PROCESS,
		    "maxmemory-policy", NULL },
		{ "7.0.15", "noeviction", 0, DURABILITY_PROCESS, NULL,
		    "appendonly yes" },
		{ "7.0.15", "noeviction", 0, DURABILITY_DISK,
		    "appendonly yes", NULL },
	};
	char info[512];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fitness f;

		snprintf(info, sizeof(info),
		    "# Server\r\nredis_version:%s\r\n\r\n# Memory\r\n"
		    "not_maxmemory_policy:allkeys\r\nmaxmemory_policy:%s\r\n"
		    "aof_enabled:%d",
		    cases[i].version, cases[i].policy, cases[i].aof);
		f = fitness_of(info, cases[i].durability);
		assert_int_equal(f.trouble == NULL, cases[i].trouble == NULL);
		assert_int_equal(f.warning == NULL, cases[i].warning == NULL);
		if (f.trouble != NULL)
			assert_non_null(strstr(f.trouble, cases[i].trouble));
		if (f.warning != NULL)
			assert_non_null(strstr(f.warning, cases[i].warning));
	}
	assert_non_null(fitness_of("", DURABILITY_PROCESS).trouble);
	assert_null(fitness_of_sync("always").trouble);
	assert_non_null(fitness_of_sync("everysec").trouble);
	assert_non_null(fitness_of_sync("").trouble);
}

/* Data stays where it was: these may never change. */
static void
a_number_stays_in_its_partition_for_ever(void **state)
{
	static const struct {
		const char *msisdn;
		int of_16, of_3;
	} cases[] = {
		{ "", 5, 1 },
		{ "255700000001", 11, 2 },
		{ "255712345678", 0, 2 },
	};
	static const struct keys three = { "", 3 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(keys_partition(&keys, cases[i].msisdn),
		    cases[i].of_16);
		assert_int_equal(keys_partition(&three, cases[i].msisdn),
		    cases[i].of_3);
	}
}

static void
numbers_spread_evenly_over_the_partitions(void **state)
{
	int count[16] = { 0 }, i;

	(void)state;
	for (i = 0; i < 16000; i++) {
		char msisdn[16];

		snprintf(msisdn, sizeof(msisdn), "2557%08d", 12345678 + i);
		count[keys_partition(&keys, msisdn)]++;
	}
	for (i = 0; i < 16; i++)
		assert_in_range(count[i], 850, 1150);
}

static void
everything_about_a_number_has_its_tag(void **state)
{
	static const struct session_key who = { "255700000001", "voda:com",
		"ussd" };
	struct key k;
	char tag[16];
	int p = keys_partition(&keys, who.msisdn);

	(void)state;
	snprintf(tag, sizeof(tag), "{p%d}", p);
	keys_session(&keys, &who, &k);
	assert_int_equal(k.len, strlen(k.text));
	assert_non_null(strstr(k.text, tag));
	assert_non_null(strstr(k.text, ":255700000001:voda:com:ussd"));
	keys_due(&keys, p, &k);
	assert_non_null(strstr(k.text, tag));
	keys_call(&keys, p, "id", &k);
	assert_non_null(strstr(k.text, tag));
	keys_message(&keys, p, "id", &k);
	assert_non_null(strstr(k.text, tag));
	keys_queue(&keys, p, "vodacom", &k);
	assert_non_null(strstr(k.text, tag));
	keys_queue(&keys, 7, "vodacom", &k);
	assert_string_equal(k.text, "mlango:mt:{p7}:vodacom:normal");
	keys_receipt(&keys, "vodacom", "1a", &k);
	assert_string_equal(k.text, "mlango:receipt:vodacom:1a");
}

static void
a_message_id_names_its_partition(void **state)
{
	static const char *const none[] = { "", "07", "07-", "-1-", "07-4f",
		"16-00112233445566778899aabbccddeeff",
		"07-00112233445566778899aabbccddeeff0",
		"07-00112233445566778899aabbccddeefg",
		"x7-00112233445566778899aabbccddeeff" };
	char one[MESSAGE_ID], other[MESSAGE_ID];
	size_t i;

	(void)state;
	keys_message_id(&keys, "255700000001", one);
	keys_message_id(&keys, "255700000001", other);
	assert_string_not_equal(one, other);
	assert_int_equal(keys_partition_of_message(&keys, one),
	    keys_partition(&keys, "255700000001"));
	for (i = 0; i < ARRAY_SIZE(none); i++)
		assert_int_equal(
		    keys_partition_of_message(&keys, none[i]), -1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_command_is_written_as_redis_reads_it),
		cmocka_unit_test(an_error_says_whether_anything_was_done),
		cmocka_unit_test(an_error_is_shown_without_what_we_said),
		cmocka_unit_test(a_redis_that_may_forget_is_not_fit),
		cmocka_unit_test(a_number_stays_in_its_partition_for_ever),
		cmocka_unit_test(numbers_spread_evenly_over_the_partitions),
		cmocka_unit_test(everything_about_a_number_has_its_tag),
		cmocka_unit_test(a_message_id_names_its_partition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
