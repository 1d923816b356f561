/*
 * The regular expressions of variables' rules. PCRE2 stays behind this wall.
 */
#ifndef MENUS_PATTERN_H
#define MENUS_PATTERN_H

#include <stdbool.h>

#include "base/arena.h"

struct pattern;

/*
 * A pattern that lives in A and holds nothing outside it. NULL when REGEX is
 * none; WHY then says what is wrong and where.
 */
const struct pattern *pattern_compile(
    struct arena *a, const char *regex, const char **why);

/* Anchored only where the pattern says so. A match that takes more work than
 * any honest rule needs counts as none. */
bool pattern_match(const struct pattern *p, const char *text);

/* The regular expression that it was made of. */
const char *pattern_text(const struct pattern *p);

#endif
