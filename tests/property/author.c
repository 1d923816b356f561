/*
 * The frame of a draft: the menus file, and what an institution has but its
 * states.
 */
#include <string.h>

#include "tests/property/author.h"

static void make_plan(struct author *w, struct plan *plan);
static void write_menus(struct author *w, struct node *file);
static void write_sentences(struct author *w, struct node *file);
static void write_sentence(
    struct author *w, struct node *words, const char *name, const char *shown);
static void write_roots(struct author *w, struct node *file);
static void write_nested(struct author *w, struct node *menu, int depth);
static void write_institution(struct author *w, struct node *file);
static void write_doors(struct author *w, struct node *top);
static void write_keywords(struct author *w, struct node *doors);
static void write_keyword(struct author *w, struct node *list);
static const char *some_keyword(struct author *w);
static uint64_t write_args(struct author *w, struct node *n);
static void write_defaults(struct author *w, struct node *top);

struct draft
draft_new(struct arena *a, uint64_t seed)
{
	struct plan plan = { .pages = 8 };
	struct author w = { .arena = a, .chance = { seed }, .plan = &plan };
	struct draft d = { .arena = a };
	size_t i;

	make_plan(&w, &plan);
	d.files[d.count] = tree_group(a, NULL, NULL);
	d.names[d.count++] = "menus.cfg";
	write_menus(&w, d.files[0]);
	for (i = 0; i < plan.institution_count; i++) {
		struct author own = { .arena = a,
			.chance = { chance_seed(&w.chance) },
			.plan = &plan,
			.number = i,
			.name = plan.institutions[i] };

		d.files[d.count] = tree_group(a, NULL, NULL);
		d.names[d.count++] = arena_printf(a, "%s.cfg", own.name);
		write_institution(&own, d.files[i + 1]);
	}
	return d;
}

struct source
draft_source(struct arena *a, const struct draft *d, size_t n)
{
	struct source s = { .name = d->names[n] };

	if (d->files[n]->gone)
		return s;
	s.text = tree_write(a, d->files[n]);
	s.len = strlen(s.text);
	return s;
}

static void
make_plan(struct author *w, struct plan *plan)
{
	static const char *const langs[] = { "sw", "en", "fr", "rw" };
	static const char *const names[] = { "latra", "maji", "rita" };
	size_t i;

	plan->lang_count = chance_range(&w->chance, 1, LANGS_MAX);
	memcpy(plan->langs, langs, sizeof(langs));
	plan->septets = chance_range(&w->chance, 60, 182);
	if (chance_in(&w->chance, 2))
		plan->septets = chance_range(&w->chance, 140, 182);
	plan->ucs2 = chance_range(&w->chance, 30, 80);
	plan->pages = chance_range(&w->chance, 6, 20);
	plan->sms_parts = chance_range(&w->chance, 2, 8);
	plan->turn = 4000;
	plan->word = plan->septets < 100 ? 3 : 6;
	plan->back = "0";
	plan->home = chance_in(&w->chance, 4) ? "09" : "00";
	plan->more = chance_in(&w->chance, 4) ? "97" : "98";
	plan->lang = "99";
	plan->institution_count =
	    chance_range(&w->chance, 1, ARRAY_SIZE(names));
	for (i = 0; i < plan->institution_count; i++)
		plan->institutions[i] = names[i];
}

/* ---- the menus file */

static void
write_menus(struct author *w, struct node *file)
{
	const struct plan *plan = w->plan;
	struct node *langs = tree_array(w->arena, file, "langs");
	struct node *nav = tree_group(w->arena, file, "nav"), *limits;
	size_t i;

	for (i = 0; i < plan->lang_count; i++)
		tree_text(w->arena, langs, NULL, plan->langs[i]);
	tree_text(w->arena, nav, "back", plan->back);
	tree_text(w->arena, nav, "home", plan->home);
	tree_text(w->arena, nav, "more", plan->more);
	tree_text(w->arena, nav, "lang", plan->lang);
	limits = tree_group(w->arena, file, "limits");
	tree_number(w->arena, limits, "septets", plan->septets);
	tree_number(w->arena, limits, "ucs2", plan->ucs2);
	tree_number(w->arena, limits, "pages", plan->pages);
	tree_number(w->arena, limits, "sms_parts", plan->sms_parts);
	tree_number(w->arena, limits, "turn", plan->turn);
	write_sentences(w, file);
	write_roots(w, file);
}

