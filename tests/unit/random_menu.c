/*
 * Random institutions: a few states of each kind, with texts of random length
 * that speak of a variable now and then.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/random_menu.h"
#include "tests/unit/wander.h"

#define STATES 7 /* and two ends */
#define INSIDE 3 /* of the dialogue, where there is one */

struct author {
	struct arena *arena;
	uint64_t seed;
	char *text;
	unsigned state; /* being written */
	bool inside; /* the dialogue */
	bool leaves; /* through doors of the institution latra */
	unsigned sub; /* the state that runs it at least; STATES: none */
};

static void write(struct author *w, const char *format, ...) PRINTF_LIKE(2, 3);
static void write_state(struct author *w);
static void write_dialogue(struct author *w);
static void write_sub(struct author *w);
static void write_app(struct author *w);
static void write_options(struct author *w);
static void write_words(struct author *w, const char *name);
static const char *some_text(struct author *w, const char *seen, int lang);
static const char *next_state(struct author *w);
static const char *some_state(struct author *w);
static const char *way_out(struct author *w);
static const char *some_variable(struct author *w);
static const char *some_condition(struct author *w);
static unsigned pick(struct author *w, unsigned count);

const char *
random_menu(struct arena *a, uint64_t seed)
{
	static const char *const kept[] = { "", "keep = \"30d\";",
		"keep = \"2h\"; share = true;", "reads = \"latra.t\";" };
	struct author w = {
		.arena = a, .seed = seed, .text = arena_string(a, "")
	};

	write(&w,
	    "maji: { title = { sw = \"Maji\"; en = \"Water\"; };\n"
	    "doors = { ussd = \"s0\"; sms = ( { word = \"DENI MAJI\"; "
	    "also = [ \"BILI\" ]; args = [ \"a\", \"b\" ]; rest = %s; "
	    "optional = %u; next = \"%s\"; } ); open = { in = \"%s\"; }; };\n",
	    pick(&w, 2) ? "true" : "false", pick(&w, 3), some_state(&w),
	    some_state(&w));
	w.leaves = pick(&w, 3) == 0;
	write(&w,
	    "vars = { a = { type = \"text\"; max = %u; %s };\n"
	    "b = { type = \"text\"; max = %u; cut = true; unicode = %s; "
	    "};\n",
	    1 + pick(&w, 30), kept[pick(&w, ARRAY_SIZE(kept))],
	    1 + pick(&w, 30), pick(&w, 4) == 0 ? "true" : "false");
	write(&w,
	    "n = { type = \"money\"; max = 12; };\n"
	    "p = { type = \"pin\"; max = 4; min_length = 3; };\n"
	    "r = { type = \"rows\"; max = %u; width = %u; cols = [ "
	    "\"id\", \"name\" ]; }; };\n",
	    1 + pick(&w, 20), 1 + pick(&w, 30));
	write(&w,
	    "apis = { get = { get = \"http://h/x\"; timeout = 9000; "
	    "take = { b = \"$.b\"; n = \"$.n\"; }; };\n"
	    "rows = { get = \"http://h/{lang}\"; timeout = 3000; "
	    "take = { r = \"$.r[*](id,name)\"; }; };\n"
	    "post = { post = \"http://h/\"; timeout = 9000; body = { p = "
	    "\"%s\"; a = \"%s\"; }; take = { b = \"$.b\"; }; };\n"
	    "test = { post = \"http://h/\"; safe = true; timeout = 9000; "
	    "body = { p = \"{p}\"; }; }; };\n",
	    pick(&w, 2) ? "{p}" : "x", pick(&w, 3) ? "y" : "{a}");
	write(&w,
	    "apps = { own = { post = \"http://h/\"; timeout = 2000; "
	    "sms = true; }; old = { post = \"http://h/\"; timeout = 2000; "
	    "speaks = \"africastalking\"; }; };\n");
	w.sub = pick(&w, 2) ? 1 + pick(&w, STATES - 1) : STATES;
	if (w.sub < STATES)
		write_dialogue(&w);
	write(&w, "states = {\n");
	for (w.state = 0; w.state < STATES; w.state++)
		write_state(&w);
	write(&w,
	    "bye = { end = { sw = \"Asante\"; en = \"Thanks\"; }; "
	    "then = { call = \"get\"; after = \"3d\"; }; };\n"
	    "told = { end = { sw = \"Sawa\"; en = \"Fine\"; }; };\n"
	    "}; };\n");
	return w.text;
}

static void
write(struct author *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	w->text = arena_printf(
	    w->arena, "%s%s", w->text, arena_vprintf(w->arena, format, args));
	va_end(args);
}

static void
write_dialogue(struct author *w)
{
	write(w,
	    "dialogues = { d = { start = \"d0\"; gives = [ \"x\", \"y\" ]; "
	    "states = {\n");
	w->inside = true;
	for (; w->state < INSIDE; w->state++)
		write_state(w);
	w->inside = false;
	write(w, "}; }; };\n");
}

