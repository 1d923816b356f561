/*
 * Doors: where a dialogue enters an institution, by a dial or by a keyword.
 */
#include <string.h>
#include <strings.h>

#include "menus/parse.h"

#define WORD_MAX    20
#define EXAMPLE_MAX 60
#define WORD_CHARACTERS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

struct raw_doors {
	const char *ussd;
};

struct raw_keyword {
	const char *word, *next, *example;
	const char *const *args;
};

static const struct schema_key doors_table[] = {
	{ "ussd", SCHEMA_TEXT, offsetof(struct raw_doors, ussd), RANGE(1, 100),
	    .optional = true },
	{ "sms", SCHEMA_LIST, .optional = true },
	{ .name = NULL },
};

#define AT(field) offsetof(struct raw_keyword, field)
static const struct schema_key keyword_table[] = {
	{ "word", SCHEMA_TEXT, AT(word), RANGE(1, WORD_MAX) },
	{ "args", SCHEMA_NAMES, AT(args), RANGE(0, VARS_MAX), .fallback = "" },
	{ "next", SCHEMA_TEXT, AT(next), RANGE(1, 100) },
	{ "example", SCHEMA_TEXT, AT(example), RANGE(1, EXAMPLE_MAX),
	    .optional = true },
	{ .name = NULL },
};

static void read_keywords(
    struct parser *p, const config_setting_t *list, struct graph *g);
static void read_keyword(
    struct parser *p, const config_setting_t *s, struct keyword *out);
static bool is_example(const char *example, const char *word);
static void read_args(struct parser *p, const config_setting_t *s,
    const char *const *names, struct keyword *out);
static void check_unique(struct parser *p, const config_setting_t *list,
    const struct keyword *words, size_t count);

void
parse_doors(struct parser *p, const config_setting_t *doors, struct graph *g)
{
	struct raw_doors raw = { NULL };

	g->ussd_door = NOWHERE;
	if (!parse_fill(p, doors, doors_table, &raw))
		return;
	if (raw.ussd != NULL)
		g->ussd_door = parse_target(p, doors, "ussd", raw.ussd).state;
	read_keywords(p, parse_list(doors, "sms"), g);
	if (raw.ussd == NULL && g->keyword_count == 0)
		parse_wrong(p, CHECK_TARGETS, doors,
		    "there is no door: 'ussd' names a state, 'sms' keywords");
}

static void
read_keywords(struct parser *p, const config_setting_t *list, struct graph *g)
{
	size_t i, count = parse_count(list);
	struct keyword *words = arena_array(p->arena, count, sizeof(*words));

	for (i = 0; i < count; i++)
		read_keyword(p, parse_element(list, i), &words[i]);
	check_unique(p, list, words, count);
	g->keywords = words;
	g->keyword_count = count;
}

static void
read_keyword(struct parser *p, const config_setting_t *s, struct keyword *out)
{
	struct raw_keyword raw = { .word = NULL };

	out->word = "";
	out->line = parse_line(s);
	if (!parse_fill(p, s, keyword_table, &raw))
		return;
	out->word = raw.word;
	out->example = raw.example;
	out->next = parse_target(p, s, "next", raw.next);
	read_args(p, parse_place(s, "args"), raw.args, out);
	if (raw.word[strspn(raw.word, WORD_CHARACTERS)] != '\0')
		parse_wrong(p, CHECK_KEYWORDS, parse_place(s, "word"),
		    "a keyword is one word of plain letters and digits");
	if (raw.example != NULL && !is_example(raw.example, raw.word))
		parse_wrong(p, CHECK_KEYWORDS, parse_place(s, "example"),
		    "the example must begin with %s and a space", raw.word);
}

static bool
is_example(const char *example, const char *word)
{
	size_t len = strlen(word);

	return strncasecmp(example, word, len) == 0 && example[len] == ' ';
}

static void
read_args(struct parser *p, const config_setting_t *s, const char *const *names,
    struct keyword *out)
{
	size_t i, count = 0;
	uint16_t *args;

	while (names[count] != NULL)
		count++;
	args = arena_array(p->arena, count, sizeof(*args));
	for (i = 0; i < count; i++) {
		args[i] = parse_own_variable(p, s, names[i]);
		if (args[i] != NOWHERE && p->vars[args[i]].type == VAR_ROWS)
			parse_wrong(p, CHECK_VARIABLES, s,
			    "'%s' holds rows: no SMS can bring it", names[i]);
	}
	out->args = args;
	out->arg_count = count;
}

static void
check_unique(struct parser *p, const config_setting_t *list,
    const struct keyword *words, size_t count)
{
	size_t i, j;

	for (i = 1; i < count; i++)
		for (j = 0; j < i; j++)
			if (*words[i].word != '\0' &&
			    strcasecmp(words[i].word, words[j].word) == 0)
				parse_wrong(p, CHECK_KEYWORDS,
				    parse_element(list, i),
				    "the keyword %s is taken in line %d",
				    words[i].word, words[j].line);
}
