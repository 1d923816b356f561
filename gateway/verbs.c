/*
 * The table of verbs, and how a line becomes a call of one.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "gateway/ceremony.h"
#include "gateway/report.h"
#include "gateway/verbs.h"
#include "gateway/verbs_menus.h"

#define VERBS_MOST 64

/* One word of a verb's `arguments`. */
struct word {
	const char *at;
	size_t len;
	bool optional, option, file, many;
	bool valued; /* an option with a value */
};

static enum verb_next help(struct gateway *g, struct order *o);
static const char *nearest(const char *const *words, size_t count);
static size_t begins(
    const struct verb *v, const char *const *words, size_t count);
static bool next_word(const char **from, struct word *w);
static void refuse_verb(struct order *o, const char *near);
static bool take_words(struct order *o, const struct verb *v);
static bool take_option(struct order *o, const struct verb *v, size_t *at);
static bool fits(const struct order *o, const struct verb *v);
static void refuse_usage(struct order *o, const struct verb *v);

const struct verb verbs[] = {
	{ "help", "[WORD...]", "lists what may be ordered", help },
	{ "reload", "", "reads the files again, as SIGHUP does", verbs_reload },
	{ "show menus", "[NAME]",
	    "tells what is live, submitted, on trial, and in use here",
	    verbs_show_menus },
	{ "submit", "FILE [--moved]",
	    "proves an institution's file, or the menus file, and lets it wait",
	    ceremony_submit },
	{ "diff", "NAME", "tells what a submission changes", ceremony_diff },
	{ "trial", "NAME [on|off] [--numbers N,N]",
	    "tries a submission on test codes, and for numbers on every code",
	    ceremony_trial },
	{ "approve", "NAME", "makes a submission live", ceremony_approve },
	{ "reject", "NAME [WHY...]", "drops a submission", ceremony_reject },
	{ "rollback", "NAME [VERSION]", "makes live what was live before",
	    ceremony_rollback },
	{ "withdraw", "NAME", "takes an institution away", ceremony_withdraw },
	{ "history", "NAME", "lists what was live, and by whom",
	    verbs_history },
	{ "audit", "[COUNT]", "tells who did what, the newest first",
	    verbs_audit },
	{ NULL, NULL, NULL, NULL },
};

/* ---- which verb */

const struct verb *
verbs_find(const char *const *words, size_t count, const char **near)
{
	const struct verb *v, *best = NULL;
	size_t len = 0;

	*near = NULL;
	for (v = verbs; v->words != NULL; v++)
		if (begins(v, words, count) > len) {
			best = v;
			len = begins(v, words, count);
		}
	if (best == NULL && count > 0)
		*near = nearest(words, count);
	return best;
}

/* By its first words, or else the first that goes on from there. */
static const char *
nearest(const char *const *words, size_t count)
{
	const char *known[VERBS_MOST + 1] = { NULL }, *near;
	char said[64];
	size_t i;

	for (i = 0; verbs[i].words != NULL; i++)
		known[i] = verbs[i].words;
	CHECK(i <= VERBS_MOST);
	snprintf(said, sizeof(said), "%s%s%s", words[0], count > 1 ? " " : "",
	    count > 1 ? words[1] : "");
	near = text_nearest(said, known);
	if (near == NULL)
		near = text_nearest(words[0], known);
	for (i = 0; near == NULL && known[i] != NULL; i++)
		if (strncmp(known[i], words[0], strlen(words[0])) == 0)
			near = known[i];
	return near;
}

/* How many words of V the words begin with: all of them, or 0. */
static size_t
begins(const struct verb *v, const char *const *words, size_t count)
{
	const char *at = v->words;
	size_t i = 0, len;

	for (; *at != '\0'; at += len + (at[len] == ' '), i++) {
		len = strcspn(at, " ");
		if (i == count || strlen(words[i]) != len ||
		    memcmp(words[i], at, len) != 0)
			return 0;
	}
	return i;
}

int
verbs_file(const struct verb *v)
{
	const char *from = v->arguments;
	struct word w;
	int i = 0;

	while (next_word(&from, &w)) {
		if (w.file)
			return i;
		i += !w.option;
	}
	return -1;
}

