/*
 * Catalogues that are built piece by piece and share what did not change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "menus/builder.h"
#include "menus/catalogue.h"
#include "tests/bench/country.h"

#define COUNT 9

struct fixture {
	struct arena *arena;
	struct findings findings;
	struct source menus;
	struct source institutions[COUNT];
	enum built built[COUNT];
};

static struct catalogue *build(
    struct fixture *f, int septets, const struct catalogue *like);
static size_t built_so(const struct fixture *f, enum built how);
static struct source changed(
    struct fixture *f, struct source source, const char *from, const char *to);

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	size_t i;

	f->arena = arena_new();
	findings_init(&f->findings, f->arena);
	f->menus = country_menus(f->arena, COUNT);
	for (i = 0; i < COUNT; i++)
		f->institutions[i] = country_institution(f->arena, i, 1);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	free(f);
	return 0;
}

static void
what_did_not_change_is_shared(void **state)
{
	struct fixture *f = *state;
	struct catalogue *old = build(f, 0, NULL), *new;
	uint16_t i;

	assert_int_equal(built_so(f, BUILT_NEW), COUNT);
	assert_int_equal(f->findings.count, 0);
	f->institutions[3] = country_institution(f->arena, 3, 2);
	new = build(f, 0, old);
	assert_int_equal(built_so(f, BUILT_SAME), COUNT - 1);
	assert_int_equal(f->built[3], BUILT_NEW);
	for (i = 0; i < COUNT; i++)
		if (i == 3)
			assert_ptr_not_equal(new->graphs[i], old->graphs[i]);
		else
			assert_ptr_equal(new->graphs[i], old->graphs[i]);
	assert_false(digest_equal(&new->hash, &old->hash));
	catalogue_free(new);
	catalogue_free(old);
}

static void
a_shared_graph_outlives_the_catalogue_that_it_was_made_for(void **state)
{
	struct fixture *f = *state;
	struct catalogue *old = build(f, 0, NULL), *new = build(f, 0, old);

	assert_true(digest_equal(&new->hash, &old->hash));
	catalogue_free(old);
	assert_string_equal(new->graphs[5]->name, "office005");
	assert_string_equal(new->graphs[5]->states[1].name, "sorry");
	catalogue_free(new);
}

static void
nothing_is_shared_under_another_head_or_less_room(void **state)
{
	struct fixture *f = *state;
	struct catalogue *old = build(f, 0, NULL), *less, *more, *other;

	less = build(f, 150, old);
	assert_int_equal(built_so(f, BUILT_NEW), COUNT);
	more = build(f, 0, less);
	assert_int_equal(built_so(f, BUILT_SAME), COUNT);
	f->menus = changed(f, f->menus, "Huduma", "Milango");
	other = build(f, 0, old);
	assert_int_equal(built_so(f, BUILT_NEW), COUNT);
	catalogue_free(old);
	catalogue_free(less);
	catalogue_free(more);
	catalogue_free(other);
}

static void
a_bad_one_may_be_given_again_from_its_last_good_source(void **state)
{
	struct fixture *f = *state;
	struct catalogue *old = build(f, 0, NULL), *new;
	struct source bad = changed(f, f->institutions[4], "};", "}; };");
	struct source good = graph_source(old->graphs[4]);
	struct builder *b = builder_new(&f->menus, 0, 0, old, &f->findings);

	assert_int_equal(builder_add(b, &bad), BUILT_NOT);
	assert_int_equal(f->findings.errors, 1);
	assert_int_equal(builder_add(b, &good), BUILT_SAME);
	assert_int_equal(builder_add(b, &good), BUILT_NOT);
	new = builder_finish(b);
	builder_free(b);
	assert_int_equal(new->graph_count, 1);
	assert_ptr_equal(new->graphs[0], old->graphs[4]);
	catalogue_free(old);
	catalogue_free(new);
}

static void
what_could_not_be_read_is_no_wrong_name(void **state)
{
	struct fixture *f = *state;
	struct builder *b = builder_new(&f->menus, 0, 0, NULL, &f->findings);
	struct catalogue *c;
	size_t i;

	for (i = 0; i + 1 < COUNT; i++)
		builder_add(b, &f->institutions[i]);
	builder_miss(b, "office008.cfg");
	c = builder_finish(b);
	builder_free(b);
	assert_int_equal(c->graph_count, COUNT - 1);
	assert_int_equal(f->findings.count, 0);
	catalogue_free(c);
}

static void
a_builder_may_be_given_up_in_the_middle(void **state)
{
	struct fixture *f = *state;
	struct catalogue *old = build(f, 0, NULL);
	struct builder *b = builder_new(&f->menus, 0, 0, old, &f->findings);

	f->institutions[1] = country_institution(f->arena, 1, 2);
	builder_add(b, &f->institutions[0]);
	builder_add(b, &f->institutions[1]);
	builder_free(b);
	assert_string_equal(old->graphs[0]->name, "office000");
	catalogue_free(old);
}

static void
an_unusable_menus_file_gives_nothing_and_names_no_folder(void **state)
{
	struct fixture *f = *state;
	struct source menus = { "menus.cfg", "langs = (", 9 };
	struct builder *b = builder_new(&menus, 0, 0, NULL, &f->findings);

	assert_null(builder_folder(b));
	assert_int_equal(builder_add(b, &f->institutions[0]), BUILT_NOT);
	assert_null(builder_finish(b));
	builder_free(b);
	assert_int_equal(f->findings.errors, 1);
	b = builder_new(&f->menus, 0, 0, NULL, &f->findings);
	assert_string_equal(builder_folder(b), "institutions");
	builder_free(b);
}

/* The order in which they come is not that of their names. */
static void
a_keyword_of_several_belongs_to_the_first_by_name(void **state)
{
	struct fixture *f = *state;
	struct catalogue *c;
	size_t i;

	for (i = 2; i < 5; i++)
		f->institutions[i] = changed(f, f->institutions[i],
		    arena_printf(f->arena, "DENI%zuN%zu", i, i),
		    i == 3 ? "FAINI" : "Faini");
	f->institutions[0] = f->institutions[4];
	f->institutions[4] = country_institution(f->arena, 0, 1);
	c = build(f, 0, NULL);
	assert_int_equal(c->graph_count, COUNT);
	assert_int_equal(f->findings.count, 2);
	for (i = 0; i < 2; i++) {
		assert_string_equal(f->findings.list[i].says,
		    i == 0 ? "the keyword FAINI belongs to 'office002'"
			   : "the keyword Faini belongs to 'office002'");
		assert_string_equal(
		    f->findings.list[i].file, c->graphs[i + 3]->file);
	}
	catalogue_free(c);
}

