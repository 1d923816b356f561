/*
 * What is published, against a real Redis: everything of an act or nothing,
 * and nothing that is not needed stays.
 */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "storage/publish.h"

#define ASHA "asha(1000)"

static struct arena *arena;

/* The last answers. */
static struct {
	enum store_result result;
	int answers;
	int64_t version;
	bool unchanged;
	char live[512], candidates[512], versions[4096], audit[4096];
	size_t count;
} h;

static bool
is_heard(void *arg)
{
	(void)arg;
	return h.answers > 0;
}

static void
wait_for_it(void)
{
	redis_fixture_until(&f, is_heard, NULL);
}

static void
hear_order(void *arg, enum store_result result)
{
	(void)arg;
	h.answers++;
	h.result = result;
}

static void
hear_standing(void *arg, enum store_result result, const struct standing *s)
{
	char *live = h.live, *candidates = h.candidates;
	size_t i;

	(void)arg;
	h.answers++;
	h.result = result;
	h.version = s->version;
	h.unchanged = s->unchanged;
	*live = *candidates = '\0';
	for (i = 0; i < s->live_count; i++)
		live += sprintf(live, "%s:%s:%d:%s:%s ", s->live[i].name,
		    s->live[i].hash, (int)s->live[i].number, s->live[i].who,
		    s->live[i].act);
	for (i = 0; i < s->candidate_count; i++)
		candidates += sprintf(candidates, "%s:%s:%s:%d:%s:%s ",
		    s->candidates[i].name, s->candidates[i].hash,
		    s->candidates[i].base, (int)s->candidates[i].uid,
		    s->candidates[i].trial, s->candidates[i].numbers);
}

static void
hear_versions(void *arg, enum store_result result, const struct version *list,
    size_t count)
{
	char *to = h.versions;
	size_t i;

	(void)arg;
	h.answers++;
	h.result = result;
	h.count = count;
	*to = '\0';
	for (i = 0; i < count; i++)
		to += sprintf(to, "%d:%s ", (int)list[i].number, list[i].hash);
}

static void
hear_audit(void *arg, enum store_result result, const struct audited *list,
    size_t count)
{
	char *to = h.audit;
	size_t i;

	(void)arg;
	h.answers++;
	h.result = result;
	h.count = count;
	*to = '\0';
	for (i = 0; i < count && i < 8; i++)
		to += sprintf(to, "%s %s %s %s\n", list[i].who, list[i].act,
		    list[i].on, list[i].outcome);
}

static void
stand(int64_t known)
{
	h.answers = 0;
	store_standing(store, known, hear_standing, NULL);
	wait_for_it();
	assert_int_equal(h.result, STORE_OK);
}

static enum store_result
put(const char *name, const char *hash, const char *source)
{
	h.answers = 0;
	store_put_source(
	    store, name, hash, source, strlen(source), hear_order, NULL);
	wait_for_it();
	return h.result;
}

static enum store_result
act(int64_t expected, const struct store_change *changes, size_t count)
{
	struct store_deed deed = { ASHA, "node-1", "approve", "maji", "done",
		"hash=1", 100, 30 };

	h.answers = 0;
	store_publish(store, expected, changes, count, &deed, hear_order, NULL);
	wait_for_it();
	return h.result;
}

static enum store_result
go_live(int64_t expected, const char *hash)
{
	struct store_change change = { STORE_GOES_LIVE, "maji", hash };

	return act(expected, &change, 1);
}

static const char *
candidate(const char *hash)
{
	struct candidate c = { "maji", hash, "-", 12345, 1000, ASHA, "on",
		"255754000001" };

	return store_candidate_text(arena, &c);
}

static int
begin(void **state)
{
	arena = arena_new();
	return store_begin(state);
}

static int
end(void **state)
{
	arena_free(arena);
	return store_end(state);
}

