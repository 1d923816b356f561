/*
 * One setting's value, read by the row of its table. Only config/schema.c
 * has a use for it.
 */
#ifndef CONFIG_SETTING_H
#define CONFIG_SETTING_H

#include "config/schema.h"

struct setting {
	struct findings *f;
	struct arena *arena;
	int check;
	const struct schema_key *key;
	const config_setting_t *at; /* the setting that KEY names */
	void *into;
};

/* What does not fit the row is a finding, and stores nothing. */
void setting_read(struct setting *one);

/* The row's own fallback, which must be there; AT plays no part. */
void setting_fallback(struct setting *one);

/* "a text", "a list ( ... )": what a setting is, for a sentence. */
const char *setting_shape(const config_setting_t *s);

#endif