static void
write_sentences(struct author *w, struct node *file)
{
	static const char *const plain[] = { "back", "home", "more", "lang",
		"bad", "incomplete", "example", "expired", "changed", "sorry",
		"busy", "absent", "go_on", "anew", "keep", "yes", "no",
		"yes_shared", "forgotten", "tell_nothing" };
	struct node *words = tree_group(w->arena, file, "words");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(plain); i++)
		write_sentence(w, words, plain[i], "");
	write_sentence(w, words, "unknown", " {words}");
	write_sentence(w, words, "was", " {title}");
	write_sentence(w, words, "use", " {value}");
	write_sentence(w, words, "forget_ask", " {word}");
	write_sentence(w, words, "tell_values", " {values}");
	write_sentence(w, words, "tell_messages", " {count}");
	write_sentence(w, words, "tell_erase", " {word}");
}

static void
write_sentence(
    struct author *w, struct node *words, const char *name, const char *shown)
{
	const struct plan *plan = w->plan;
	struct node *n = tree_group(w->arena, words, name);
	size_t i;

	for (i = 0; i < plan->lang_count; i++)
		tree_text(w->arena, n, plan->langs[i],
		    author_text(w, i, "", shown,
			chance_range(&w->chance, 1, plan->word)));
}

static void
write_roots(struct author *w, struct node *file)
{
	static const char *const codes[] = { "*152*00#", "*150*1#", "*149#" };
	static const char *const names[] = { "root", "other", "third" };
	size_t count = chance_range(&w->chance, 1, ARRAY_SIZE(codes)), i;
	struct node *list = tree_list(w->arena, file, "codes"), *n;

	for (i = 0; i < count; i++) {
		n = tree_group(w->arena, list, NULL);
		tree_text(w->arena, n, "code", codes[i]);
		tree_text(w->arena, n, "root", names[i]);
	}
	for (i = 0; i < count; i++) {
		n = tree_group(w->arena, file, names[i]);
		author_words(w, n, "text", 0, 8);
		write_nested(w, tree_list(w->arena, n, "menu"), 0);
	}
}

static void
write_nested(struct author *w, struct node *menu, int depth)
{
	const struct plan *plan = w->plan;
	unsigned count = chance_range(&w->chance, 1, 3), i;
	const char *to;
	struct node *n;

	for (i = 0; i < count; i++) {
		n = tree_group(w->arena, menu, NULL);
		author_texts(w, n, 0, chance_range(&w->chance, 1, 12));
		to = plan->institutions[chance_pick(
		    &w->chance, (unsigned)plan->institution_count)];
		if (depth < 3 && chance_in(&w->chance, 4))
			write_nested(
			    w, tree_list(w->arena, n, "menu"), depth + 1);
		else
			tree_text(w->arena, n, "next",
			    chance_in(&w->chance, 4)
				? arena_printf(w->arena, "%s.in", to)
				: to);
	}
}

/* ---- an institution */

static void
write_institution(struct author *w, struct node *file)
{
	struct node *top = tree_group(w->arena, file, w->name);
	struct scope whole = { .prefix = "s",
		.most = chance_range(&w->chance, 2, 14) };

	author_words(w, top, "title", 0, 4);
	tree_text(w->arena, top, "base", "http://h");
	w->vars = tree_group(w->arena, top, "vars");
	w->apis = tree_group(w->arena, top, "apis");
	w->apps = tree_group(w->arena, top, "apps");
	w->dialogues = tree_group(w->arena, top, "dialogues");
	w->defaults = top;
	whole.states = tree_group(w->arena, top, "states");
	w->scope = &whole;
	write_doors(w, top);
	author_write_all(w);
	write_defaults(w, top);
	author_write_all(w);
}

/* Others may be promised meanwhile. */
void
author_write_all(struct author *w)
{
	struct scope *s = w->scope;
	struct made st;

	while (s->written < s->count) {
		st = s->made[s->written++];
		author_state(w, &st);
	}
}

void
author_dialogue(struct author *w, struct talked *t)
{
	struct scope *outer = w->scope;
	struct scope own = { .talked = t,
		.prefix = "q",
		.most = chance_range(&w->chance, 1, 4) };
	struct node *n = tree_group(w->arena, w->dialogues, t->name), *gives;

	w->scope = &own;
	gives = tree_array(w->arena, n, "gives");
	own.states = tree_group(w->arena, n, "states");
	tree_text(w->arena, n, "start",
	    author_promise(w, chance_in(&w->chance, 2) ? STATE_ASK : STATE_MENU,
		0, t->by));
	author_write_all(w);
	w->scope = outer;
	if (t->given[0])
		tree_text(w->arena, gives, NULL, "x");
	if (t->given[1])
		tree_text(w->arena, gives, NULL, "y");
}

