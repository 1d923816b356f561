/*
 * Rows of a table and what they hold, as a file or a manual would say it.
 */
#ifndef CONFIG_SHOW_H
#define CONFIG_SHOW_H

#include "config/schema.h"

/* "number from 1 to 1000". */
void show_kind(FILE *out, const struct schema_key *key);

/* The fallback, which must be there, as it would stand in a file. */
void show_fallback(FILE *out, const struct schema_key *key);

/* What stands in FROM for KEY, as it would stand in a file. */
void show_value(FILE *out, const struct schema_key *key, const void *from);

/* TEXT in quotes, with the escapes that a file needs. */
void show_quoted(FILE *out, const char *text);

/* Words in lines of a page's width, each behind LEAD. */
void show_wrapped(FILE *out, const char *lead, const char *text);

#endif
