/*
 * Catalogues that other nodes published: fetched by their hashes, compiled,
 * and kept while somebody needs them.
 */
#include "gateway/manifest.h"
#include "tests/unit/world.h"

static struct digest published(struct world *w);
static void heard(void *arg, const struct catalogue *found);

struct ear {
	int times;
	const struct catalogue *found;
};

static void
a_published_catalogue_is_put_together_again(void **state)
{
	struct world *w = a_world("smppplus");
	struct digest hash = published(w);
	struct ear ear = { 0, NULL };

	(void)state;
	assert_null(catalogues_find(w->g.catalogues, &hash));
	catalogues_fetch(w->g.catalogues, &hash, heard, &ear);
	assert_int_equal(ear.times, 0);
	settles(w);
	assert_int_equal(ear.times, 1);
	assert_non_null(ear.found);
	assert_true(digest_equal(&ear.found->hash, &hash));
	assert_ptr_equal(catalogues_find(w->g.catalogues, &hash), ear.found);
	world_end(w);
}

static void
a_session_goes_on_with_the_menu_that_it_began_on(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	catalogues_publish(w->g.catalogues);
	dials(w, "*152*00*3*1#");
	settles(w);
	w->menus = "config/menus.cfg";
	world_restart(w);
	types(w, "2000000");
	settles(w);
	assert_int_equal(stored(w)->version, 2);
	assert_non_null(strstr(screen(w), "Kiasi 2,000,000?"));
	world_end(w);
}

static void
a_session_whose_menu_is_gone_hears_so(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	dials(w, "*152*00*3*1#");
	settles(w);
	w->menus = "config/menus.cfg";
	world_restart(w);
	types(w, "600");
	settles(w);
	assert_true(is_over(w));
	assert_int_equal(world_counted(w, "turns", "changed"), 1);
	assert_int_equal(acknowledged(w, PDU_ROK), 2);
	world_end(w);
}

static void
a_text_whose_menu_is_gone_is_read_as_a_new_one(void **state)
{
	struct world *w = a_world("smppplus");

	(void)state;
	texts(w, "CHAGUA");
	settles(w);
	assert_int_equal(stored_of(w, BY_SMS)->life, RECORD_LIVE);
	w->menus = "config/menus.cfg";
	world_restart(w);
	texts(w, "7");
	settles(w);
	assert_int_equal(held_count(w->messages), 2);
	assert_int_equal(acknowledged(w, PDU_ROK), 2);
	world_end(w);
}

static void
many_that_want_the_same_share_one_fetch(void **state)
{
	struct world *w = a_world("smppplus");
	struct digest hash = published(w);
	struct ear ears[3] = { { 0, NULL } };
	struct catalogues_ask *second;

	(void)state;
	catalogues_fetch(w->g.catalogues, &hash, heard, &ears[0]);
	second = catalogues_fetch(w->g.catalogues, &hash, heard, &ears[1]);
	catalogues_fetch(w->g.catalogues, &hash, heard, &ears[2]);
	assert_int_equal(questions(w), 1);
	fetches(w);
	catalogues_cancel(second);
	settles(w);
	assert_int_equal(ears[0].times, 1);
	assert_int_equal(ears[1].times, 0);
	assert_int_equal(ears[2].times, 1);
	assert_ptr_equal(ears[0].found, ears[2].found);
	world_end(w);
}

static void
what_nobody_wants_any_more_is_not_fetched(void **state)
{
	struct world *w = a_world("smppplus");
	struct digest hash = published(w);
	struct ear ear = { 0, NULL };
	struct catalogues_ask *ask = catalogues_fetch(
	    w->g.catalogues, &hash, heard, &ear);

	(void)state;
	fetches(w);
	catalogues_cancel(ask);
	assert_true(nothing_is_asked(w));
	catalogues_fetch(w->g.catalogues, &hash, heard, &ear);
	assert_int_equal(questions(w), 1);
	world_end(w); /* taken down while it is fetched */
	assert_int_equal(ear.times, 0);
}

static void
what_cannot_be_had_whole_is_not_had(void **state)
{
	struct world *w = a_world("smppplus");
	struct digest hash = published(w);
	struct ear ear = { 0, NULL };
	int i;

	(void)state;
	for (i = 0; i < w->graph_count; i++) {
		size_t len = w->graphs[i].len;

		w->graphs[i].len = len / 2;
		catalogues_fetch(w->g.catalogues, &hash, heard, &ear);
		settles(w);
		w->graphs[i].len = len;
		assert_int_equal(ear.times, i + 1);
		assert_null(ear.found);
	}
	catalogues_fetch(w->g.catalogues, &hash, heard, &ear);
	refuses(w, GET, STORE_DOWN);
	assert_int_equal(ear.times, i + 1);
	assert_null(ear.found);
	world_end(w);
}

static void
a_manifest_comes_back_whole_or_not_at_all(void **state)
{
	struct world *w = a_world("smppplus");
	const struct catalogue *c = catalogues_current(w->g.catalogues);
	struct manifest m;
	uint8_t *octets;
	size_t len, i;

	(void)state;
	octets = manifest_pack(w->arena, c, &len);
	for (i = 0; i < len; i++)
		assert_int_equal(
		    manifest_unpack(w->arena, octets, i, &m), -1);
	assert_int_equal(manifest_unpack(w->arena, octets, len, &m), 0);
	assert_int_equal(m.count, c->graph_count);
	assert_string_equal(m.menus.name, catalogue_source(c).name);
	octets[len - 1] = 'x'; /* no hash: it would name another key */
	assert_int_equal(manifest_unpack(w->arena, octets, len, &m), -1);
	world_end(w);
}

/* By a node that is not here any more; this one has another menu. */
static struct digest
published(struct world *w)
{
	struct digest hash = catalogues_current(w->g.catalogues)->hash;

	catalogues_publish(w->g.catalogues);
	settles(w);
	w->menus = "config/menus.cfg";
	world_restart(w);
	return hash;
}

static void
heard(void *arg, const struct catalogue *found)
{
	struct ear *ear = arg;

	ear->times++;
	ear->found = found;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_published_catalogue_is_put_together_again),
		cmocka_unit_test(
		    a_session_goes_on_with_the_menu_that_it_began_on),
		cmocka_unit_test(a_session_whose_menu_is_gone_hears_so),
		cmocka_unit_test(
		    a_text_whose_menu_is_gone_is_read_as_a_new_one),
		cmocka_unit_test(many_that_want_the_same_share_one_fetch),
		cmocka_unit_test(what_nobody_wants_any_more_is_not_fetched),
		cmocka_unit_test(what_cannot_be_had_whole_is_not_had),
		cmocka_unit_test(a_manifest_comes_back_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
