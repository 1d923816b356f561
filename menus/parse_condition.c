/*
 * Conditions:
 *
 *	condition = test { "and" test }
 *	test      = name op literal | "empty" name
 *	op        = "==" | "!=" | "<" | "<=" | ">" | ">="
 *	literal   = whole number | 'text'
 *
 * What can be compared with what is decided here, so that the engine never
 * meets a comparison that has no meaning.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "menus/builtins.h"
#include "menus/parse.h"

#define TESTS_MAX 8
#define NAME_CHARACTERS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-*"

/* A condition that is being read. */
struct reader {
	struct parser *parser;
	const config_setting_t *where;
	const char *at;
};

static bool read_test(struct reader *r, struct test *out);
static bool read_comparison(
    struct reader *r, const char *name, struct test *out);
static bool read_operator(struct reader *r, enum compare *out);
static bool read_literal(struct reader *r, struct test *out);
static bool read_number(struct reader *r, struct test *out);
static bool read_quoted(struct reader *r, struct test *out);
static bool is_typed(struct reader *r, const struct test *t);
static bool is_ordered(const struct reader *r, const struct test *t);
static bool is_possible(struct reader *r, const struct test *t);
static bool is_one_of(
    struct reader *r, const struct test *t, const char *const *words);
static bool is_date(const char *text);
static const char *take_name(struct reader *r);
static bool take_word(struct reader *r, const char *word);
static void skip_spaces(struct reader *r);

struct condition
parse_condition(
    struct parser *p, const config_setting_t *where, const char *text)
{
	struct reader r = { p, where, text };
	struct test *tests = arena_array(p->arena, TESTS_MAX, sizeof(*tests));
	size_t count = 0;

	do {
		if (count == TESTS_MAX) {
			parse_wrong(p, CHECK_VARIABLES, where,
			    "a condition has at most %d parts", TESTS_MAX);
			return (struct condition){ NULL, 0 };
		}
		if (!read_test(&r, &tests[count++]))
			return (struct condition){ NULL, 0 };
	} while (take_word(&r, "and"));
	skip_spaces(&r);
	if (*r.at != '\0') {
		parse_wrong(p, CHECK_VARIABLES, where,
		    "'%s' is no part of a condition: tests are joined by 'and'"
		    " alone",
		    r.at);
		return (struct condition){ NULL, 0 };
	}
	return (struct condition){ tests, count };
}

static bool
read_test(struct reader *r, struct test *out)
{
	bool is_empty = take_word(r, "empty");
	const char *name = take_name(r);

	if (name == NULL) {
		parse_wrong(r->parser, CHECK_VARIABLES, r->where,
		    "a condition is: name == 'text', name > 5, or empty name");
		return false;
	}
	if (!is_empty)
		return read_comparison(r, name, out);
	out->op = COMPARE_EMPTY;
	out->var = parse_own_variable(r->parser, r->where, name);
	return out->var != NOWHERE;
}

static bool
read_comparison(struct reader *r, const char *name, struct test *out)
{
	out->var = parse_variable_name(r->parser, r->where, name);
	if (out->var == NOWHERE)
		return false;
	if (!read_operator(r, &out->op)) {
		parse_wrong(r->parser, CHECK_VARIABLES, r->where,
		    "after '%s' comes one of == != < <= > >=", name);
		return false;
	}
	return read_literal(r, out) && is_typed(r, out) && is_possible(r, out);
}

static bool
read_operator(struct reader *r, enum compare *out)
{
	/* The longer ones first. */
	static const struct {
		const char *sign;
		enum compare op;
	} signs[] = { { "==", COMPARE_EQ }, { "!=", COMPARE_NE },
		{ "<=", COMPARE_LE }, { ">=", COMPARE_GE }, { "<", COMPARE_LT },
		{ ">", COMPARE_GT } };
	size_t i, len;

	skip_spaces(r);
	for (i = 0; i < ARRAY_SIZE(signs); i++) {
		len = strlen(signs[i].sign);
		if (strncmp(r->at, signs[i].sign, len) == 0) {
			r->at += len;
			*out = signs[i].op;
			return true;
		}
	}
	return false;
}

static bool
read_literal(struct reader *r, struct test *out)
{
	skip_spaces(r);
	if (*r->at == '\'')
		return read_quoted(r, out);
	return read_number(r, out);
}

