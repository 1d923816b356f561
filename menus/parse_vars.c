/*
 * Variables: their types, their rules, and how what people type is folded.
 */
#include <string.h>

#include "base/gsm.h"
#include "menus/builtins.h"
#include "menus/parse.h"
#include "menus/pattern.h"

#define DATE_WIDTH 10
#define IS(type)   (1u << (type))

struct raw_variable {
	int type, fold;
	int max, width;
	bool cut, unicode, share;
	const char *match, *reads;
	int min_length, max_length;
	int least, most;
	const char *const *choices, *const *cols;
	int keep;
};

enum fold {
	FOLD_NONE,
	FOLD_UPPER,
	FOLD_LOWER,
};

/* In the order of enum var_type. */
static const char *const types[] = { "text", "digits", "number", "money",
	"date", "choice", "rows", "pin", NULL };
static const char *const folds[] = { "none", "upper", "lower", NULL };

#define AT(field) offsetof(struct raw_variable, field)
static const struct schema_key table[] = {
	{ "type", SCHEMA_CHOICE, AT(type), .choices = types },
	{ "max", SCHEMA_NUMBER, AT(max), RANGE(1, 1000), .optional = true },
	{ "width", SCHEMA_NUMBER, AT(width), RANGE(1, 150), .optional = true },
	{ "cut", SCHEMA_FLAG, AT(cut), .optional = true },
	{ "unicode", SCHEMA_FLAG, AT(unicode), .optional = true },
	{ "fold", SCHEMA_CHOICE, AT(fold), .choices = folds, .optional = true },
	{ "match", SCHEMA_TEXT, AT(match), RANGE(1, 200), .optional = true },
	{ "min_length", SCHEMA_NUMBER, AT(min_length), RANGE(1, 1000),
	    .optional = true },
	{ "max_length", SCHEMA_NUMBER, AT(max_length), RANGE(1, 1000),
	    .optional = true },
	{ "least_value", SCHEMA_NUMBER, AT(least), .optional = true },
	{ "most_value", SCHEMA_NUMBER, AT(most), .optional = true },
	{ "choices", SCHEMA_NAMES, AT(choices), RANGE(1, 50),
	    .optional = true },
	{ "cols", SCHEMA_NAMES, AT(cols), RANGE(1, 8), .optional = true },
	{ "keep", SCHEMA_SPAN, AT(keep), RANGE(1, 3 * 365 * 86400),
	    .optional = true },
	{ "share", SCHEMA_FLAG, AT(share), .optional = true },
	{ "reads", SCHEMA_TEXT, AT(reads), RANGE(3, 100), .optional = true },
	{ .name = NULL },
};

/* Which types a rule has a meaning for, and which cannot do without it. */
static const struct {
	const char *name;
	unsigned has, needs;
} uses[] = {
	{ "max",
	    IS(VAR_TEXT) | IS(VAR_DIGITS) | IS(VAR_NUMBER) | IS(VAR_MONEY) |
		IS(VAR_ROWS) | IS(VAR_PIN),
	    IS(VAR_TEXT) | IS(VAR_DIGITS) | IS(VAR_NUMBER) | IS(VAR_MONEY) |
		IS(VAR_ROWS) | IS(VAR_PIN) },
	{ "width", IS(VAR_ROWS), IS(VAR_ROWS) },
	{ "cut", IS(VAR_TEXT) | IS(VAR_CHOICE), 0 },
	{ "unicode", IS(VAR_TEXT) | IS(VAR_CHOICE) | IS(VAR_ROWS), 0 },
	{ "fold", IS(VAR_TEXT) | IS(VAR_CHOICE), 0 },
	{ "match", IS(VAR_TEXT) | IS(VAR_DIGITS) | IS(VAR_PIN), 0 },
	{ "min_length", IS(VAR_TEXT) | IS(VAR_DIGITS) | IS(VAR_PIN), 0 },
	{ "max_length", IS(VAR_TEXT) | IS(VAR_DIGITS) | IS(VAR_PIN), 0 },
	{ "least_value", IS(VAR_NUMBER) | IS(VAR_MONEY), 0 },
	{ "most_value", IS(VAR_NUMBER) | IS(VAR_MONEY), 0 },
	{ "choices", IS(VAR_CHOICE), IS(VAR_CHOICE) },
	{ "cols", IS(VAR_ROWS), IS(VAR_ROWS) },
	{ "keep", ~(IS(VAR_ROWS) | IS(VAR_PIN)), 0 },
	{ "share", ~(IS(VAR_ROWS) | IS(VAR_PIN)), 0 },
	{ "reads", ~(IS(VAR_ROWS) | IS(VAR_PIN)), 0 },
};