static void
where_nothing_was_published_there_is_nothing(void **state)
{
	(void)state;
	stand(-1);
	assert_int_equal(h.version, 0);
	assert_false(h.unchanged);
	assert_string_equal(h.live, "");
	assert_string_equal(h.candidates, "");
}

static void
what_is_published_is_live_and_its_version_counts(void **state)
{
	(void)state;
	assert_int_equal(put("maji", "aa", "one"), STORE_OK);
	assert_int_equal(go_live(0, "aa"), STORE_OK);
	assert_int_equal(put("maji", "bb", "two"), STORE_OK);
	assert_int_equal(go_live(1, "bb"), STORE_OK);
	stand(-1);
	assert_int_equal(h.version, 2);
	assert_string_equal(h.live, "maji:bb:2:" ASHA ":approve ");
	stand(2);
	assert_true(h.unchanged);
	stand(1);
	assert_false(h.unchanged);
}

static void
who_knows_an_older_version_changes_nothing(void **state)
{
	(void)state;
	put("maji", "aa", "one");
	put("maji", "bb", "two");
	assert_int_equal(go_live(0, "aa"), STORE_OK);
	assert_int_equal(go_live(0, "bb"), STORE_CONFLICT);
	stand(-1);
	assert_int_equal(h.version, 1);
	assert_string_equal(h.live, "maji:aa:1:" ASHA ":approve ");
}

static void
without_its_source_nothing_goes_live_and_nothing_else_either(void **state)
{
	struct store_change changes[] = { { STORE_GOES_LIVE, "maji", "aa" },
		{ STORE_GOES_LIVE, "necta", "cc" } };

	(void)state;
	put("maji", "aa", "one");
	assert_int_equal(act(0, changes, 2), STORE_MISSING);
	stand(-1);
	assert_int_equal(h.version, 0);
	assert_string_equal(h.live, "");
}

static void
many_changes_are_one(void **state)
{
	struct store_change changes[] = { { STORE_GOES_LIVE, "maji", "aa" },
		{ STORE_GOES_LIVE, "necta", "cc" },
		{ STORE_IS_CANDIDATE, "maji", NULL } };

	(void)state;
	put("maji", "aa", "one");
	put("necta", "cc", "three");
	changes[2].value = candidate("aa");
	assert_int_equal(act(0, changes, 3), STORE_OK);
	stand(-1);
	assert_int_equal(h.version, 1);
	assert_non_null(strstr(h.live, "maji:aa:1"));
	assert_non_null(strstr(h.live, "necta:cc:1"));
	assert_string_equal(h.candidates, "maji:aa:-:1000:on:255754000001 ");
	changes[1] = (struct store_change){ STORE_IS_DROPPED, "maji", "" };
	changes[0] = (struct store_change){ STORE_IS_GONE, "necta", "" };
	assert_int_equal(act(1, changes, 2), STORE_OK);
	stand(-1);
	assert_string_equal(h.live, "maji:aa:1:" ASHA ":approve ");
	assert_string_equal(h.candidates, "");
}

static void
so_many_versions_are_kept_and_their_sources_with_them(void **state)
{
	char hash[16];
	int i;

	(void)state;
	for (i = 1; i <= 30; i++) {
		snprintf(hash, sizeof(hash), "%x", 0xa000 + i);
		put("maji", hash, hash);
		assert_int_equal(go_live(i - 1, hash), STORE_OK);
	}
	h.answers = 0;
	store_history(store, "maji", hear_versions, NULL);
	wait_for_it();
	assert_int_equal(h.count, PUBLISH_KEPT + 1);
	assert_memory_equal(h.versions, "30:a01e 29:a01d ", 16);
	assert_string_equal(
	    redis_fixture_cli(&f, "HLEN 'mlango:sources:{menus}:maji'"), "21");
	assert_string_equal(
	    redis_fixture_cli(&f, "HEXISTS 'mlango:sources:{menus}:maji' a009"),
	    "0");
	assert_string_equal(
	    redis_fixture_cli(&f, "TTL 'mlango:sources:{menus}:maji'"), "-1");
}