/* "[--numbers N,N]" is one word, and so is "FILE". */
static bool
next_word(const char **from, struct word *w)
{
	const char *at = *from + strspn(*from, " ");

	*w = (struct word){ .at = at };
	if (*at == '\0')
		return false;
	w->optional = *at == '[';
	if (w->optional)
		w->at = ++at;
	w->len = strcspn(at, w->optional ? "]" : " ");
	w->option = strncmp(at, "--", 2) == 0;
	w->valued = w->option && memchr(at, ' ', w->len) != NULL;
	w->file = w->len == 4 && memcmp(at, "FILE", 4) == 0;
	w->many = w->len > 3 && memcmp(at + w->len - 3, "...", 3) == 0;
	*from = at + w->len + w->optional;
	return true;
}

/* ---- an order */

enum verb_next
verbs_run(struct gateway *g, struct order *o)
{
	const char *near;
	const struct verb *v = verbs_find(o->words, o->word_count, &near);

	o->arguments =
	    arena_array(o->arena, o->word_count + 1, sizeof(*o->arguments));
	o->options =
	    arena_array(o->arena, 2 * o->word_count + 1, sizeof(*o->options));
	if (v == NULL) {
		refuse_verb(o, near);
		return VERB_DONE;
	}
	if (!take_words(o, v) || !fits(o, v)) {
		refuse_usage(o, v);
		return VERB_DONE;
	}
	return v->run(g, o);
}

static void
refuse_verb(struct order *o, const char *near)
{
	if (near != NULL)
		report_problem(o->report, REPORT_USAGE,
		    "there is no '%s'; did you mean '%s'?", o->words[0], near);
	else
		report_problem(o->report, REPORT_USAGE,
		    "there is no '%s'; 'help' lists what there is",
		    o->words[0]);
}

static bool
take_words(struct order *o, const struct verb *v)
{
	size_t i = begins(v, o->words, o->word_count);

	for (; i < o->word_count; i++)
		if (strncmp(o->words[i], "--", 2) != 0)
			o->arguments[o->argument_count++] = o->words[i];
		else if (!take_option(o, v, &i))
			return false;
	return true;
}

static bool
take_option(struct order *o, const struct verb *v, size_t *at)
{
	const char *from = v->arguments, *said = o->words[*at];
	size_t end = 0, len;
	struct word w;

	while (next_word(&from, &w)) {
		len = w.valued ? strcspn(w.at, " ") : w.len;
		if (!w.option || strlen(said) != len ||
		    memcmp(said, w.at, len) != 0)
			continue;
		if (w.valued && *at + 1 == o->word_count)
			return false;
		while (o->options[end] != NULL)
			end += 2;
		o->options[end] = said;
		o->options[end + 1] = w.valued ? o->words[++*at] : "";
		return true;
	}
	return false;
}

static bool
fits(const struct order *o, const struct verb *v)
{
	const char *from = v->arguments;
	size_t least = 0, most = 0;
	bool many = false, file = false;
	struct word w;

	while (next_word(&from, &w)) {
		file |= w.file;
		many |= w.many;
		if (w.option || w.file)
			continue;
		most++;
		least += !w.optional;
	}
	return o->argument_count >= least &&
	    (many || o->argument_count <= most) && file == (o->file_count > 0);
}

static void
refuse_usage(struct order *o, const struct verb *v)
{
	report_problem(o->report, REPORT_USAGE, "usage: %s%s%s", v->words,
	    *v->arguments != '\0' ? " " : "", v->arguments);
}

/* ---- help */

static enum verb_next
help(struct gateway *g, struct order *o)
{
	static const char *const columns[] = { "order", "does", NULL };
	const struct verb *v;

	(void)g;
	report_table(o->report, "orders", columns);
	for (v = verbs; v->words != NULL; v++) {
		const char *usage = arena_printf(o->arena, "%s%s%s", v->words,
		    *v->arguments != '\0' ? " " : "", v->arguments);
		const char *cells[] = { usage, v->does };

		if (o->argument_count == 0 ||
		    strncmp(v->words, o->arguments[0],
			strlen(o->arguments[0])) == 0)
			report_row(o->report, cells);
	}
	return VERB_DONE;
}
