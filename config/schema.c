/*
 * From a libconfig group to a struct, by a table.
 *
 * First what stands in the group and is not in the table, then each row of
 * the table: found in the group it is read by its type (config/setting.c), else
 * its fallback stands in.
 */
#include <string.h>

#include "base/text.h"
#include "config/setting.h"

#define KEYS_MAX 64

static void refuse_unknown(struct setting *one, const config_setting_t *group,
    const struct schema_key *table);
static void fill_key(struct setting *one, const config_setting_t *group);

void
findings_at(struct findings *f, enum finding_grade grade, int check,
    const config_setting_t *where, const char *state, const char *format, ...)
{
	const char *file = config_setting_source_file(where);
	va_list args;

	va_start(args, format);
	findings_addv(f, grade, check, file != NULL ? file : "(no file)",
	    (int)config_setting_source_line(where), state, format, args);
	va_end(args);
}

bool
schema_fill(struct findings *f, struct arena *arena, int check,
    const config_setting_t *group, const struct schema_key *table, void *into)
{
	struct setting one = {
		.f = f, .arena = arena, .check = check, .into = into
	};
	size_t errors = f->errors;

	if (!config_setting_is_group(group)) {
		findings_at(f, FINDING_ERROR, check, group, NULL,
		    "'%s' must be a group { ... }, not %s",
		    group->name != NULL ? group->name : "this",
		    setting_shape(group));
		return false;
	}
	refuse_unknown(&one, group, table);
	for (one.key = table; one.key->name != NULL; one.key++)
		fill_key(&one, group);
	return f->errors == errors;
}

void
schema_defaults(struct arena *arena, const struct schema_key *table, void *into)
{
	struct setting one = { .arena = arena, .into = into };

	for (one.key = table; one.key->name != NULL; one.key++)
		if (one.key->fallback != NULL)
			setting_fallback(&one);
}

static void
refuse_unknown(struct setting *one, const config_setting_t *group,
    const struct schema_key *table)
{
	const char *known[KEYS_MAX + 1] = { NULL }, *near;
	const config_setting_t *s;
	size_t count;
	int i;

	for (count = 0; table[count].name != NULL; count++) {
		CHECK(count < KEYS_MAX);
		known[count] = table[count].name;
	}
	for (i = 0; i < config_setting_length(group); i++) {
		s = config_setting_get_elem(group, (unsigned)i);
		for (count = 0; known[count] != NULL; count++)
			if (strcmp(s->name, known[count]) == 0)
				break;
		if (known[count] != NULL)
			continue;
		near = text_nearest(s->name, known);
		findings_at(one->f, FINDING_ERROR, one->check, s, NULL,
		    near != NULL ? "unknown setting '%s'; did you mean '%s'?"
				 : "unknown setting '%s'",
		    s->name, near);
	}
}

static void
fill_key(struct setting *one, const config_setting_t *group)
{
	const struct schema_key *key = one->key;

	one->at = config_setting_get_member(group, key->name);
	if (one->at == NULL) {
		if (key->fallback != NULL)
			setting_fallback(one);
		else if (!key->optional)
			findings_at(one->f, FINDING_ERROR, one->check, group,
			    NULL, "'%s' is missing", key->name);
		return;
	}
	setting_read(one);
}
