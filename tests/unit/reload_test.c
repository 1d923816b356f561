/*
 * The menus read again between turns: step by step, once more when somebody
 * asks meanwhile, and never in anyone's way.
 */
#include <stdlib.h>

#include "gateway/reload.h"
#include "tests/unit/world.h"

static const char *menus_path(struct world *w, const char *rest);
static struct reload *a_reload(struct world *w, const char *menus);
static int works_on(struct world *w);
static const struct catalogue *current(struct world *w);

static void
it_takes_a_step_for_each_file(void **state)
{
	struct world *w = a_world("spec");
	struct reload *r = a_reload(w, "config/menus.cfg");
	const struct catalogue *old = current(w);

	(void)state;
	reload_ask(r);
	assert_ptr_equal(current(w), old);
	/* The menus file, the folder, six institutions, all of it, and then
	 * their talks, which are seventy or so. */
	assert_in_range(works_on(w), 75, 105);
	assert_ptr_not_equal(current(w), old);
	assert_string_equal(current(w)->graphs[3]->name, "necta");
	settles(w);
	reload_free(r);
	world_end(w);
}

static void
a_turn_is_played_between_two_steps(void **state)
{
	struct world *w = a_world("spec");
	struct reload *r = a_reload(w, "config/menus.cfg");
	struct digest old = current(w)->hash;

	(void)state;
	reload_ask(r);
	assert_true(world_works(w));
	assert_true(world_works(w));
	dials(w, "*152*00#");
	loads(w);
	commits(w);
	assert_string_not_equal(screen(w), "");
	assert_true(digest_equal(&stored(w)->catalogue, &old));
	assert_true(digest_equal(&current(w)->hash, &old));
	settles(w);
	assert_false(digest_equal(&current(w)->hash, &old));
	reload_free(r);
	world_end(w);
}

static void
what_did_not_change_stays_the_same(void **state)
{
	struct world *w = a_world("spec");
	struct reload *r = a_reload(w, w->menus);
	const struct catalogue *old = current(w);

	(void)state;
	reload_ask(r);
	settles(w);
	assert_ptr_equal(current(w), old);
	reload_free(r);
	world_end(w);
}

static void
who_asks_meanwhile_gets_what_the_files_are_then(void **state)
{
	struct world *w = a_world("spec");
	struct reload *r = a_reload(w, w->menus);
	const struct catalogue *old = current(w);

	(void)state;
	reload_ask(r);
	assert_true(world_works(w));
	w->settings.menus = menus_path(w, "config/menus.cfg");
	reload_ask(r);
	reload_ask(r);
	assert_in_range(works_on(w), 95, 125); /* twice, and not thrice */
	assert_ptr_not_equal(current(w), old);
	settles(w);
	reload_free(r);
	world_end(w);
}

static void
menus_that_cannot_be_read_change_nothing(void **state)
{
	struct world *w = a_world("spec");
	struct reload *r = a_reload(w, "tests/menus/nowhere.cfg");
	const struct catalogue *old = current(w);

	(void)state;
	reload_ask(r);
	settles(w);
	assert_ptr_equal(current(w), old);
	w->settings.menus = menus_path(w, w->menus);
	reload_ask(r); /* and the next is none the worse for it */
	settles(w);
	assert_ptr_equal(current(w), old);
	reload_free(r);
	world_end(w);
}

static void
it_may_be_ended_at_any_step(void **state)
{
	int steps, i;

	(void)state;
	for (steps = 0; steps < 36; steps++) {
		struct world *w = a_world("spec");
		struct reload *r = a_reload(w, "config/menus.cfg");
		const struct catalogue *old = current(w);

		reload_ask(r);
		for (i = 0; i < steps; i++)
			assert_true(world_works(w));
		reload_free(r);
		assert_false(world_works(w));
		assert_ptr_equal(current(w), old);
		world_end(w);
	}
}

static void
who_is_stopping_reads_nothing_any_more(void **state)
{
	struct world *w = a_world("spec");
	struct reload *r = a_reload(w, "config/menus.cfg");

	(void)state;
	w->g.stopping = true;
	reload_ask(r);
	assert_false(world_works(w));
	reload_free(r);
	world_end(w);
}

static struct reload *
a_reload(struct world *w, const char *menus)
{
	w->settings.menus = menus_path(w, menus);
	return reload_new(&w->g);
}

static const char *
menus_path(struct world *w, const char *rest)
{
	const char *root = getenv("MLANGO_SRCDIR");

	return arena_printf(w->arena, "%s/%s", root != NULL ? root : ".", rest);
}

/* How many steps there were. */
static int
works_on(struct world *w)
{
	int steps = 0;

	while (world_works(w))
		steps++;
	return steps;
}

static const struct catalogue *
current(struct world *w)
{
	return catalogues_current(w->g.catalogues);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_takes_a_step_for_each_file),
		cmocka_unit_test(a_turn_is_played_between_two_steps),
		cmocka_unit_test(what_did_not_change_stays_the_same),
		cmocka_unit_test(
		    who_asks_meanwhile_gets_what_the_files_are_then),
		cmocka_unit_test(menus_that_cannot_be_read_change_nothing),
		cmocka_unit_test(it_may_be_ended_at_any_step),
		cmocka_unit_test(who_is_stopping_reads_nothing_any_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