static bool
read_number(struct reader *r, struct test *out)
{
	size_t len = strspn(r->at, "-0123456789");
	const char *text = arena_copy(r->parser->arena, r->at, len);
	char *end;

	errno = 0;
	out->number = strtoll(text, &end, 10);
	if (len == 0 || *end != '\0' || errno != 0) {
		parse_wrong(r->parser, CHECK_VARIABLES, r->where,
		    "'%s' is neither a whole number nor a 'text'", r->at);
		return false;
	}
	out->literal = text;
	out->numeric = true;
	r->at += len;
	return true;
}

static bool
read_quoted(struct reader *r, struct test *out)
{
	size_t len = strcspn(r->at + 1, "'");

	if (r->at[1 + len] != '\'') {
		parse_wrong(r->parser, CHECK_VARIABLES, r->where,
		    "the quote before '%s' is not closed", r->at + 1);
		return false;
	}
	out->literal = arena_copy(r->parser->arena, r->at + 1, len);
	r->at += len + 2;
	return true;
}

static bool
is_typed(struct reader *r, const struct test *t)
{
	const struct variable *v = parse_variable(r->parser, t->var);
	bool is_number = v->type == VAR_NUMBER || v->type == VAR_MONEY;
	const char *why = NULL;

	if (v->type == VAR_ROWS)
		why = "it holds rows: only 'empty' can be asked";
	else if (v->type == VAR_PIN)
		why = "it is secret: only 'empty' can be asked";
	else if (is_number && !t->numeric)
		why = "it is a number: compare it with one, without quotes";
	else if (!is_number && t->numeric)
		why = "it is no number: compare it with a 'text' in quotes";
	else if (!is_ordered(r, t))
		why = "it has no order: only == and != compare it";
	if (why != NULL)
		parse_wrong(r->parser, CHECK_VARIABLES, r->where, "'%s': %s",
		    v->name, why);
	return why == NULL;
}

static bool
is_ordered(const struct reader *r, const struct test *t)
{
	return t->op == COMPARE_EQ || t->op == COMPARE_NE || t->numeric ||
	    t->var == BUILTIN_BASE + BUILTIN_TIME ||
	    parse_variable(r->parser, t->var)->type == VAR_DATE;
}

/* A comparison that can never hold is a misspelling. */
static bool
is_possible(struct reader *r, const struct test *t)
{
	const struct variable *v = parse_variable(r->parser, t->var);

	if (t->var == BUILTIN_BASE + BUILTIN_LANG)
		return is_one_of(r, t, r->parser->catalogue->langs);
	if (v->type == VAR_CHOICE && v->choices != NULL)
		return is_one_of(r, t, v->choices);
	if (v->type == VAR_DATE && !is_date(t->literal)) {
		parse_wrong(r->parser, CHECK_VARIABLES, r->where,
		    "'%s' is a date: compare it with one as '2025-12-31'",
		    v->name);
		return false;
	}
	return true;
}

static bool
is_one_of(struct reader *r, const struct test *t, const char *const *words)
{
	size_t i;

	for (i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], t->literal) == 0)
			return true;
	parse_wrong(r->parser, CHECK_VARIABLES, r->where,
	    "'%s' is never '%s'%s", parse_variable(r->parser, t->var)->name,
	    t->literal,
	    names_hint(r->parser->findings->arena, words, t->literal));
	return false;
}

static bool
is_date(const char *text)
{
	size_t i;

	for (i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-'
				     : text[i] < '0' || text[i] > '9')
			return false;
	return text[10] == '\0';
}

static const char *
take_name(struct reader *r)
{
	size_t len;
	const char *name;

	skip_spaces(r);
	len = strspn(r->at, NAME_CHARACTERS);
	if (len == 0)
		return NULL;
	name = arena_copy(r->parser->arena, r->at, len);
	r->at += len;
	return name;
}

static bool
take_word(struct reader *r, const char *word)
{
	size_t len = strlen(word);

	skip_spaces(r);
	if (strncmp(r->at, word, len) != 0 ||
	    (r->at[len] != ' ' && r->at[len] != '\0'))
		return false;
	r->at += len;
	return true;
}

static void
skip_spaces(struct reader *r)
{
	r->at += strspn(r->at, " ");
}
