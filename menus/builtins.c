/*
 * Built-in variables. Widths: a number of E.164 has 15 digits, an operator's
 * name is held to 20 by the links' settings, a short code to 20 by the parser.
 */
#include <string.h>

#include "menus/builtins.h"

static const char *const channels[] = { "ussd", "sms", NULL };

const struct variable builtins[BUILTIN_COUNT] = {
	[BUILTIN_MSISDN] = { .name = "msisdn",
	    .type = VAR_DIGITS,
	    .max = 15,
	    .drops = "" },
	[BUILTIN_LANG] = { .name = "lang",
	    .type = VAR_TEXT,
	    .max = 3,
	    .drops = "" },
	[BUILTIN_OPERATOR] = { .name = "operator",
	    .type = VAR_TEXT,
	    .max = 20,
	    .drops = "" },
	[BUILTIN_CODE] = { .name = "code",
	    .type = VAR_TEXT,
	    .max = 20,
	    .drops = "" },
	[BUILTIN_DATE] = { .name = "date",
	    .type = VAR_DATE,
	    .max = 10,
	    .drops = "" },
	[BUILTIN_TIME] = { .name = "time",
	    .type = VAR_TEXT,
	    .max = 5,
	    .drops = "" },
	[BUILTIN_CHANNEL] = { .name = "channel",
	    .type = VAR_CHOICE,
	    .max = 4,
	    .choices = channels,
	    .drops = "" },
};

uint16_t
builtin_find(const char *name)
{
	uint16_t i;

	for (i = 0; i < BUILTIN_COUNT; i++)
		if (strcmp(builtins[i].name, name) == 0)
			return BUILTIN_BASE + i;
	return NOWHERE;
}

const struct variable *
builtin_or_own(const struct graph *g, uint16_t var)
{
	if (var < BUILTIN_BASE) {
		CHECK(var < g->var_count);
		return &g->vars[var];
	}
	CHECK(var - BUILTIN_BASE < BUILTIN_COUNT);
	return &builtins[var - BUILTIN_BASE];
}
