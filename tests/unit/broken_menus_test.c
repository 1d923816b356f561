/*
 * Broken menus, one defect each: the checker names file, line and check, and
 * says what is wrong.
 *
 * Every file of tests/broken/menus begins with what is expected of it:
 *
 *	# 12: check 2: no state 'bil'
 *	# 12: check 9 warns: 7 options are many
 *	# 12: check 6 stays: the key 1 of 'home' ...
 *
 * An error leaves the institution out of the catalogue, unless it stays. What
 * follows `# menus.lock:` is a line of that file. A file menus_*.cfg is a menus
 * file; any other is the institution maji, and a between_*.cfg stands beside
 * another institution.
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
#include "menus/prove.h"

#define FILES_LEAST 200 /* a folder that was not found is no success */
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

static const char good_latra[] =
    "latra: { title = { sw = \"Nauli\"; en = \"Fares\"; };\n"
    "  doors = { ussd = \"home\"; sms = ( { word = \"NAULI\"; next = "
    "\"home\"; } );\n"
    "    open = { fares = \"home\"; unseen = \"unseen\";\n"
    "      around = \"around\"; }; };\n"
    "  vars = { no = { type = \"digits\"; max = 8; };\n"
    "    name = { type = \"text\"; max = 20; };\n"
    "    pin = { type = \"pin\"; max = 4; };\n"
    "    stops = { type = \"rows\"; max = 5; width = 9;\n"
    "      cols = [ \"id\", \"name\" ]; }; };\n"
    "  apis = { bus = { get = \"http://127.0.0.1/{no}\"; timeout = 2000;\n"
    "      take = { name = \"$.n\"; stops = \"$.s[*](id,name)\"; };\n"
    "      share = [ \"maji\" ]; };\n"
    "    pay = { post = \"http://127.0.0.1/\"; timeout = 2000;\n"
    "      body = { pin = \"{pin}\"; }; share = [ \"maji\" ]; };\n"
    "    own = { get = \"http://127.0.0.1/\"; timeout = 2000;\n"
    "      take = { name = \"$.n\"; }; }; };\n"
    "  states = { unseen = { route = ( { when = \"lang == 'sw'\";\n"
    "    next = \"maji\"; }, { next = \"home\"; } ); };\n"
    "    around = { say = { sw = \"Nauli\"; en = \"Fares\"; };\n"
    "      next = \"maji\"; };\n"
    "    home = { end = { sw = \"Asante\"; en = \"Thanks\"; }; };\n"
    "  }; };\n";

/* What becomes of the institution. */
enum fate {
	FATE_LEFT_OUT,
	FATE_STAYS,
	FATE_WARNED,
};

struct expectation {
	int line, check;
	enum fate fate;
	char says[200];
};

static size_t check_folder(const char *folder);
static int check_file(const char *folder, const char *name);
static char *read_file(const char *folder, const char *name);
static struct expectation read_expectation(const char *text);
static struct catalogue *compile(
    const char *name, const char *text, struct findings *f);
static void prove(
    const struct catalogue *c, const char *text, struct findings *f);
static const char *lock_lines(struct arena *a, const char *text);
static enum outcome no_file(void *arg, struct arena *a, const struct graph *g,
    const struct api *api, const struct canned *canned,
    const char *const **values, const char **why);
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
	struct expectation expected = read_expectation(text);
	struct arena *a = arena_new();
	struct catalogue *c;
	struct findings f;
	int wrong;

	findings_init(&f, a);
	c = compile(name, text, &f);
	if (c != NULL)
		prove(c, text, &f);
	wrong = differs(name, &expected, &f);
	if (expected.fate == FATE_LEFT_OUT && c != NULL &&
	    c->graph_count != 0 && strncmp(name, "menus_", 6) != 0) {
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

static struct expectation
read_expectation(const char *text)
{
	struct expectation e = { .line = 0 };
	char fate[20] = "";

	assert_true(sscanf(text, "# %d: check %d%19[^:]: %199[^\n]", &e.line,
			&e.check, fate, e.says) == 4 ||
	    sscanf(text, "# %d: check %d: %199[^\n]", &e.line, &e.check,
		e.says) >= 2);
	if (strcmp(fate, " warns") == 0)
		e.fate = FATE_WARNED;
	else if (strcmp(fate, " stays") == 0)
		e.fate = FATE_STAYS;
	return e;
}

static struct catalogue *
compile(const char *name, const char *text, struct findings *f)
{
	int is_menus = strncmp(name, "menus_", 6) == 0;
	const char *head = is_menus ? text : good_menus;
	const char *maji = is_menus ? good_maji : text;
	struct source top = { "menus.cfg", head, strlen(head) };
	const struct source both[] = {
		{ "maji.cfg", maji, strlen(maji) },
		{ "latra.cfg", good_latra, strlen(good_latra) },
	};
	size_t count = strncmp(name, "between_", 8) == 0 ? 2 : 1;

	return catalogue_compile(top, both, count, 0, 0, f);
}

static void
prove(const struct catalogue *c, const char *text, struct findings *f)
{
	const char *lines = lock_lines(f->arena, text);
	struct lock lock =
	    lock_read(f->arena, f, "menus.lock", lines, strlen(lines));
	const struct prove_world world = { .lock = &lock,
		.lock_name = "menus.lock",
		.answer = no_file };

	prove_finish(prove_new(f->arena, c, NULL, &world, f));
}

static const char *
lock_lines(struct arena *a, const char *text)
{
	static const char mark[] = "# menus.lock: ";
	const char *lines = "";

	while ((text = strstr(text, mark)) != NULL) {
		text += strlen(mark);
		lines = arena_printf(
		    a, "%s%.*s\n", lines, (int)strcspn(text, "\n"), text);
	}
	return lines;
}

static enum outcome
no_file(void *arg, struct arena *a, const struct graph *g,
    const struct api *api, const struct canned *canned,
    const char *const **values, const char **why)
{
	(void)arg;
	(void)a;
	(void)g;
	(void)api;
	*values = NULL;
	if (canned->body != NULL)
		*why = "there are no files here";
	return canned->status == 404 ? OUTCOME_MISSING : OUTCOME_FAIL;
}

/* One error and no other; of other warnings this test does not speak. */
static int
differs(const char *name, const struct expectation *expected,
    const struct findings *f)
{
	enum finding_grade grade = expected->fate == FATE_WARNED
	    ? FINDING_WARNING
	    : FINDING_ERROR;
	size_t i, errors = grade == FINDING_ERROR;

	for (i = 0; i < f->count && f->errors == errors; i++)
		if (f->list[i].grade == grade &&
		    f->list[i].line == expected->line &&
		    f->list[i].check == expected->check &&
		    strstr(f->list[i].says, expected->says) != NULL)
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
