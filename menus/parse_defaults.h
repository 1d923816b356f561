/*
 * Defaults: what states leave out.
 */
#ifndef MENUS_PARSE_DEFAULTS_H
#define MENUS_PARSE_DEFAULTS_H

#include "menus/parse.h"

/* A target without a name, a text without a line, and 0 say nothing. */
struct defaults {
	int tries; /* of an ask */
	struct words bad;
	struct target fail, empty; /* of an ask, of a list */
	struct target outcomes[OUTCOME_COUNT]; /* of a call */
	struct target app_fail; /* of an app */
	bool later;
	bool resumes_not[STATE_END + 1]; /* by kind */
};

/* The target that GROUP's MEMBER names; where there is no such member, the
 * one of the defaults, if that has a name. */
struct target parse_target_or(struct parser *p, const config_setting_t *group,
    const char *member, const char *name, const struct target *otherwise);

#endif
