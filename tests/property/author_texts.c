/*
 * What an author writes for citizens to read.
 */
#include <string.h>

#include "base/gsm.h"
#include "tests/property/author.h"

#define SHOWN_MAX 2

static const char *some_values(
    struct author *w, uint64_t known, unsigned *width, bool *foreign);
static const char *some_builtin(struct author *w, unsigned *width);
static const char *some_word(struct author *w, unsigned left);
static unsigned width_of(const char *text);

const char *
draft_mark(size_t lang)
{
	static const char *const marks[LANGS_MAX] = { "\xce\x94", "\xce\xa6",
		"\xce\x93", "\xce\x9b" };

	return marks[lang];
}

void
author_words(struct author *w, struct node *parent, const char *name,
    uint64_t known, unsigned width)
{
	author_texts(w, tree_group(w->arena, parent, name), known, width);
}

/* Where a value leaves the alphabet, a screen has less room. */
void
author_texts(
    struct author *w, struct node *parent, uint64_t known, unsigned width)
{
	const struct plan *plan = w->plan;
	bool foreign = false;
	unsigned shown_width = 0, room = width;
	const char *begin = "", *shown;
	size_t lang;

	if (chance_in(&w->chance, 60)) {
		begin = "\xd0\x96"; /* what GSM 7 bit lacks */
		shown_width++;
		foreign = true;
	}
	shown = some_values(w, known, &shown_width, &foreign);
	if (foreign)
		room = width * plan->ucs2 / plan->septets;
	if (shown_width + 1 > room) {
		begin = shown = "";
		shown_width = 0;
		room = width;
	}
	for (lang = 0; lang < plan->lang_count; lang++)
		tree_text(w->arena, parent, plan->langs[lang],
		    author_text(w, lang, begin, shown, room - shown_width));
}

static const char *
some_values(struct author *w, uint64_t known, unsigned *width, bool *foreign)
{
	const char *shown = "";
	unsigned i;
	int var;

	for (i = 0; i < SHOWN_MAX && chance_in(&w->chance, 2); i++) {
		if (chance_in(&w->chance, 5)) {
			shown = arena_printf(
			    w->arena, "%s%s", shown, some_builtin(w, width));
			continue;
		}
		var = author_known(w, known, TYPED);
		if (var < 0)
			continue;
		shown =
		    arena_printf(w->arena, "%s {%s}", shown, w->list[var].name);
		*width += w->list[var].width + 1;
		*foreign = *foreign || w->list[var].unicode;
	}
	return shown;
}

static const char *
some_builtin(struct author *w, unsigned *width)
{
	static const struct {
		const char *shown;
		unsigned width;
	} builtins[] = { { " {lang}", 4 }, { " {date}", 11 }, { " {time}", 6 },
		{ " {channel}", 5 }, { " {msisdn}", 16 }, { " {code}", 21 },
		{ " {operator}", 21 } };
	unsigned i = chance_pick(&w->chance, ARRAY_SIZE(builtins));

	*width += builtins[i].width;
	return builtins[i].shown;
}

const char *
author_text(struct author *w, size_t lang, const char *begin, const char *shown,
    unsigned width)
{
	const char *text =
	    arena_printf(w->arena, "%s%s", draft_mark(lang), begin);
	const char *word;
	unsigned left = width - 1;

	while (left > 0) {
		word = some_word(w, left);
		text = arena_printf(w->arena, "%s%s", text, word);
		left -= width_of(word);
	}
	return arena_printf(w->arena, "%s%s", text, shown);
}

static const char *
some_word(struct author *w, unsigned left)
{
	static const char *const words[] = { "maji", " na", " umeme [", "|",
		" huduma", "\nza", " serikali", " kwa", " wananchi", " wote",
		" \"leo\"", " a\\b" };
	const char *word = words[chance_pick(&w->chance, ARRAY_SIZE(words))];

	return width_of(word) <= left ? word : "o";
}

static unsigned
width_of(const char *text)
{
	return (unsigned)gsm_measure(text, strlen(text)).septets;
}
