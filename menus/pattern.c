/*
 * Regular expressions, by PCRE2.
 *
 * Patterns come from institutions and texts from anybody, so a match may not
 * take long: the limits end a search that backtracks without hope. There is no
 * JIT: it would need writable code pages, and a rule runs once a turn.
 *
 * PCRE2 takes its memory from the arena and gives none of it back, so that a
 * catalogue goes as one piece. A match keeps its frames for the next one, and
 * HEAP_KIB bounds them.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "menus/pattern.h"

#define MATCH_LIMIT 20000
#define DEPTH_LIMIT 1000
#define HEAP_KIB    64
#define NEST_LIMIT  20

struct pattern {
	const char *regex;
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *limits;
};

static void *take(size_t size, void *arena);
static void keep(void *memory, void *arena);
static const char *explain(struct arena *a, int error, size_t offset);

const struct pattern *
pattern_compile(struct arena *a, const char *regex, const char **why)
{
	pcre2_general_context *memory =
	    pcre2_general_context_create(take, keep, a);
	pcre2_compile_context *how = pcre2_compile_context_create(memory);
	struct pattern *p = arena_alloc(a, sizeof(*p));
	PCRE2_SIZE offset;
	int error;

	pcre2_set_parens_nest_limit(how, NEST_LIMIT);
	p->code = pcre2_compile((PCRE2_SPTR)regex, strlen(regex),
	    PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C, &error,
	    &offset, how);
	if (p->code == NULL) {
		*why = explain(a, error, offset);
		return NULL;
	}
	p->regex = arena_string(a, regex);
	p->match = pcre2_match_data_create(1, memory);
	p->limits = pcre2_match_context_create(memory);
	pcre2_set_match_limit(p->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(p->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(p->limits, HEAP_KIB);
	return p;
}

bool
pattern_match(const struct pattern *p, const char *text)
{
	/* Text that is not UTF-8 is an error to PCRE2, and so no match. */
	return pcre2_match(p->code, (PCRE2_SPTR)text, strlen(text), 0,
		   PCRE2_NO_JIT, p->match, p->limits) >= 0;
}

const char *
pattern_text(const struct pattern *p)
{
	return p->regex;
}

static void *
take(size_t size, void *arena)
{
	return arena_alloc(arena, size);
}

static void
keep(void *memory, void *arena)
{
	(void)memory;
	(void)arena;
}

static const char *
explain(struct arena *a, int error, size_t offset)
{
	char says[120] = "";

	pcre2_get_error_message(error, (PCRE2_UCHAR *)says, sizeof(says));
	return arena_printf(a, "%s (at character %zu)", says, offset + 1);
}