static void
write_state(struct author *w)
{
	static const char *const into[] = { "a", "b", "n", "p" };
	static const char *const calls[] = { "\"get\"; later = true", "\"get\"",
		"\"rows\"", "\"post\"; once = true", "\"test\"",
		"\"post\"; once = true; later = true",
		"\"latra.day\"; take = { n = \"f\"; }",
		"\"latra.bus\"; give = { q = \"a\"; }; take = { n = \"f\"; }" };

	write(w, "%c%u = { ", w->inside ? 'd' : 's', w->state);
	if (!w->inside && w->state == w->sub) {
		write_sub(w);
		return;
	}
	if (pick(w, 24) == 0) {
		write_app(w);
		return;
	}
	switch (pick(w, !w->inside && w->sub < STATES ? 9 : 8)) {
	case 0:
	case 1:
		write_words(w, "text");
		write_options(w);
		if (pick(w, 4) == 0)
			write(w, "limits = { septets = %u; ucs2 = 50; }; ",
			    100 + pick(w, 60));
		break;
	case 2:
	case 3:
		write_words(w, "text");
		write(w, "ask = { into = \"%s\"; tries = %u; fail = \"%s\"; ",
		    into[pick(w, 4)], 1 + pick(w, 3), some_state(w));
		write_words(w, "bad");
		write(w, "}; next = \"%s\"; ", next_state(w));
		break;
	case 4:
		write_words(w, "text");
		write(w,
		    "list = { rows = \"r\"; show = \"name\"; into = \"%s\"; "
		    "value = \"id\"; empty = \"%s\"; }; next = \"%s\"; ",
		    into[pick(w, 2)], way_out(w), next_state(w));
		break;
	case 5:
		write_words(w, "say");
		write(w, "next = \"%s\"; ", next_state(w));
		break;
	case 6:
		write(w,
		    "call = %s; ok = \"%s\"; missing = \"%s\"; fail = "
		    "\"%s\"; slow = \"%s\"; ",
		    calls[pick(w, 8)], next_state(w), some_state(w),
		    some_state(w), way_out(w));
		break;
	case 7:
		write(w,
		    "route = ( { when = \"%s\"; next = \"%s\"; }, "
		    "{ when = \"%s\"; next = \"%s\"; }, "
		    "{ next = \"%s\"; } ); ",
		    some_condition(w), some_state(w), some_condition(w),
		    some_state(w), next_state(w));
		break;
	case 8:
		write_sub(w);
		return;
	}
	write(w, "};\n");
}

static void
write_sub(struct author *w)
{
	write(w, "sub = \"d\"; x = \"%s\"; y = \"%s\"; };\n", next_state(w),
	    some_state(w));
}

static void
write_app(struct author *w)
{
	write(w, "app = \"%s\"; fail = \"%s\"; ",
	    pick(w, 2) ? "own" : "old", way_out(w));
	if (pick(w, 4) > 0)
		write(w, "next = \"%s\"; ", next_state(w));
	write(w, "};\n");
}

static void
write_options(struct author *w)
{
	unsigned count = 1 + pick(w, 6), i;
	const char *seen;

	write(w, "menu = ( ");
	for (i = 0; i < count; i++) {
		seen = some_variable(w);
		write(w, "%s{ sw = \"%s\"; en = \"%s\"; next = \"%s\"; ",
		    i > 0 ? ", " : "", some_text(w, seen, 0),
		    some_text(w, seen, 1),
		    i == 0 ? next_state(w) : some_state(w));
		if (i > 0 && pick(w, 3) == 0)
			write(w, "when = \"%s\"; ", some_condition(w));
		write(w, "}");
	}
	write(w, " ); ");
}

static void
write_words(struct author *w, const char *name)
{
	const char *seen = some_variable(w);

	write(w, "%s = { sw = \"%s\"; en = \"%s\"; }; ", name,
	    some_text(w, seen, 0), some_text(w, seen, 1));
}

static const char *
some_text(struct author *w, const char *seen, int lang)
{
	static const char *const words[] = { "maji", "na", "umeme [", "|",
		"huduma", "za", "serikali", "kwa", "wananchi", "wote" };
	const char *text = lang == 0 ? "Neno" : "Word";
	unsigned count = pick(w, 16) == 0 ? pick(w, 30) : pick(w, 6);

	for (; count > 0; count--)
		text = arena_printf(
		    w->arena, "%s %s", text, words[pick(w, ARRAY_SIZE(words))]);
	return arena_printf(w->arena, "%s%s%s", text, seen,
	    pick(w, 200) == 0 ? " \xe2\x80\x94" : "");
}

/* So that most states are led to. */
static const char *
next_state(struct author *w)
{
	if (w->inside && w->state + 1 == INSIDE)
		return "return x";
	if (!w->inside && w->state + 1 == STATES)
		return "told";
	return arena_printf(
	    w->arena, "%c%u", w->inside ? 'd' : 's', w->state + 1);
}

static const char *
some_state(struct author *w)
{
	unsigned number = pick(w, STATES + 12);

	if (w->inside && number < INSIDE)
		return arena_printf(w->arena, "d%u", number);
	if (w->inside)
		return number % 2 ? "return x" : "return y";
	if (w->leaves && number > STATES + 9)
		return number % 2 ? "latra" : "latra.in";
	if (number >= STATES)
		return number % 2 ? "bye" : "told";
	return arena_printf(w->arena, "s%u", number);
}

static const char *
way_out(struct author *w)
{
	return w->inside ? "return y" : "bye";
}

static const char *
some_variable(struct author *w)
{
	static const char *const vars[] = { " {a}", " {b}", " {n}", " {date}",
		" {msisdn} {operator}" };
	unsigned number = pick(w, 30);

	return number < ARRAY_SIZE(vars) ? vars[number] : "";
}

static const char *
some_condition(struct author *w)
{
	static const char *const conditions[] = { "channel == 'sms'",
		"channel == 'ussd'", "empty a", "empty b", "empty n", "empty a",
		"empty n", "lang == 'sw'", "time > '12:00'", "empty p", "n > 5",
		"a != 'x'" };

	return conditions[pick(w, ARRAY_SIZE(conditions))];
}

static unsigned
pick(struct author *w, unsigned count)
{
	return wander_pick(&w->seed, count);
}
