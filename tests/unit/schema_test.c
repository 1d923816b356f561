/*
 * The schema layer: every way a file can be wrong, and what is said of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "config/schema.h"

struct filled {
	const char *name;
	int window;
	bool plain;
	int colour;
	const char *const *hosts;
	int keep;
};

#define AT(field) offsetof(struct filled, field)

static const char *const colours[] = { "red", "green", NULL };

static const struct schema_key table[] = {
	{ "name", SCHEMA_TEXT, AT(name), 1, 8, NULL, "", NULL, false },
	{ "window", SCHEMA_NUMBER, AT(window), 1, 1000, "10", "", NULL, false },
	{ "plain", SCHEMA_FLAG, AT(plain), 0, 0, "true", "", NULL, false },
	{ "colour", SCHEMA_CHOICE, AT(colour), 0, 0, "green", "", colours,
	    false },
	{ "hosts", SCHEMA_NAMES, AT(hosts), 1, 3, "here there", "", NULL,
	    false },
	{ "keep", SCHEMA_SPAN, AT(keep), 1, 40000000, "2h", "", NULL, false },
	{ "deep", SCHEMA_GROUP, 0, 0, 0, NULL, "", NULL, true },
	{ "many", SCHEMA_LIST, 0, 0, 0, NULL, "", NULL, true },
	{ .name = NULL },
};

struct kept {
	struct arena *arena;
	struct findings f;
	config_t cfg;
	struct filled into;
	enum file_result result;
};

static void read_text(struct kept *k, const char *text, size_t len);
static void drop(struct kept *k);
static char *printed(struct findings *f);

static const struct {
	const char *text;
	const char *says; /* all of it, line by line */
} refused[] = {
	{ "name = \"a\"; windw = 5;",
	    "t.cfg:1: error: unknown setting 'windw'; did you mean "
	    "'window'?\n" },
	{ "name = \"a\";\nxylophone = 5;",
	    "t.cfg:2: error: unknown setting 'xylophone'\n" },
	{ "\n\nwindow = 5;", "t.cfg: error: 'name' is missing\n" },
	{ "name = 5;",
	    "t.cfg:1: error: 'name' must be a text in quotes, not a number\n" },
	{ "name = \"\";", "t.cfg:1: error: 'name' must not be empty\n" },
	{ "name = \"123456789\";",
	    "t.cfg:1: error: 'name' is longer than 8 octets\n" },
	{ "name = \"a\"; window = 0;\nplain = 1;\ncolour = \"gren\";",
	    "t.cfg:1: error: 'window' must be from 1 to 1000, not 0\n"
	    "t.cfg:2: error: 'plain' must be true or false, not a number\n"
	    "t.cfg:3: error: 'colour' cannot be \"gren\"; did you mean "
	    "\"green\"?\n" },
	{ "name = \"a\"; colour = \"mauve\";",
	    "t.cfg:1: error: 'colour' cannot be \"mauve\", only \"red\" or "
	    "\"green\"\n" },
	{ "name = \"a\"; colour = 3;",
	    "t.cfg:1: error: 'colour' must be \"red\" or \"green\", not a "
	    "number\n" },
	{ "name = \"a\"; window = 1.5;",
	    "t.cfg:1: error: 'window' must be a whole number, not a number "
	    "with a point\n" },
	{ "name = \"a\"; window = 9999999999L;",
	    "t.cfg:1: error: 'window' must be from 1 to 1000, not "
	    "9999999999\n" },
	{ "name = \"a\"; window = 4294967297;",
	    "t.cfg:1: error: the number 4294967297 is too large and would be "
	    "read as another one\n" },
	{ "name = \"a\"; window = 0x100000001; # 0xfffffffff\n"
	  "/* 99999999999 */ keep = 1; // 99999999999\n",
	    "t.cfg:1: error: the number 0x100000001 is too large and would be "
	    "read as another one\n" },
	{ "name = \"a\"; window = 99999999999999999999L;",
	    "t.cfg:1: error: the number 99999999999999999999L is too large "
	    "and would be read as another one\n"
	    "t.cfg:1: error: 'window' must be from 1 to 1000, not "
	    "9223372036854775807\n" },
	{ "name = \"a\"; hosts = \"h\";",
	    "t.cfg:1: error: 'hosts' must be texts between [ and ], not a "
	    "text\n" },
	{ "name = \"a\"; hosts = [ 1 ];",
	    "t.cfg:1: error: 'hosts' may hold nothing but texts in "
	    "quotes\n" },
	{ "name = \"a\"; hosts = [ ];",
	    "t.cfg:1: error: 'hosts' must be from 1 to 3 names, not 0\n" },
	{ "name = \"a\"; keep = \"2 weeks\";",
	    "t.cfg:1: error: 'keep' must be a time such as \"90s\", \"15m\", "
	    "\"2h\" or \"365d\", not a text\n" },
	{ "name = \"a\"; keep = \"999d\";",
	    "t.cfg:1: error: 'keep' must be from 1 to 40000000 seconds, not "
	    "86313600\n" },
	{ "name = \"a\"; deep = 1; many = { };",
	    "t.cfg:1: error: 'deep' must be a group { ... }, not a number\n"
	    "t.cfg:1: error: 'many' must be a list ( ... ), not a group "
	    "{ ... }\n" },

	/* The raw text. */
	{ "name = \"\\d\"; # \\d is free here\n",
	    "t.cfg:1: error: a text cannot have \\d; write \\\\ for a "
	    "backslash (\\n, \\t, \\\" and \\xHH are the others)\n" },
	{ "name = \"\\\\\\u\";",
	    "t.cfg:1: error: a text cannot have \\u; write \\\\ for a "
	    "backslash (\\n, \\t, \\\" and \\xHH are the others)\n" },
	{ "name = \"\\r\";",
	    "t.cfg:1: error: a text cannot have \\r; write \\\\ for a "
	    "backslash (\\n, \\t, \\\" and \\xHH are the others)\n" },
	{ "name = \"a\\\nb\";",
	    "t.cfg:1: error: this backslash stands for nothing; write \\\\ "
	    "for a backslash\n" },
	{ "name = \"\\xZ1\";",
	    "t.cfg:1: error: \\x needs two hex digits after it\n" },
	{ "name = \"a\\x00b\";",
	    "t.cfg:1: error: \\x00 would end the text here\n" },
	{ "name = \"\\xff\";",
	    "t.cfg:1: error: this text has control characters or is not "
	    "UTF-8\n" },
	{ "name = \"\x1e\";",
	    "t.cfg:1: error: this text has control characters or is not "
	    "UTF-8\n" },
	{ "# fine\nname = \"\xff\";\n# \xc0\x80\n",
	    "t.cfg:2: error: this is not UTF-8; save the file as UTF-8\n"
	    "t.cfg:3: error: this is not UTF-8; save the file as UTF-8\n" },
	{ "\xef\xbb\xbfname = \"a\";",
	    "t.cfg: error: begins with a byte order mark; save it as UTF-8 "
	    "without one\n" },
	{ "\n@include \"/etc/passwd\"\nname = \"\\q\";",
	    "t.cfg:2: error: @include is not allowed: a file is read, checked "
	    "and published alone\n"
	    "t.cfg:3: error: a text cannot have \\q; write \\\\ for a "
	    "backslash (\\n, \\t, \\\" and \\xHH are the others)\n" },
	{ "name = @;", "t.cfg:1: error: '@' means nothing outside a text\n" },
	{ "a = 1;\nname = \"abc;\nb = 2;\n",
	    "t.cfg:2: error: this text never ends; a '\"' is missing\n" },
	{ "a = 1;\n/* x\nb = 2;\n",
	    "t.cfg:2: error: this comment never ends; a '*/' is missing\n" },
	{ "a = {\nb = (\n1, 2\n;\n};",
	    "t.cfg:5: error: this '}' stands where the '(' of line 2 still "
	    "waits for its ')'\n" },
	{ "a = {\nb = 1;\n",
	    "t.cfg:1: error: this '{' is never closed; a '}' is missing\n" },
	{ "a = 1;\n};", "t.cfg:2: error: this '}' closes nothing\n" },
	{ "a = [ 1, 2, ];\n",
	    "t.cfg:1: error: the comma before ']' is one too many\n" },
	{ "a = [ 1,\n\"b\" ];\n",
	    "t.cfg:2: error: the values between [ and ] must be of one "
	    "kind\n" },
	{ "a = 1;\na = 2;",
	    "t.cfg:2: error: this name stands already in the same group\n" },
	{ "a = 1;\n1 = 2;",
	    "t.cfg:2: error: syntax error: here, or just before, something is "
	    "missing or one too many\n" },
};

