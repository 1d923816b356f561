/*
 * Locks: what is taken from a menu, what is read from menus.lock, what became
 * of it, and what is written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "menus/catalogue.h"
#include "menus/lock.h"

static const char menus[] =
    "langs = [ \"sw\" ];\n"
    "codes = ( { code = \"*152*00#\"; root = \"top\"; } );\n"
    "top = { text = { sw = \"Huduma\"; };\n"
    "  menu = ( { key = \"6\"; sw = \"Maji\"; next = \"maji\"; },\n"
    "           { key = \"8\"; sw = \"Elimu\"; menu = (\n"
    "             { key = \"2\"; sw = \"NECTA\"; next = \"maji\"; } ); } ); "
    "};\n";
static const char maji[] =
    "maji: { title = { sw = \"Maji\"; };\n"
    "  doors = { ussd = \"home\"; sms = ( { word = \"Deni\";\n"
    "    args = [ \"acct\", \"year\" ]; next = \"sorry\"; } ); };\n"
    "  vars = { acct = { type = \"text\"; max = 9; };\n"
    "    year = { type = \"digits\"; max = 4; }; };\n"
    "  states = { home = { text = { sw = \"Maji\"; };\n"
    "    menu = ( { sw = \"Deni\"; next = \"sorry\"; },\n"
    "             { key = \"5\"; sw = \"Bei\"; next = \"sorry\"; } ); };\n"
    "    sorry = { end = { sw = \"Samahani\"; }; }; };\n"
    "};\n";

static const char recorded[] = "key maji/home 1 -> sorry\n"
			       "key maji/home 5 -> sorry\n"
			       "word maji DENI acct year -> sorry\n"
			       "key root/top 6 -> maji\n"
			       "key root/top 8 -> top.8\n"
			       "key root/top.8 2 -> maji\n";

struct bench {
	struct arena *arena;
	struct findings findings;
	struct catalogue *c;
};

static int
setup(void **state)
{
	static struct bench b;
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct source one = { "maji.cfg", maji, strlen(maji) };

	b = (struct bench){ .arena = arena_new() };
	findings_init(&b.findings, b.arena);
	b.c = catalogue_compile(top, &one, 1, 0, 0, &b.findings);
	assert_non_null(b.c);
	assert_int_equal(b.findings.errors, 0);
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

static struct lock
read_lock(struct bench *b, const char *text)
{
	return lock_read(
	    b->arena, &b->findings, "menus.lock", text, strlen(text));
}

/* What has become of WAS, a sentence a line. */
static const char *
changes(struct bench *b, const char *was, const char *is)
{
	struct lock before = read_lock(b, was), after = read_lock(b, is);
	struct lock_changes list = lock_compare(b->arena, &before, &after);
	const char *all = "";
	size_t i;

	for (i = 0; i < list.count; i++)
		all = arena_printf(b->arena, "%s%s\n", all,
		    lock_says(b->arena, &list.list[i]));
	return all;
}

/* ---- of menus */

static void
aliases_several_words_and_what_may_be_missing_are_recorded(void **state)
{
	static const char text[] =
	    "maji: { title = { sw = \"Maji\"; };\n"
	    "  doors = { sms = ( { word = \"Deni maji\"; next = \"x\";\n"
	    "    also = [ \"Bili\" ]; args = [ \"a\", \"b\" ];\n"
	    "    optional = 1; rest = true; } ); };\n"
	    "  vars = { a = { type = \"text\"; max = 9; };\n"
	    "    b = { type = \"text\"; max = 9; }; };\n"
	    "  states = { x = { end = { sw = \"Asante\"; }; }; }; };\n";
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct source one = { "maji.cfg", text, strlen(text) };
	struct bench *b = *state;
	struct catalogue *c =
	    catalogue_compile(top, &one, 1, 0, 0, &b->findings);
	struct lock is = lock_of(b->arena, c->graphs[0]), was, again;
	const char *written;
	size_t added;

	was = read_lock(b, "");
	written = lock_write(b->arena, "", &was, &is, &added);
	assert_int_equal(added, 2);
	assert_non_null(strstr(written,
	    "word maji BILI a [b...] -> x\n"
	    "word maji DENI_MAJI a [b...] -> x\n"));
	again = read_lock(b, written);
	assert_string_equal(again.list[1].key, "DENI MAJI");
	assert_int_equal(lock_compare(b->arena, &again, &is).count, 0);
	catalogue_free(c);
}

static void
what_is_written_of_a_menu_reads_as_that_menu(void **state)
{
	struct bench *b = *state;
	struct lock is = lock_of_all(b->arena, b->c), was = read_lock(b, "");
	const char *text;
	size_t added;

	text = lock_write(b->arena, "", &was, &is, &added);
	assert_int_equal(added, 6);
	assert_non_null(strstr(text, recorded));
	assert_int_equal(*text, '#');
	was = read_lock(b, text);
	assert_int_equal(b->findings.errors, 0);
	assert_int_equal(lock_compare(b->arena, &was, &is).count, 0);
}