static void
write_doors(struct author *w, struct node *top)
{
	static const enum state_kind seen[] = { STATE_MENU, STATE_ASK,
		STATE_SAY };
	struct node *doors = tree_group(w->arena, top, "doors"), *open;

	tree_text(w->arena, doors, "ussd",
	    author_promise(w, seen[chance_pick(&w->chance, 3)], 0, BY_USSD));
	open = tree_group(w->arena, doors, "open");
	tree_text(w->arena, open, "in",
	    author_promise(w, seen[chance_pick(&w->chance, 3)], 0, BY_USSD));
	write_keywords(w, doors);
}

static void
write_keywords(struct author *w, struct node *doors)
{
	struct node *list = tree_list(w->arena, doors, "sms");
	unsigned count = chance_pick(&w->chance, 3);

	while (count-- > 0)
		write_keyword(w, list);
}

static void
write_keyword(struct author *w, struct node *list)
{
	struct node *n = tree_group(w->arena, list, NULL), *also;
	unsigned count = chance_pick(&w->chance, 3);
	uint64_t known;

	tree_text(w->arena, n, "word", some_keyword(w));
	also = tree_array(w->arena, n, "also");
	while (count-- > 0)
		tree_text(w->arena, also, NULL, some_keyword(w));
	known = write_args(w, n);
	tree_text(w->arena, n, "next", author_target(w, known, BY_SMS));
}

/* Nobody else's, and two letters from any other at least. */
static const char *
some_keyword(struct author *w)
{
	static const char *const more[] = { "", "", " CSEE", " FORM FOUR" };
	unsigned n = w->word_count++;

	return arena_printf(w->arena, "%c%c%c%c%s", 'L' + (int)w->number,
	    'A' + (int)n, 'A' + (int)(n * 7 % 26), 'A' + (int)(n * 11 % 26),
	    more[chance_pick(&w->chance, ARRAY_SIZE(more))]);
}

/* What is known by who sends the word. */
static uint64_t
write_args(struct author *w, struct node *n)
{
	struct node *args = tree_array(w->arena, n, "args");
	unsigned count = chance_pick(&w->chance, 4), optional = 0;
	uint64_t known = 0, all = 0;
	int var = -1;

	for (; count > 0; count--) {
		var = author_var(w, TYPED);
		if (var < 0 || (all & BIT(var)))
			continue;
		if (optional == 0 && chance_in(&w->chance, 3))
			optional = 1;
		else if (optional > 0)
			optional++;
		if (optional == 0)
			known |= BIT(var);
		all |= BIT(var);
		tree_text(w->arena, args, NULL, w->list[var].name);
	}
	if (optional > 0)
		tree_number(w->arena, n, "optional", optional);
	if (args->last != NULL && args->last->value[0] == 't' &&
	    chance_in(&w->chance, 2))
		tree_flag(w->arena, n, "rest", true);
	return known;
}

/* What states left out. */
static void
write_defaults(struct author *w, struct node *top)
{
	unsigned any = BY_USSD | BY_SMS | ONLY_TEXT;
	struct node *defaults = tree_group(w->arena, top, "defaults"), *n;

	if (w->met_ask) {
		n = tree_group(w->arena, defaults, "ask");
		tree_number(w->arena, n, "tries", 2);
		tree_text(w->arena, n, "fail", author_target(w, 0, any));
		author_words(w, n, "bad", 0, w->plan->word);
	}
	if (w->met_list) {
		n = tree_group(w->arena, defaults, "list");
		tree_text(w->arena, n, "empty", author_target(w, 0, any));
	}
	if (w->met_call) {
		n = tree_group(w->arena, defaults, "call");
		tree_text(w->arena, n, "missing", author_target(w, 0, any));
		tree_text(w->arena, n, "fail", author_target(w, 0, any));
		tree_text(w->arena, n, "slow", author_target(w, 0, any));
	}
	if (w->met_app) {
		n = tree_group(w->arena, defaults, "app");
		tree_text(w->arena, n, "fail", author_target(w, 0, any));
	}
}
