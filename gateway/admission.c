/*
 * Who may begin.
 */
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "base/check.h"
#include "gateway/admission.h"
#include "gateway/pace.h"

#define LAG_TOO_LONG_MS 250
#define LAG_MEMORY      4.0 /* pulses */
#define REDIS_TOO_FULL  0.75

struct bucket {
	char *institution;
	struct pace pace;
	UT_hash_handle hh;
};

struct admission {
	struct pace all;
	bool started;
	int per_s;
	int institution_per_s;
	struct bucket *buckets; /* hash by institution */
	double lag_ms; /* smoothed: one hiccup refuses nobody */
	bool overloaded;
};

static struct bucket *bucket_of(
    struct admission *a, const char *institution, int64_t now_ms);

struct admission *
admission_new(int per_s, int institution_per_s)
{
	struct admission *a = calloc(1, sizeof(*a));

	CHECK(a != NULL);
	a->per_s = per_s;
	a->institution_per_s = institution_per_s;
	return a;
}

void
admission_free(struct admission *a)
{
	struct bucket *b, *next;

	HASH_ITER (hh, a->buckets, b, next) {
		HASH_DEL(a->buckets, b);
		free(b->institution);
		free(b);
	}
	free(a);
}

void
admission_load(struct admission *a, int lag_ms, double redis_full)
{
	/* One late pulse, however late, was a pause; a load goes on. */
	if (lag_ms > LAG_TOO_LONG_MS * LAG_MEMORY)
		lag_ms = (int)(LAG_TOO_LONG_MS * LAG_MEMORY);
	a->lag_ms += (lag_ms - a->lag_ms) / LAG_MEMORY;
	a->overloaded =
	    a->lag_ms > LAG_TOO_LONG_MS || redis_full > REDIS_TOO_FULL;
}

bool
admission_begin(struct admission *a, int64_t now_ms)
{
	if (a->overloaded)
		return false;
	if (!a->started) {
		pace_init(&a->all, a->per_s, now_ms);
		a->started = true;
	}
	return pace_take(&a->all, now_ms);
}

bool
admission_enter(struct admission *a, const char *institution, int64_t now_ms)
{
	if (a->institution_per_s == 0)
		return true;
	return pace_take(&bucket_of(a, institution, now_ms)->pace, now_ms);
}

/* As many buckets as institutions: their names come from files, never from a
 * citizen. */
static struct bucket *
bucket_of(struct admission *a, const char *institution, int64_t now_ms)
{
	struct bucket *b;

	HASH_FIND_STR(a->buckets, institution, b);
	if (b != NULL)
		return b;
	b = calloc(1, sizeof(*b));
	CHECK(b != NULL);
	b->institution = strdup(institution);
	CHECK(b->institution != NULL);
	pace_init(&b->pace, a->institution_per_s, now_ms);
	HASH_ADD_KEYPTR(
	    hh, a->buckets, b->institution, strlen(b->institution), b);
	return b;
}