static void
a_lock_has_a_part_for_each_graph(void **state)
{
	struct bench *b = *state;
	struct lock all = read_lock(b, recorded), part;

	part = lock_part(&all, "maji");
	assert_int_equal(part.count, 3);
	assert_string_equal(part.list[2].args, "acct year");
	assert_int_equal(lock_part(&all, "root").count, 3);
	assert_int_equal(lock_part(&all, "necta").count, 0);
	part = lock_of(b->arena, b->c->graphs[0]);
	all = lock_part(&all, "maji");
	assert_int_equal(lock_compare(b->arena, &all, &part).count, 0);
}

/* ---- changes */

static void
a_change_is_told_as_a_citizen_meets_it(void **state)
{
	static const struct {
		const char *was, *is, *says;
	} cases[] = {
		{ "key a/b 1 -> c", "key a/b 1 -> c", "" },
		{ "key a/b 1 -> c", "key a/b 1 -> d",
		    "the key 1 of 'b' led to 'c' and leads to 'd' now\n" },
		{ "key a/b 1 -> c", "",
		    "the key 1 of 'b', which led to 'c', is gone\n" },
		{ "", "key a/b 1 -> c",
		    "the key 1 of 'b' is new and leads to 'c'\n" },
		{ "word a DENI -> c", "word a DENI acct -> c",
		    "the keyword DENI led to 'c' and leads to 'c' with acct "
		    "now\n" },
		{ "key a/b 2 -> c\nkey a/b 1 -> c", "key a/b 3 -> c",
		    "the key 1 of 'b', which led to 'c', is gone\n"
		    "the key 2 of 'b', which led to 'c', is gone\n"
		    "the key 3 of 'b' is new and leads to 'c'\n" },
	};
	struct bench *b = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(
		    changes(b, cases[i].was, cases[i].is), cases[i].says);
	assert_int_equal(b->findings.errors, 0);
}

/* ---- the file */

static void
a_bad_line_is_an_error_at_its_line(void **state)
{
	static const struct {
		const char *text, *says;
		int line; /* 0: it is good */
	} cases[] = {
		{ "", "", 0 },
		{ "# key\n\n \t\nkey a/b 1 -> c # so\r\n", "", 0 },
		{ "word a DENI -> c", "", 0 },
		{ "\nkey a 1 -> c", "a line is", 2 },
		{ "key a/b 1 c", "a line is", 1 },
		{ "key a/b 1 2 -> c", "a line is", 1 },
		{ "word a -> c", "a line is", 1 },
		{ "word a DENI acct c", "a line is", 1 },
		{ "lock a/b 1 -> c", "a line is", 1 },
		{ "key a/b 1 -> c\n\nkey a/b 1 -> d", "line 1 records", 3 },
	};
	struct bench *b = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct findings f;

		findings_init(&f, b->arena);
		lock_read(b->arena, &f, "menus.lock", cases[i].text,
		    strlen(cases[i].text));
		assert_int_equal(f.errors, cases[i].line > 0);
		if (f.errors == 0)
			continue;
		assert_int_equal(f.list[0].line, cases[i].line);
		assert_non_null(strstr(f.list[0].says, cases[i].says));
	}
}

static void
a_file_that_is_no_text_is_refused_whole(void **state)
{
	static const char text[] = "key a/b 1 -> c\n\0key a/b 2 -> c\n";
	struct bench *b = *state;
	struct lock l;

	l = lock_read(b->arena, &b->findings, "menus.lock", text,
	    sizeof(text) - 1);
	assert_int_equal(b->findings.errors, 1);
	assert_int_equal(b->findings.list[0].line, 0);
	assert_int_equal(l.count, 0);
}

static void
what_is_new_is_written_behind_its_own_and_nothing_else_is_touched(void **state)
{
	static const char text[] = "# Ours.\n"
				   "key maji/home 5 -> elsewhere\n"
				   "\n"
				   "key root/top 6 -> maji\n"
				   "key root/top 9 -> gone";
	static const char expected[] = "# Ours.\n"
				       "key maji/home 5 -> elsewhere\n"
				       "key maji/home 1 -> sorry\n"
				       "word maji DENI acct year -> sorry\n"
				       "\n"
				       "key root/top 6 -> maji\n"
				       "key root/top 9 -> gone\n"
				       "key root/top 8 -> top.8\n"
				       "key root/top.8 2 -> maji\n";
	struct bench *b = *state;
	struct lock was = read_lock(b, text);
	struct lock is = lock_of_all(b->arena, b->c);
	size_t added;

	assert_string_equal(
	    lock_write(b->arena, text, &was, &is, &added), expected);
	assert_int_equal(added, 4);
	was = read_lock(b, expected);
	assert_string_equal(
	    lock_write(b->arena, expected, &was, &is, &added), expected);
	assert_int_equal(added, 0);
}

#define LOCKED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		LOCKED(
		    aliases_several_words_and_what_may_be_missing_are_recorded),
		LOCKED(what_is_written_of_a_menu_reads_as_that_menu),
		LOCKED(a_lock_has_a_part_for_each_graph),
		LOCKED(a_change_is_told_as_a_citizen_meets_it),
		LOCKED(a_bad_line_is_an_error_at_its_line),
		LOCKED(a_file_that_is_no_text_is_refused_whole),
		LOCKED(
		    what_is_new_is_written_behind_its_own_and_nothing_else_is_touched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
