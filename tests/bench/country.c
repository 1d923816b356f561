/*
 * Making a country up.
 */
#include <string.h>

#include "tests/bench/country.h"

#define ON_A_MENU 6

static char *nest(
    struct arena *a, size_t from, size_t to, size_t step, char *so_far);
static size_t span_of(size_t count);
static struct source source_of(const char *name, char *text);

struct source
country_menus(struct arena *a, size_t count)
{
	char *menu = nest(a, 0, count, span_of(count), arena_string(a, ""));

	return source_of("menus.cfg",
	    arena_printf(a,
		"langs = [ \"sw\", \"en\" ];\n"
		"institutions = \"institutions\";\n"
		"codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
		"root = { text = { sw = \"Huduma\"; en = \"Services\"; };\n"
		"%s};\n",
		menu));
}

/* How many institutions lie behind one option of the outermost menu. */
static size_t
span_of(size_t count)
{
	size_t span = 1;

	while (span * ON_A_MENU < count)
		span *= ON_A_MENU;
	return span;
}

/* A menu of those from FROM on, STEP behind each of its options. */
static char *
nest(struct arena *a, size_t from, size_t to, size_t step, char *so_far)
{
	const char *comma = "";
	size_t at;

	so_far = arena_printf(a, "%smenu = (\n", so_far);
	for (at = from; at < to && at < from + ON_A_MENU * step; at += step) {
		so_far = arena_printf(a,
		    "%s%s{ sw = \"Taasisi %zu\"; en = \"Office %zu\"; ", so_far,
		    comma, at, at);
		if (step == 1)
			so_far = arena_printf(
			    a, "%snext = \"office%03zu\"; }\n", so_far, at);
		else
			so_far = arena_printf(a, "%s }\n",
			    nest(a, at, to < at + step ? to : at + step,
				step / ON_A_MENU, so_far));
		comma = ",";
	}
	return arena_printf(a, "%s);", so_far);
}

struct source
country_institution(struct arena *a, size_t n, int edition)
{
	char *text = arena_printf(a,
	    "office%03zu: {\n"
	    "title = { sw = \"Taasisi %zu\"; en = \"Office %zu\"; };\n"
	    "doors = { ussd = \"home\"; sms = (\n"
	    "  { word = \"DENI%zuN%zu\"; args = [ \"acct\" ]; next = \"bill0\"; },\n"
	    "  { word = \"ADA%zuN%zu\"; args = [ \"acct\" ]; next = \"bill1\"; } ); };\n"
	    "talks = ( { name = \"A bill is owed.\"; text = \"deni%zun%zu a1234567\";\n"
	    "  given = { bill = \"200 %s\"; };\n"
	    "  say = ( \"< Deni: TZS 1,200\", \"> 1\", \"< huna deni\" ); } );\n"
	    "vars = { acct = { type = \"text\"; max = 12; fold = \"upper\";\n"
	    "    match = \"^[A-Z][0-9]{7,11}$\"; };\n"
	    "  name = { type = \"text\"; max = 24; cut = true; };\n"
	    "  amount = { type = \"money\"; max = 12; }; };\n"
	    "apis = { bill = { get = \"https://a.example/{acct}\"; timeout = 2000;\n"
	    "    take = { name = \"$.name\"; amount = \"$.due\"; }; }; };\n"
	    "states = {\n"
	    "home = { text = { sw = \"Toleo %d\"; en = \"Edition %d\"; };\n"
	    "  menu = ( { sw = \"Deni\"; en = \"Bill\"; next = \"ask0\"; },\n"
	    "    { sw = \"Ada\"; en = \"Fee\"; next = \"ask1\"; },\n"
	    "    { sw = \"Faini\"; en = \"Fine\"; next = \"ask2\"; } ); };\n"
	    "sorry = { end = { sw = \"Samahani.\"; en = \"Sorry.\"; }; };\n",
	    n, n, n, n, n, n, n, n, n, COUNTRY_ANSWER, edition, edition);
	int i;

	for (i = 0; i < 3; i++)
		text = arena_printf(a,
		    "%sask%d = { text = { sw = \"Ingiza namba ya akaunti (mf. A1234567)\";\n"
		    "    en = \"Enter account number (e.g. A1234567)\"; };\n"
		    "  ask = { into = \"acct\"; tries = 3; fail = \"sorry\";\n"
		    "    bad = { sw = \"Namba si sahihi.\"; en = \"Not a valid number.\"; }; };\n"
		    "  next = \"bill%d\"; };\n"
		    "bill%d = { call = \"bill\"; ok = \"due%d\"; missing = \"none%d\";\n"
		    "  fail = \"sorry\"; slow = \"sorry\"; };\n"
		    "due%d = { route = ( { when = \"amount == 0\"; next = \"clear%d\"; },\n"
		    "  { next = \"owes%d\"; } ); };\n"
		    "owes%d = { text = { sw = \"{name}\\nDeni: TZS {amount}\";\n"
		    "    en = \"{name}\\nDue: TZS {amount}\"; };\n"
		    "  menu = ( { sw = \"Asante\"; en = \"Thanks\"; next = \"clear%d\"; } ); };\n"
		    "clear%d = { end = { sw = \"{name}, huna deni.\"; en = \"{name}, nothing is due.\"; }; };\n"
		    "none%d = { end = { sw = \"Akaunti {acct} haijapatikana.\";\n"
		    "    en = \"Account {acct} was not found.\"; }; };\n",
		    text, i, i, i, i, i, i, i, i, i, i, i, i);
	return source_of(arena_printf(a, "office%03zu.cfg", n),
	    arena_printf(a, "%s}; };\n", text));
}

static struct source
source_of(const char *name, char *text)
{
	return (struct source){ name, text, strlen(text) };
}