static void
every_fault_is_named_with_its_place(void **state)
{
	struct kept k;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		read_text(&k, refused[i].text, strlen(refused[i].text));
		assert_string_equal(printed(&k.f), refused[i].says);
		drop(&k);
	}
}

static void
what_is_not_there_takes_its_fallback(void **state)
{
	struct kept k;

	(void)state;
	read_text(&k, "name = \"a\";", 11);
	assert_int_equal(k.f.count, 0);
	assert_string_equal(k.into.name, "a");
	assert_int_equal(k.into.window, 10);
	assert_true(k.into.plain);
	assert_int_equal(k.into.colour, 1);
	assert_string_equal(k.into.hosts[0], "here");
	assert_string_equal(k.into.hosts[1], "there");
	assert_null(k.into.hosts[2]);
	assert_int_equal(k.into.keep, 7200);
	drop(&k);
}

static void
what_is_there_is_read(void **state)
{
	static const char text[] =
	    "# @include \\q 99999999999 ( [ {\n"
	    "name = \"a\\n\\t\\\\\\\"\" \"\\xc3\\xa9\"; window = 1000L\n"
	    "/* \" */ plain = false, colour = \"red\"; // \" ) ] }\n"
	    "hosts = [ \"x\", \"@include\" ]; keep = \"90s\";\n"
	    "deep = { a = 1, }; many = ( );\r\n";
	struct kept k;

	(void)state;
	read_text(&k, text, strlen(text));
	assert_string_equal(printed(&k.f), "");
	assert_string_equal(k.into.name, "a\n\t\\\"\xc3\xa9");
	assert_int_equal(k.into.window, 1000);
	assert_false(k.into.plain);
	assert_int_equal(k.into.colour, 0);
	assert_string_equal(k.into.hosts[1], "@include");
	assert_int_equal(k.into.keep, 90);
	assert_string_equal(
	    config_setting_source_file(config_lookup(&k.cfg, "deep.a")),
	    "t.cfg");
	drop(&k);
}

