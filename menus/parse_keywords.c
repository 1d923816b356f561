/*
 * Keywords: the words by which an SMS begins a dialogue.
 *
 * An alias is a keyword of its own, but for what follows the word: it stands
 * behind all keywords and names the one that it means.
 */
#include <string.h>
#include <strings.h>

#include "menus/fold.h"
#include "menus/keyword.h"
#include "menus/parse.h"

#define EXAMPLE_MAX 100
#define ALSO_MAX    10
#define CHARACTERS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

struct raw_keyword {
	const char *word, *next, *example;
	const char *const *args, *const *also;
	int optional;
	bool rest;
};

#define AT(field) offsetof(struct raw_keyword, field)
static const struct schema_key table[] = {
	{ "word", SCHEMA_TEXT, AT(word), RANGE(1, KEYWORD_MAX) },
	{ "also", SCHEMA_NAMES, AT(also), RANGE(0, ALSO_MAX), .fallback = "" },
	{ "args", SCHEMA_NAMES, AT(args), RANGE(0, VARS_MAX), .fallback = "" },
	{ "optional", SCHEMA_NUMBER, AT(optional), RANGE(0, VARS_MAX),
	    .fallback = "0" },
	{ "rest", SCHEMA_FLAG, AT(rest), .fallback = "false" },
	{ "next", SCHEMA_TEXT, AT(next), RANGE(1, 100) },
	{ "example", SCHEMA_TEXT, AT(example), RANGE(1, EXAMPLE_MAX),
	    .optional = true },
	{ .name = NULL },
};

static const char *const *read_keyword(
    struct parser *p, const config_setting_t *s, struct keyword *out);
static void check_word(
    struct parser *p, const config_setting_t *where, const char *word);
static bool is_example(const char *example, const char *word);
static void read_args(struct parser *p, const config_setting_t *s,
    const struct raw_keyword *raw, struct keyword *out);
static void add_aliases(struct parser *p, const config_setting_t *where,
    const struct keyword *word, const char *const *also, struct graph *g,
    struct keyword *to);
static void check_unique(struct parser *p, const config_setting_t *where,
    const struct keyword *word, const struct graph *g);

void
parse_keywords(struct parser *p, const config_setting_t *list, struct graph *g)
{
	size_t i, n, count = parse_count(list), aliases = 0;
	const char *const **also = arena_array(p->arena, count, sizeof(*also));
	struct keyword *words, *all;
	const config_setting_t *s;

	words = arena_array(p->arena, count, sizeof(*words));
	for (i = 0; i < count; i++) {
		also[i] = read_keyword(p, parse_element(list, i), &words[i]);
		for (n = 0; also[i][n] != NULL; n++)
			aliases++;
	}
	all = arena_array(p->arena, count + aliases, sizeof(*all));
	g->keywords = all;
	for (i = 0; i < count; i++) {
		all[i] = words[i];
		check_unique(p, parse_element(list, i), &all[i], g);
		g->keyword_count++;
	}
	for (i = 0; i < count; i++) {
		s = parse_element(list, i);
		add_aliases(
		    p, parse_place(s, "also"), &all[i], also[i], g, all);
	}
}

/* Its other words; none where it was wrong. */
static const char *const *
read_keyword(struct parser *p, const config_setting_t *s, struct keyword *out)
{
	static const char *const nothing[] = { NULL };
	struct raw_keyword raw = { .word = NULL };

	out->word = "";
	out->line = parse_line(s);
	if (!parse_fill(p, s, table, &raw))
		return nothing;
	out->word = raw.word;
	out->example = raw.example;
	out->next = parse_own_target(p, s, "next", raw.next);
	read_args(p, s, &raw, out);
	check_word(p, parse_place(s, "word"), raw.word);
	if (raw.example != NULL && !is_example(raw.example, raw.word))
		parse_wrong(p, CHECK_KEYWORDS, parse_place(s, "example"),
		    "the example must begin with %s and a space", raw.word);
	return raw.also;
}

static void
check_word(struct parser *p, const config_setting_t *where, const char *word)
{
	const char *at = word;
	size_t words = 0, len;

	do {
		at += words > 0;
		len = strspn(at, CHARACTERS);
		at += len;
		words++;
	} while (len > 0 && *at == ' ');
	if (len == 0 || *at != '\0' || words > KEYWORD_WORDS_MAX)
		parse_wrong(p, CHECK_KEYWORDS, where,
		    "a keyword is 1 to %d words of plain letters and digits, "
		    "with one space between, not '%s'",
		    KEYWORD_WORDS_MAX, word);
	else if (strlen(word) > KEYWORD_MAX)
		parse_wrong(p, CHECK_KEYWORDS, where,
		    "a keyword has at most %d characters: '%s'", KEYWORD_MAX,
		    word);
}

static bool
is_example(const char *example, const char *word)
{
	size_t len = strlen(word);

	return strncasecmp(example, word, len) == 0 && example[len] == ' ';
}

static void
read_args(struct parser *p, const config_setting_t *s,
    const struct raw_keyword *raw, struct keyword *out)
{
	const config_setting_t *where = parse_place(s, "args");
	size_t i, count = 0;
	uint16_t *args;

	while (raw->args[count] != NULL)
		count++;
	args = arena_array(p->arena, count, sizeof(*args));
	for (i = 0; i < count; i++) {
		args[i] = parse_own_variable(p, where, raw->args[i]);
		if (args[i] != NOWHERE && p->vars[args[i]].type == VAR_ROWS)
			parse_wrong(p, CHECK_VARIABLES, where,
			    "'%s' holds rows: no SMS can bring it",
			    raw->args[i]);
	}
	out->args = args;
	out->arg_count = count;
	out->rest = raw->rest;
	out->least = count - (size_t)raw->optional;
	if ((size_t)raw->optional > count) {
		out->least = 0;
		parse_wrong(p, CHECK_KEYWORDS, parse_place(s, "optional"),
		    "%d of %zu 'args' cannot be optional", raw->optional,
		    count);
	}
	if (raw->rest && count == 0)
		parse_wrong(p, CHECK_KEYWORDS, parse_place(s, "rest"),
		    "'rest' is for the last of its 'args', and there is none");
	else if (raw->rest && args[count - 1] != NOWHERE &&
	    p->vars[args[count - 1]].type != VAR_TEXT)
		parse_wrong(p, CHECK_VARIABLES, parse_place(s, "rest"),
		    "'%s' takes the rest of the message, and so must be of the "
		    "type text",
		    raw->args[count - 1]);
}

static void
add_aliases(struct parser *p, const config_setting_t *where,
    const struct keyword *word, const char *const *also, struct graph *g,
    struct keyword *to)
{
	struct keyword *alias;

	for (; *also != NULL; also++) {
		alias = &to[g->keyword_count + g->alias_count];
		*alias = *word;
		alias->word = *also;
		alias->means = word;
		check_word(p, where, alias->word);
		check_unique(p, where, alias, g);
		g->alias_count++;
	}
}

static void
check_unique(struct parser *p, const config_setting_t *where,
    const struct keyword *word, const struct graph *g)
{
	size_t i;

	for (i = 0; i < g->keyword_count + g->alias_count; i++)
		if (*word->word != '\0' &&
		    strcasecmp(g->keywords[i].word, word->word) == 0)
			parse_wrong(p, CHECK_KEYWORDS, where,
			    "the keyword %s is taken in line %d", word->word,
			    g->keywords[i].line);
}
