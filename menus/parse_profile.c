/*
 * What a citizen's profile holds: values that were kept, and who reads them.
 */
#include <string.h>

#include "menus/parse.h"

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
