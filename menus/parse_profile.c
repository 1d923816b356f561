/*
 * What a citizen's profile holds: values that were kept, and who reads them.
 */
#include <string.h>

#include "menus/keyword.h"
#include "menus/parse.h"

#define WORDS_MOST 8

#define AT(field) offsetof(struct reserved, field)
static const struct schema_key reserved_table[] = {
	{ "forget", SCHEMA_NAMES, AT(forget), RANGE(1, WORDS_MOST),
	    .optional = true },
	{ "tell", SCHEMA_NAMES, AT(tell), RANGE(1, WORDS_MOST),
	    .optional = true },
	{ "yes", SCHEMA_NAMES, AT(yes), RANGE(1, WORDS_MOST),
	    .optional = true },
	{ .name = NULL },
};
#undef AT

static const char *const forget[] = { "FUTA", "FUTA TAARIFA", NULL };
static const char *const tell[] = { "TAARIFA ZANGU", "TAARIFA", NULL };
static const char *const yes[] = { "NDIYO", "YES", NULL };

static void check_reserved(
    struct parser *p, const config_setting_t *group, struct catalogue *c);

void
parse_reserved(
    struct parser *p, const config_setting_t *group, struct catalogue *c)
{
	struct reserved *r = &c->reserved;

	if (group != NULL)
		parse_fill(p, group, reserved_table, r);
	if (r->forget == NULL)
		r->forget = forget;
	if (r->tell == NULL)
		r->tell = tell;
	if (r->yes == NULL)
		r->yes = yes;
	if (group != NULL)
		check_reserved(p, group, c);
}

/* One word means one thing, folded as citizens' messages are. */
static void
check_reserved(
    struct parser *p, const config_setting_t *group, struct catalogue *c)
{
	const struct reserved *r = &c->reserved;
	const char *const *lists[] = { r->forget, r->tell, r->yes };
	const char *folded[3 * WORDS_MOST];
	size_t count = 0, i, j, n;

	for (i = 0; i < ARRAY_SIZE(lists); i++)
		for (j = 0; lists[i][j] != NULL; j++) {
			folded[count] = keyword_folded(p->arena, lists[i][j]);
			if (*folded[count] == '\0')
				parse_wrong(p, CHECK_KEYWORDS, group,
				    "'%s' is no word to be texted",
				    lists[i][j]);
			for (n = 0; n < count; n++)
				if (strcmp(folded[n], folded[count]) == 0)
					parse_wrong(p, CHECK_KEYWORDS, group,
					    "the word %s stands twice",
					    lists[i][j]);
			count++;
		}
}

void
parse_reads(struct parser *p, const config_setting_t *s, const char *reads,
    struct variable *out)
{
	const config_setting_t *where = parse_place(s, "reads");
	const char *dot;

	if (reads == NULL)
		return;
	dot = strchr(reads, '.');
	if (dot == NULL || dot == reads || dot[1] == '\0' ||
	    strchr(dot + 1, '.') != NULL) {
		parse_wrong(p, CHECK_WORDS, where,
		    "'reads' names an institution and its variable, such as "
		    "\"maji.acct\", not '%s'",
		    reads);
		return;
	}
	out->reads_from = arena_copy(p->arena, reads, (size_t)(dot - reads));
	out->reads = dot + 1;
}
