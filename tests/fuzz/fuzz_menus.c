/*
 * Fuzzes the menu parser and its proof: any text is either a good graph or
 * has findings that say why not; and in what is good, a wanderer meets nothing
 * that the proof did not promise.
 *
 * What begins with "langs" is read as the menus file, anything else as the
 * institution maji.
 */
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "menus/catalogue.h"
#include "tests/unit/wander.h"

#define STEPS 30

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
const char *__lsan_default_suppressions(void);

static const char good_menus[] =
    "langs = [ \"sw\", \"en\" ];"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );"
    "root = { text = { sw = \"Huduma\"; en = \"Services\"; };"
    "  menu = ( { sw = \"Maji\"; en = \"Water\"; next = \"maji\"; } ); };";
static const char good_maji[] =
    "maji: { title = { sw = \"Maji\"; en = \"Water\"; };"
    "  doors = { ussd = \"home\"; };"
    "  states = { home = { end = { sw = \"Asante\"; en = \"Thanks\"; }; };"
    "  }; };";

static void read_institution(struct findings *f, struct source text);
static void read_menus(struct findings *f, struct source text);
static void check_findings(const struct findings *f);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct source text = { "maji.cfg", (const char *)data, len };
	struct arena *a = arena_new();
	struct findings f;

	findings_init(&f, a);
	if (len >= 5 && memcmp(data, "langs", 5) == 0)
		read_menus(&f, text);
	else
		read_institution(&f, text);
	check_findings(&f);
	arena_free(a);
	return 0;
}

/* libconfig 1.5 forgets the text that a syntax error interrupts. */
const char *
__lsan_default_suppressions(void)
{
	return "leak:libconfig.so";
}

static void
read_institution(struct findings *f, struct source text)
{
	struct source menus = { "menus.cfg", good_menus, strlen(good_menus) };
	struct catalogue *c = catalogue_compile(menus, &text, 1, 0, 0, f);

	/* A good menus file stands, whatever the institution is. */
	CHECK(c != NULL);
	CHECK(c->graph_count == 1 || f->errors > 0);
	wander(c, 1 + text.len, STEPS);
	catalogue_free(c);
}

static void
read_menus(struct findings *f, struct source text)
{
	struct source maji = { "maji.cfg", good_maji, strlen(good_maji) };
	struct catalogue *c;

	text.name = "menus.cfg";
	c = catalogue_compile(text, &maji, 1, 0, 0, f);
	CHECK(c != NULL || f->errors > 0);
	if (c != NULL)
		wander(c, 1 + text.len, STEPS);
	catalogue_free(c);
}

static void
check_findings(const struct findings *f)
{
	size_t i;

	for (i = 0; i < f->count; i++) {
		CHECK(f->list[i].file != NULL && f->list[i].says[0] != '\0');
		CHECK(f->list[i].line >= 0);
	}
}