static void
a_file_with_nul_octets_is_refused(void **state)
{
	struct kept k;

	(void)state;
	read_text(&k, "name = \"a\0b\";", 13);
	assert_int_equal(k.result, FILE_REFUSED);
	assert_string_equal(
	    printed(&k.f), "t.cfg: error: is no text: it has NUL octets\n");
	drop(&k);
}

static void
brackets_without_end_are_refused_and_not_followed(void **state)
{
	size_t len = 100000;
	char *text = malloc(len);
	struct kept k;

	(void)state;
	memset(text, '(', len);
	memcpy(text, "a = ", 4);
	read_text(&k, text, len);
	assert_int_equal(k.result, FILE_REFUSED);
	assert_string_equal(printed(&k.f),
	    "t.cfg:1: error: brackets are nested deeper than 64\n");
	drop(&k);
	free(text);
}

static void
files_are_read_up_to_a_megabyte(void **state)
{
	char folder[] = "/tmp/schema-test-XXXXXX", path[64], *source;
	struct arena *arena = arena_new();
	struct findings f;
	config_t cfg;
	size_t len;
	FILE *file;

	(void)state;
	findings_init(&f, arena);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.cfg", folder);

	assert_int_equal(
	    schema_read(&f, path, &cfg, &source, &len), FILE_ABSENT);
	config_destroy(&cfg);
	assert_non_null(strstr(printed(&f),
	    "/a.cfg: error: cannot read: No such file or directory\n"));

	findings_init(&f, arena);
	assert_int_equal(
	    schema_read(&f, folder, &cfg, &source, &len), FILE_REFUSED);
	config_destroy(&cfg);
	assert_non_null(strstr(printed(&f), "not a regular file"));

	findings_init(&f, arena);
	file = fopen(path, "w");
	fputs("a = 1;\n", file);
	fclose(file);
	assert_int_equal(schema_read(&f, path, &cfg, &source, &len), FILE_READ);
	assert_string_equal(source, "a = 1;\n");
	assert_int_equal(len, 7);
	assert_string_equal(
	    config_setting_source_file(config_lookup(&cfg, "a")), path);
	config_destroy(&cfg);

	assert_int_equal(truncate(path, 1024 * 1024 + 1), 0);
	assert_int_equal(
	    schema_read(&f, path, &cfg, &source, &len), FILE_REFUSED);
	config_destroy(&cfg);
	assert_non_null(strstr(printed(&f), "is larger than 1 MB"));

	unlink(path);
	rmdir(folder);
	arena_free(arena);
}

