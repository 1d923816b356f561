/*
 * Broken menus, one defect each: the checker names file, line and check, and
 * says what is wrong.
 *
 * Every file of tests/broken/menus begins with what is expected of it:
 *
 *	# 12: check 2: no state 'bil'
 *
 * A file menus_*.cfg is a menus file; any other is the institution maji.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "menus/catalogue.h"

#define FILES_LEAST 170 /* a folder that was not found is no success */
#define FILE_MAX    65536

static const char good_menus[] =
    "langs = [ \"sw\", \"en\" ];\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
    "root = { text = { sw = \"Huduma\"; en = \"Services\"; };\n"
    "  menu = ( { sw = \"Maji\"; en = \"Water\"; next = \"maji\"; } ); };\n";
static const char good_maji[] =
    "maji: { title = { sw = \"Maji\"; en = \"Water\"; };\n"
    "  doors = { ussd = \"home\"; };\n"
    "  states = { home = { end = { sw = \"Asante\"; en = \"Thanks\"; }; };\n"
    "  }; };\n";

struct expectation {
	int line, check;
	char says[200];
};

static size_t check_folder(const char *folder);
static int check_file(const char *folder, const char *name);
static char *read_file(const char *folder, const char *name);
static struct catalogue *compile(
    const char *name, const char *text, struct findings *f);
static int differs(const char *name, const struct expectation *expected,
    const struct findings *f);

static void
every_defect_is_named_at_its_line(void **state)
{
	char folder[1000];

	(void)state;
	snprintf(folder, sizeof(folder), "%s/tests/broken/menus",
	    getenv("MLANGO_SRCDIR") != NULL ? getenv("MLANGO_SRCDIR") : ".");
	assert_true(check_folder(folder) >= FILES_LEAST);
}

/* How many files there were; all of them are tried before the test fails. */
static size_t
check_folder(const char *folder)
{
	const struct dirent *entry;
	DIR *d = opendir(folder);
	size_t count = 0;
	int wrong = 0;

	assert_non_null(d);
	while ((entry = readdir(d)) != NULL)
		if (strstr(entry->d_name, ".cfg") != NULL) {
			wrong += check_file(folder, entry->d_name);
			count++;
		}
	closedir(d);
	assert_int_equal(wrong, 0);
	return count;
}

static int
check_file(const char *folder, const char *name)
{
	char *text = read_file(folder, name);
	struct expectation expected = { 0, 0, "" };
	struct arena *a = arena_new();
	struct catalogue *c;
	struct findings f;
	int wrong;

	findings_init(&f, a);
	assert_true(sscanf(text, "# %d: check %d: %199[^\n]", &expected.line,
			&expected.check, expected.says) >= 2);
	c = compile(name, text, &f);
	wrong = differs(name, &expected, &f);
	if (c != NULL && c->graph_count != 0 &&
	    strncmp(name, "menus_", 6) != 0) {
		print_error("%s: the graph was not left out\n", name);
		wrong = 1;
	}
	catalogue_free(c);
	arena_free(a);
	free(text);
	return wrong;
}

static char *
read_file(const char *folder, const char *name)
{
	char path[2000], *text = calloc(1, FILE_MAX);
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_true(fread(text, 1, FILE_MAX - 1, file) > 0);
	fclose(file);
	return text;
}

static struct catalogue *
compile(const char *name, const char *text, struct findings *f)
{
	int is_menus = strncmp(name, "menus_", 6) == 0;
	const char *head = is_menus ? text : good_menus;
	const char *maji = is_menus ? good_maji : text;
	struct source top = { "menus.cfg", head, strlen(head) };
	struct source one = { "maji.cfg", maji, strlen(maji) };

	return catalogue_compile(top, &one, 1, 0, 0, f);
}

/* One error and no other; warnings are none of this test's business. */
static int
differs(const char *name, const struct expectation *expected,
    const struct findings *f)
{
	const struct finding *found = NULL;
	size_t i;

	for (i = 0; i < f->count && found == NULL; i++)
		if (f->list[i].grade == FINDING_ERROR)
			found = &f->list[i];
	if (f->errors == 1 && found->line == expected->line &&
	    found->check == expected->check &&
	    strstr(found->says, expected->says) != NULL)
		return 0;
	print_error("%s: expected %d: check %d: %s\n", name, expected->line,
	    expected->check, expected->says);
	for (i = 0; i < f->count; i++)
		print_error("  found %d: check %d: %s\n", f->list[i].line,
		    f->list[i].check, f->list[i].says);
	return 1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_defect_is_named_at_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