static struct catalogue *
build(struct fixture *f, int septets, const struct catalogue *like)
{
	struct builder *b =
	    builder_new(&f->menus, septets, 0, like, &f->findings);
	struct catalogue *c;
	size_t i;

	for (i = 0; i < COUNT; i++)
		f->built[i] = builder_add(b, &f->institutions[i]);
	c = builder_finish(b);
	builder_free(b);
	findings_print(&f->findings, stderr);
	assert_non_null(c);
	return c;
}

static size_t
built_so(const struct fixture *f, enum built how)
{
	size_t i, count = 0;

	for (i = 0; i < COUNT; i++)
		count += f->built[i] == how;
	return count;
}

static struct source
changed(
    struct fixture *f, struct source source, const char *from, const char *to)
{
	const char *at = strstr(source.text, from);
	int before = (int)(at - source.text);

	source.text = arena_printf(
	    f->arena, "%.*s%s%s", before, source.text, to, at + strlen(from));
	source.len = strlen(source.text);
	return source;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_did_not_change_is_shared),
		TEST(
		    a_shared_graph_outlives_the_catalogue_that_it_was_made_for),
		TEST(nothing_is_shared_under_another_head_or_less_room),
		TEST(a_bad_one_may_be_given_again_from_its_last_good_source),
		TEST(what_could_not_be_read_is_no_wrong_name),
		TEST(a_builder_may_be_given_up_in_the_middle),
		TEST(an_unusable_menus_file_gives_nothing_and_names_no_folder),
		TEST(a_keyword_of_several_belongs_to_the_first_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
