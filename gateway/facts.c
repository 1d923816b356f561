/*
 * What a menu may know of the world.
 */
#include <time.h>

#include "base/arena.h"
#include "config/dialects.h"
#include "gateway/facts.h"
#include "menus/catalogue.h"

static void local_time(char date[11], char clock[6]);
static int lesser(int a, int b);

struct facts
facts_now(struct arena *a, const char *msisdn, const char *operator_name,
    const char *code, const struct catalogue *c, const struct dialect *d)
{
	char date[11], clock[6];

	local_time(date, clock);
	return (struct facts){
		.msisdn = msisdn,
		.operator_name = operator_name,
		.code = code,
		.date = arena_string(a, date),
		.time = arena_string(a, clock),
		.septets = lesser(c->limits.septets, d->limits.septets),
		.ucs2 = lesser(c->limits.ucs2, d->limits.ucs2),
	};
}

const char *
facts_code(const struct catalogue *c, const char *dialled, const char *number)
{
	const char *rest;
	const struct code *code = catalogue_code(c, dialled, number, &rest);

	return code != NULL ? code->code : c->codes[0].code;
}

/* Worked out once a minute: it costs more than a menu step. */
static void
local_time(char date[11], char clock[6])
{
	static time_t minute = -1;
	static char kept_date[11], kept_clock[6];
	time_t now = time(NULL);
	struct tm local;

	if (now / 60 != minute) {
		minute = now / 60;
		localtime_r(&now, &local);
		strftime(kept_date, sizeof(kept_date), "%Y-%m-%d", &local);
		strftime(kept_clock, sizeof(kept_clock), "%H:%M", &local);
	}
	__builtin_memcpy(date, kept_date, sizeof(kept_date));
	__builtin_memcpy(clock, kept_clock, sizeof(kept_clock));
}

static int
lesser(int a, int b)
{
	return b > 0 && b < a ? b : a;
}