static void read_variable(
    struct parser *p, const config_setting_t *s, struct variable *out);
static void check_name(
    struct parser *p, const config_setting_t *s, const char *name);
static void check_uses(
    struct parser *p, const config_setting_t *s, enum var_type type);
static void check_ranges(struct parser *p, const config_setting_t *s,
    const struct raw_variable *raw);
static size_t widest(enum var_type type, const struct raw_variable *raw);
static void compile_match(struct parser *p, const config_setting_t *s,
    const struct raw_variable *raw, struct variable *v);
static void decide_folding(struct variable *v, const struct raw_variable *raw);
static void fold_by_rule(struct variable *v, const char *match);
static bool rule_has(const char *regex, char wanted);

void
parse_vars(struct parser *p, const config_setting_t *vars)
{
	size_t i;

	parse_names(p, vars, VARS_MAX, &p->var_names);
	p->vars = arena_array(p->arena, p->var_names.count, sizeof(*p->vars));
	for (i = 0; i < p->var_names.count; i++) {
		p->vars[i].name = p->var_names.list[i];
		read_variable(p, parse_element(vars, i), &p->vars[i]);
	}
}

static void
read_variable(struct parser *p, const config_setting_t *s, struct variable *out)
{
	struct raw_variable raw = { .type = VAR_TEXT };

	out->drops = "";
	out->line = parse_line(s);
	check_name(p, s, out->name);
	if (!parse_fill(p, s, table, &raw))
		return;
	out->type = (enum var_type)raw.type;
	check_uses(p, s, out->type);
	check_ranges(p, s, &raw);
	out->max = widest(out->type, &raw);
	out->cut = raw.cut;
	out->unicode = raw.unicode;
	out->secret = out->type == VAR_PIN;
	out->keep_s = raw.keep;
	out->share = raw.share;
	parse_reads(p, s, raw.reads, out);
	out->min_length = (size_t)raw.min_length;
	out->max_length = (size_t)raw.max_length;
	out->has_least = config_setting_get_member(s, "least_value") != NULL;
	out->has_most = config_setting_get_member(s, "most_value") != NULL;
	out->least = raw.least;
	out->most = raw.most;
	out->choices = raw.choices;
	out->cols = raw.cols;
	out->width = (size_t)raw.width;
	compile_match(p, s, &raw, out);
	decide_folding(out, &raw);
}

static void
check_name(struct parser *p, const config_setting_t *s, const char *name)
{
	if (builtin_find(name) != NOWHERE)
		parse_wrong(p, CHECK_WORDS, s,
		    "'%s' is built in; choose another name", name);
	else if (strcmp(name, "empty") == 0 || strcmp(name, "and") == 0 ||
	    strcmp(name, "words") == 0)
		parse_wrong(p, CHECK_WORDS, s,
		    "'%s' is a word of the menu language; choose another name",
		    name);
}

static void
check_uses(struct parser *p, const config_setting_t *s, enum var_type type)
{
	size_t i;
	const config_setting_t *rule;

	for (i = 0; i < ARRAY_SIZE(uses); i++) {
		rule = config_setting_get_member(s, uses[i].name);
		if (rule != NULL && (uses[i].has & IS(type)) == 0)
			parse_wrong(p, CHECK_WORDS, rule,
			    "'%s' means nothing for the type %s", uses[i].name,
			    types[type]);
		if (rule == NULL && (uses[i].needs & IS(type)) != 0)
			parse_wrong(p, CHECK_WORDS, s,
			    "'%s' is missing: the type %s needs it",
			    uses[i].name, types[type]);
	}
}