static void
a_candidates_source_stays_while_it_waits(void **state)
{
	struct store_change waits = { STORE_IS_CANDIDATE, "maji", NULL };
	struct store_change dropped = { STORE_IS_DROPPED, "maji", "" };

	(void)state;
	put("maji", "aa", "one");
	put("maji", "bb", "two");
	waits.value = candidate("bb");
	assert_int_equal(act(-1, &waits, 1), STORE_OK);
	assert_int_equal(go_live(1, "aa"), STORE_MISSING);
	put("maji", "aa", "one");
	assert_int_equal(go_live(1, "aa"), STORE_OK);
	assert_string_equal(
	    redis_fixture_cli(&f, "HLEN 'mlango:sources:{menus}:maji'"), "2");
	assert_int_equal(act(-1, &dropped, 1), STORE_OK);
	assert_string_equal(
	    redis_fixture_cli(&f, "HKEYS 'mlango:sources:{menus}:maji'"), "aa");
}

static void
who_did_what_is_written_down_with_it_or_alone(void **state)
{
	(void)state;
	put("maji", "aa", "one");
	assert_int_equal(go_live(0, "aa"), STORE_OK);
	assert_int_equal(go_live(0, "aa"), STORE_CONFLICT);
	assert_int_equal(act(-1, NULL, 0), STORE_OK);
	stand(-1);
	assert_int_equal(h.version, 1);
	h.answers = 0;
	store_audit(store, 10, hear_audit, NULL);
	wait_for_it();
	assert_int_equal(h.count, 2);
	assert_string_equal(
	    h.audit, ASHA " approve maji done\n" ASHA " approve maji done\n");
}

/* Redis trims whole nodes of a stream, so a little more may stay. */
static void
the_audit_log_is_bounded(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 450; i++)
		assert_int_equal(act(-1, NULL, 0), STORE_OK);
	assert_in_range(
	    atoi(redis_fixture_cli(&f, "XLEN 'mlango:audit:{menus}'")), 100,
	    200);
}

static void
all_of_it_is_in_one_slot(void **state)
{
	struct store_change changes[] = { { STORE_GOES_LIVE, "maji", "aa" },
		{ STORE_IS_CANDIDATE, "maji", NULL } };
	char *keys, *key, *rest;

	(void)state;
	put("maji", "aa", "one");
	changes[1].value = candidate("aa");
	assert_int_equal(act(0, changes, 2), STORE_OK);
	keys = arena_string(arena, redis_fixture_cli(&f, "KEYS 'mlango:*'"));
	for (key = strtok_r(keys, "\n", &rest); key != NULL;
	     key = strtok_r(NULL, "\n", &rest))
		if (strstr(key, "request-key") == NULL &&
		    strstr(key, "{menus}") == NULL)
			fail_msg("%s is elsewhere", key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    where_nothing_was_published_there_is_nothing, store_forget),
		cmocka_unit_test_setup(
		    what_is_published_is_live_and_its_version_counts,
		    store_forget),
		cmocka_unit_test_setup(
		    who_knows_an_older_version_changes_nothing, store_forget),
		cmocka_unit_test_setup(
		    without_its_source_nothing_goes_live_and_nothing_else_either,
		    store_forget),
		cmocka_unit_test_setup(many_changes_are_one, store_forget),
		cmocka_unit_test_setup(
		    so_many_versions_are_kept_and_their_sources_with_them,
		    store_forget),
		cmocka_unit_test_setup(
		    a_candidates_source_stays_while_it_waits, store_forget),
		cmocka_unit_test_setup(
		    who_did_what_is_written_down_with_it_or_alone,
		    store_forget),
		cmocka_unit_test_setup(the_audit_log_is_bounded, store_forget),
		cmocka_unit_test_setup(all_of_it_is_in_one_slot, store_forget),
	};

	redis_fixture_need();
	return cmocka_run_group_tests(tests, begin, end);
}
