/*
 * What institutions are proved for together: that no keyword is another's or
 * nearly so; and step by step, that keys are as they were and talks go as they
 * are written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "menus/catalogue.h"
#include "menus/prove.h"

static const char menus[] =
    "langs = [ \"sw\" ];\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
    "root = { text = { sw = \"Huduma\"; };\n"
    "  menu = ( { sw = \"Maji\"; next = \"maji\"; },\n"
    "           { sw = \"Afya\"; next = \"afya\"; } ); };\n";

struct bench {
	struct arena *arena;
	struct findings findings;
	struct catalogue *c;
};

static int
setup(void **state)
{
	static struct bench b;

	b = (struct bench){ .arena = arena_new() };
	*state = &b;
	return 0;
}

static int
teardown(void **state)
{
	struct bench *b = *state;

	catalogue_free(b->c);
	arena_free(b->arena);
	return 0;
}

static const char *
institution(struct bench *b, const char *name, const char *sms,
    const char *talks)
{
	return arena_printf(b->arena,
	    "%s: { title = { sw = \"Jina\"; };\n"
	    "doors = { ussd = \"home\"; sms = ( %s ); };\n"
	    "states = { home = { text = { sw = \"Karibu\"; };\n"
	    "    menu = ( { sw = \"Asante\"; next = \"bye\"; } ); };\n"
	    "  bye = { end = { sw = \"Asante\"; }; };\n"
	    "  away = { end = { sw = \"Kwaheri\"; }; }; };\n"
	    "talks = ( %s ); };\n",
	    name, sms, talks);
}

static void
compile(struct bench *b, const char *afya, const char *maji)
{
	const struct source both[] = {
		{ "afya.cfg", afya, strlen(afya) },
		{ "maji.cfg", maji, strlen(maji) },
	};
	struct source top = { "menus.cfg", menus, strlen(menus) };

	catalogue_free(b->c);
	findings_init(&b->findings, b->arena);
	b->c = catalogue_compile(top, both, 2, 0, 0, &b->findings);
	assert_non_null(b->c);
}

/* All that is found, in order of file and line. */
static const char *
found(struct bench *b)
{
	const char *all = "";
	size_t i;

	findings_sort(&b->findings);
	for (i = 0; i < b->findings.count; i++)
		all = arena_printf(b->arena, "%s%s\n", all,
		    finding_text(b->arena, &b->findings.list[i]));
	return all;
}

/* ---- keywords */

#define TWO(one, other)                                        \
	"{ word = \"" one "\"; next = \"bye\"; },"             \
	"{ word = \"" other "\"; next = \"away\"; }"
#define IS_NEAR(one, of)                                                     \
	" is one letter from " one " of '" of "': somebody will text the " \
	"one and mean the other\n"

static void
keywords_that_are_nearly_alike_are_doubted(void **state)
{
	static const struct {
		const char *afya, *maji, *says;
	} cases[] = {
		{ TWO("DENI", "BEI"), TWO("ADA", "MITA"), "" },
		{ TWO("DENI", "BEI"), TWO("DEMI", "MITA"),
		    "maji.cfg:2: warning: the keyword DEMI" IS_NEAR(
			"DENI", "afya") },
		{ TWO("DENI", "BEI"), TWO("DEN", "MITA"),
		    "maji.cfg:2: warning: the keyword DEN" IS_NEAR(
			"DENI", "afya") },
		{ TWO("DENI", "BEI"), TWO("MITA", "Madeni"), "" },
		{ TWO("DENI", "BEI"), TWO("MITA", "bweI"),
		    "maji.cfg:2: warning: the keyword bweI" IS_NEAR(
			"BEI", "afya") },
		{ TWO("DENI", "BEI"), TWO("deni", "MITA"),
		    "maji.cfg:2: error: the keyword deni belongs to 'afya'\n" },
		/* Letters that change places are two. */
		{ TWO("DENI", "BEI"), TWO("DNEI", "MITA"), "" },
		/* Of several, the first. */
		{ TWO("ADA1", "ADA22"), TWO("ADA2", "MITA"),
		    "maji.cfg:2: warning: the keyword ADA2" IS_NEAR(
			"ADA1", "afya") },
		{ TWO("DENI", "BEI"), TWO("MITA", "META"),
		    "maji.cfg:2: warning: the keyword META" IS_NEAR(
			"MITA", "maji") },
		{ TWO("DENI", "BEI"),
		    "{ word = \"MITA\"; next = \"away\"; },"
		    "{ word = \"META\"; next = \"away\"; }",
		    "" },
	};
	struct bench *b = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		compile(b, institution(b, "afya", cases[i].afya, ""),
		    institution(b, "maji", cases[i].maji, ""));
		assert_string_equal(found(b), cases[i].says);
	}
}

/* ---- steps */

#define GOOD                                                          \
	"{ name = \"good\"; dial = \"*152*00*1#\"; say = ( \"<Karibu\" ); }"
#define BAD                                                           \
	"{ name = \"bad\"; dial = \"*152*00*1#\"; say = ( \"<Kwaheri\" ); }"

static size_t
steps(struct bench *b, const struct prove_world *world,
    const struct graph *one, struct prove **p)
{
	size_t count = 0;

	findings_init(&b->findings, b->arena);
	*p = prove_new(b->arena, b->c, one, world, &b->findings);
	while (prove_step(*p))
		count++;
	assert_false(prove_step(*p));
	return count;
}

static void
a_proof_goes_in_steps_of_one_talk(void **state)
{
	static const char recorded[] = "key afya/home 1 -> bye\n"
				       "key maji/home 1 -> away\n"
				       "key maji/home 2 -> bye\n"
				       "key root/root 2 -> afya\n"
				       "word tra TIN -> home\n";
	struct bench *b = *state;
	struct prove_world world = { .lock_name = "menus.lock" };
	struct lock lock;
	struct prove *p;

	compile(b, institution(b, "afya", TWO("DENI", "BEI"), GOOD),
	    institution(b, "maji", TWO("ADA", "MITA"), GOOD "," BAD));
	/* Without a lock: three talks, and the root has none. */
	assert_int_equal(steps(b, &world, NULL, &p), 4);
	assert_int_equal(prove_failed(p, 0), 0);
	assert_int_equal(prove_failed(p, 1), 1);

	lock = lock_read(b->arena, &b->findings, "menus.lock", recorded,
	    strlen(recorded));
	world.lock = &lock;
	assert_int_equal(steps(b, &world, NULL, &p), 6);
	assert_int_equal(prove_errors(p, 0), 0);
	assert_int_equal(prove_errors(p, 1), 3);
	assert_int_equal(prove_failed(p, 1), 1);
	assert_int_equal(prove_errors(p, 2), 1);
	assert_int_equal(b->findings.errors, 4);

	assert_int_equal(steps(b, &world, b->c->graphs[0], &p), 2);
	assert_int_equal(b->findings.errors, 0);
	assert_int_equal(steps(b, &world, b->c->graphs[1], &p), 3);
	assert_int_equal(b->findings.errors, 3);
}

#define TOGETHER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TOGETHER(keywords_that_are_nearly_alike_are_doubted),
		TOGETHER(a_proof_goes_in_steps_of_one_talk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