static void
check_ranges(
    struct parser *p, const config_setting_t *s, const struct raw_variable *raw)
{
	if (raw->max_length != 0 && raw->min_length > raw->max_length)
		parse_wrong(
		    p, CHECK_WORDS, s, "min_length is more than max_length");
	if (config_setting_get_member(s, "least_value") != NULL &&
	    config_setting_get_member(s, "most_value") != NULL &&
	    raw->least > raw->most)
		parse_wrong(
		    p, CHECK_WORDS, s, "least_value is more than most_value");
	if (raw->share && raw->keep == 0)
		parse_wrong(p, CHECK_WORDS, parse_place(s, "share"),
		    "only what is kept can be shared: 'keep' is missing");
}

/* The greatest width when shown; rows: their number. */
static size_t
widest(enum var_type type, const struct raw_variable *raw)
{
	size_t most = 0, width, i;
	struct gsm_room room;

	if (type == VAR_DATE)
		return DATE_WIDTH;
	if (type != VAR_CHOICE || raw->choices == NULL)
		return (size_t)raw->max;
	for (i = 0; raw->choices[i] != NULL; i++) {
		room = gsm_measure(raw->choices[i], strlen(raw->choices[i]));
		width = room.in_alphabet ? room.septets : room.ucs2;
		if (width > most)
			most = width;
	}
	return most;
}

static void
compile_match(struct parser *p, const config_setting_t *s,
    const struct raw_variable *raw, struct variable *v)
{
	const config_setting_t *where = parse_place(s, "match");
	const char *why;

	if (raw->match == NULL)
		return;
	v->match = pattern_compile(p->arena, raw->match, &why);
	if (v->match == NULL)
		parse_wrong(p, CHECK_BRANCHES, where,
		    "'match' is no regular expression: %s", why);
	else if (raw->match[0] != '^' ||
	    raw->match[strlen(raw->match) - 1] != '$')
		parse_doubt(p, CHECK_BRANCHES, where,
		    "'match' should begin with ^ and end with $, or it will "
		    "accept anything around what it looks for");
}

static void
decide_folding(struct variable *v, const struct raw_variable *raw)
{
	v->upper = raw->fold == FOLD_UPPER;
	v->lower = raw->fold == FOLD_LOWER;
	if (v->type == VAR_DIGITS)
		v->drops = " /-";
	else if (v->type == VAR_NUMBER || v->type == VAR_MONEY)
		v->drops = " ,";
	/* Without a rule a text is free: its spaces are its own. */
	else if (v->type == VAR_TEXT && raw->match != NULL &&
	    raw->fold != FOLD_NONE)
		fold_by_rule(v, raw->match);
}

static void
fold_by_rule(struct variable *v, const char *match)
{
	bool slash = rule_has(match, '/'), dash = rule_has(match, '-');
	bool space = rule_has(match, ' ');

	if (!slash && !dash)
		v->drops = space ? "/-" : " /-";
	else
		v->drops = space ? "" : " ";
	if (slash != dash) {
		v->turns = slash ? '-' : '/';
		v->joiner = slash ? '/' : '-';
	}
}

/* Whether the rule speaks of that very character; the - of [0-9] is none. */
static bool
rule_has(const char *regex, char wanted)
{
	bool in_class = false;
	const char *at, *opened = NULL;

	for (at = regex; *at != '\0'; at++) {
		if (*at == '\\' && at[1] != '\0') {
			if (*++at == wanted)
				return true;
		} else if (!in_class && *at == '[') {
			in_class = true;
			opened = at + (at[1] == '^');
		} else if (in_class && *at == ']' && at > opened + 1) {
			in_class = false;
		} else if (*at == wanted) {
			if (!in_class || wanted != '-' || at == opened + 1 ||
			    at[1] == ']')
				return true;
		}
	}
	return false;
}