static void
findings_are_printed_in_order_of_file_and_line(void **state)
{
	struct arena *arena = arena_new();
	struct findings f;
	int i;

	(void)state;
	findings_init(&f, arena);
	for (i = 40; i > 0; i--)
		findings_add(
		    &f, FINDING_ERROR, 0, i % 2 ? "a" : "b", i, NULL, "n%d", i);
	findings_add(&f, FINDING_WARNING, 5, "a", 1, "home", "after n1");
	findings_add(&f, FINDING_ERROR, 0, "a", 0, NULL, "whole");
	assert_int_equal(f.errors, 41);
	findings_sort(&f);
	assert_string_equal(f.list[0].says, "whole");
	assert_string_equal(f.list[1].says, "n1");
	assert_string_equal(f.list[2].says, "after n1");
	assert_string_equal(f.list[3].says, "n3");
	assert_string_equal(f.list[41].says, "n40");
	f.count = 3;
	assert_string_equal(printed(&f),
	    "a: error: whole\na:1: error: n1\n"
	    "a:1: warning: home: after n1\n");
	arena_free(arena);
}

static void
findings_of_one_line_stay_in_their_order(void **state)
{
	struct arena *arena = arena_new();
	struct findings f;
	int count, i;

	(void)state;
	for (count = 0; count < 60; count++) {
		findings_init(&f, arena);
		for (i = 0; i < count; i++)
			findings_add(&f, FINDING_ERROR, i, "a", i * 7 % 5, NULL,
			    "one");
		findings_sort(&f);
		for (i = 1; i < count; i++)
			assert_true(f.list[i - 1].line < f.list[i].line ||
			    (f.list[i - 1].line == f.list[i].line &&
				f.list[i - 1].check < f.list[i].check));
	}
	arena_free(arena);
}

static void
read_text(struct kept *k, const char *text, size_t len)
{
	memset(k, 0, sizeof(*k));
	k->arena = arena_new();
	findings_init(&k->f, k->arena);
	k->result = schema_parse(&k->f, "t.cfg", text, len, &k->cfg);
	if (k->result == FILE_READ)
		schema_fill(&k->f, k->arena, 0, config_root_setting(&k->cfg),
		    table, &k->into);
}

static void
drop(struct kept *k)
{
	config_destroy(&k->cfg);
	arena_free(k->arena);
}

static char *
printed(struct findings *f)
{
	char *text = NULL, *copy;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	findings_print(f, out);
	fclose(out);
	copy = arena_copy(f->arena, text, len);
	free(text);
	return copy;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fault_is_named_with_its_place),
		cmocka_unit_test(what_is_not_there_takes_its_fallback),
		cmocka_unit_test(what_is_there_is_read),
		cmocka_unit_test(a_file_with_nul_octets_is_refused),
		cmocka_unit_test(
		    brackets_without_end_are_refused_and_not_followed),
		cmocka_unit_test(files_are_read_up_to_a_megabyte),
		cmocka_unit_test(findings_of_one_line_stay_in_their_order),
		cmocka_unit_test(
		    findings_are_printed_in_order_of_file_and_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
