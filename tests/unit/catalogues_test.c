/*
 * Catalogues that other nodes published: fetched by their hashes, compiled,
 * and kept while somebody needs them.
 */
#include "gateway/manifest.h"
#include "menus/builder.h"
#include "tests/unit/world.h"

/* A session, its resume, a late call and a minute, by the menus' limits. */
#define NEEDED_MS ((120 + 300 + 60 + 60) * 1000)

static struct digest published(struct world *w);
static void heard(void *arg, const struct catalogue *found);
static struct catalogue *with_title(struct world *w, const char *title);
static struct digest adopt(struct world *w, const char *title);
static int64_t life_of(struct world *w, const struct digest *hash);
static const char *as_hex(const struct digest *hash);

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
	/* What stands last is only which was published last. */
	for (i = 0; i < w->graph_count - 1; i++) {
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

/* ---- swapped while sessions go on */

static void
new_sessions_begin_on_what_was_adopted_and_old_ones_go_on(void **state)
{
	struct world *w = a_world("smppplus");
	struct digest old = catalogues_current(w->g.catalogues)->hash, new;

	(void)state;
	dials(w, "*152*00*3*1#");
	settles(w);
	new = adopt(w, "Jipya");
	settles(w);
	assert_false(digest_equal(&new, &old));
	types(w, "2000000");
	settles(w);
	assert_true(digest_equal(&stored(w)->catalogue, &old));
	dials(w, "*152*00*8#"); /* the old one is not offered */
	settles(w);
	assert_true(digest_equal(&stored(w)->catalogue, &new));
	world_end(w);
}

static void
what_nobody_plays_any_more_goes_after_a_while(void **state)
{
	struct world *w = a_world("smppplus");
	struct catalogues *all = w->g.catalogues;
	const struct catalogue *held = catalogues_current(all);
	struct digest first = held->hash, second;

	(void)state;
	catalogues_hold(all, held);
	second = adopt(w, "Pili");
	adopt(w, "Tatu");
	settles(w);
	world_passes(w, 1000 * 1000);
	catalogues_tend(all);
	assert_null(catalogues_find(all, &second));
	assert_ptr_equal(catalogues_find(all, &first), held);
	catalogues_release(all, held);
	catalogues_tend(all);
	assert_ptr_equal(catalogues_find(all, &first), held);
	settles(w);
	world_passes(w, 1000 * 1000);
	catalogues_tend(all);
	assert_null(catalogues_find(all, &first));
	settles(w);
	world_end(w);
}

static void
only_so_many_are_kept_that_nobody_plays(void **state)
{
	struct world *w = a_world("smppplus");
	struct catalogues *all = w->g.catalogues;
	struct digest hashes[7];
	char title[8];
	int i;

	(void)state;
	for (i = 0; i < 7; i++) {
		snprintf(title, sizeof(title), "%d", i);
		hashes[i] = adopt(w, title);
		settles(w);
	}
	catalogues_tend(all);
	for (i = 0; i < 7; i++)
		assert_int_equal(
		    catalogues_find(all, &hashes[i]) != NULL, i >= 2);
	world_end(w);
}

static void
what_is_live_stays_in_redis_and_what_was_ends(void **state)
{
	struct world *w = a_world("smppplus");
	const struct catalogue *c = catalogues_current(w->g.catalogues);
	struct digest old = c->hash, maji = c->graphs[0]->hash;
	struct digest trial = c->graphs[1]->hash, new;

	(void)state;
	catalogues_publish(w->g.catalogues);
	settles(w);
	assert_int_equal(life_of(w, &old), 0);
	new = adopt(w, "Jipya");
	settles(w);
	assert_int_equal(life_of(w, &new), 0);
	assert_int_equal(life_of(w, &trial), 0); /* both have it */
	assert_int_equal(life_of(w, &old), 2 * NEEDED_MS);
	assert_int_equal(life_of(w, &maji), 2 * NEEDED_MS);
	world_end(w);
}

static void
a_session_on_an_old_menu_prolongs_its_life(void **state)
{
	struct world *w = a_world("smppplus");
	struct digest old = catalogues_current(w->g.catalogues)->hash;
	struct published *p;

	(void)state;
	catalogues_publish(w->g.catalogues);
	dials(w, "*152*00*3*1#");
	settles(w);
	adopt(w, "Jipya");
	settles(w);
	p = published_find(w, as_hex(&old));
	p->life_ms = 1; /* as time does */
	types(w, "100");
	settles(w);
	assert_int_equal(p->life_ms, 1); /* told not long ago */
	world_passes(w, NEEDED_MS);
	types(w, "2000000");
	settles(w);
	assert_int_equal(p->life_ms, 2 * NEEDED_MS);
	world_end(w);
}

/* Another node, on other menus, published later and let ours end. */
static void
what_a_node_plays_stays_though_another_let_it_end(void **state)
{
	struct world *w = a_world("smppplus");
	const struct catalogue *c = catalogues_current(w->g.catalogues);
	struct digest live = c->hash, maji = c->graphs[0]->hash;

	(void)state;
	catalogues_publish(w->g.catalogues);
	settles(w);
	published_find(w, as_hex(&live))->life_ms = 2 * NEEDED_MS;
	published_find(w, as_hex(&maji))->life_ms = 2 * NEEDED_MS;
	catalogues_tend(w->g.catalogues);
	assert_true(nothing_is_asked(w));
	world_passes(w, NEEDED_MS);
	catalogues_tend(w->g.catalogues);
	settles(w);
	assert_int_equal(life_of(w, &live), 0);
	assert_int_equal(life_of(w, &maji), 0);
	world_end(w);
}

static void
what_a_node_published_before_it_ended_ends_too(void **state)
{
	struct world *w = a_world("smppplus");
	struct digest before = published(w);

	(void)state;
	assert_int_equal(life_of(w, &before), 0);
	catalogues_publish(w->g.catalogues);
	settles(w);
	assert_int_not_equal(life_of(w, &before), 0);
	assert_int_equal(
	    life_of(w, &catalogues_current(w->g.catalogues)->hash), 0);
	world_end(w);
}

static void
only_what_nobody_here_has_is_fetched(void **state)
{
	struct world *w = a_world("smppplus");
	struct ear ear = { 0, NULL };
	struct digest other = adopt(w, "Jipya");
	const struct catalogue *now;

	(void)state;
	settles(w);
	world_restart(w);
	now = catalogues_current(w->g.catalogues);
	catalogues_fetch(w->g.catalogues, &other, heard, &ear);
	fetches(w); /* the manifest */
	fetches(w); /* and the one that differs */
	settles(w);
	assert_non_null(ear.found);
	assert_ptr_equal(ear.found->graphs[1], now->graphs[1]);
	assert_ptr_not_equal(ear.found->graphs[0], now->graphs[0]);
	world_end(w);
}

/* The world's own menus, but for one title. */
static struct catalogue *
with_title(struct world *w, const char *title)
{
	const struct catalogue *now = catalogues_current(w->g.catalogues);
	struct source menus = catalogue_source(now), maji;
	struct findings f;
	struct catalogue *c;
	struct builder *b;
	const char *at;
	size_t i;

	maji = graph_source(now->graphs[0]);
	at = strstr(maji.text, "title = { sw = \"");
	assert_non_null(at);
	at = strchr(at, '"') + 1;
	maji.text = arena_printf(w->arena, "%.*s%s%s",
	    (int)(at - maji.text), maji.text, title, strchr(at, '"'));
	maji.len = strlen(maji.text);
	findings_init(&f, w->arena);
	b = builder_new(&menus, 0, 0, now, &f);
	builder_add(b, &maji);
	for (i = 1; i < now->graph_count; i++) {
		struct source same = graph_source(now->graphs[i]);

		builder_add(b, &same);
	}
	c = builder_finish(b);
	builder_free(b);
	assert_non_null(c);
	return c;
}

static struct digest
adopt(struct world *w, const char *title)
{
	struct catalogue *next = with_title(w, title);
	struct digest hash = next->hash;

	catalogues_adopt(w->g.catalogues, next);
	return hash;
}

static int64_t
life_of(struct world *w, const struct digest *hash)
{
	const struct published *p = published_find(w, as_hex(hash));

	assert_non_null(p);
	return p->life_ms;
}

static const char *
as_hex(const struct digest *hash)
{
	static char hex[DIGEST_HEX];

	digest_hex(hash, hex);
	return hex;
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
		cmocka_unit_test(new_sessions_begin_on_what_was_adopted_and_old_ones_go_on),
		cmocka_unit_test(what_nobody_plays_any_more_goes_after_a_while),
		cmocka_unit_test(only_so_many_are_kept_that_nobody_plays),
		cmocka_unit_test(what_is_live_stays_in_redis_and_what_was_ends),
		cmocka_unit_test(a_session_on_an_old_menu_prolongs_its_life),
		cmocka_unit_test(what_a_node_plays_stays_though_another_let_it_end),
		cmocka_unit_test(what_a_node_published_before_it_ended_ends_too),
		cmocka_unit_test(only_what_nobody_here_has_is_fetched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
