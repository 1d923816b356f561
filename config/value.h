/*
 * One setting's value, read by the row of its table. Only config/schema.c
 * has a use for it.
 */
#ifndef CONFIG_VALUE_H
#define CONFIG_VALUE_H

#include "config/schema.h"

struct value {
	struct findings *f;
	struct arena *arena;
	int check;
	const struct schema_key *key;
	const config_setting_t *at; /* the setting that KEY names */
	void *into;
};

/* What does not fit the row is a finding, and stores nothing. */
void value_read(struct value *v);

/* The row's own fallback, which must be there; AT plays no part. */
void value_fallback(struct value *v);

/* "a text", "a list ( ... )": what a setting is, for a sentence. */
const char *value_shape(const config_setting_t *s);

#endif
