/*
 * What is live: asked for, and changed.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "storage/publish.h"
#include "storage/store.h"

#define MS_OF_DAY     INT64_C(86400000)
#define FIXED_KEYS    4
#define FIXED_WORDS   10
#define KEYS_A_CHANGE 2
#define CHANGE_WORDS  3

static redis_done standing_answered;
static void read_standing(
    struct arena *a, const struct reply *reply, struct standing *out);
static void read_candidate(
    struct arena *a, const char *name, const char *text, struct candidate *out);
static void add_change(struct store *s, struct arena *a,
    const struct store_change *c, const char **keys, const char **words);
static redis_done published;

/* ---- what stands */

struct store_ask *
store_standing(struct store *s, int64_t known, store_stands *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct key version, live, candidates;
	char number[24];
	const char *arguments[] = { version.text, live.text, candidates.text,
		number };

	ask->done.stands = done;
	keys_version(&s->keys, &version);
	keys_live(&s->keys, &live);
	keys_candidates(&s->keys, &candidates);
	snprintf(number, sizeof(number), "%" PRId64, known);
	ask->redis = redis_script(s->redis, standing_answered, ask,
	    &scripts[SCRIPT_STANDING], 3, ARRAY_SIZE(arguments), arguments,
	    NULL);
	return ask;
}

static void
standing_answered(
    void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_stands *done = ask->done.stands;
	void *asker = ask->arg;
	struct arena *a = arena_new();
	struct standing standing = { .unchanged = true };
	enum store_result told = store_of_question(result);

	if (told == STORE_OK)
		read_standing(a, reply, &standing);
	store_ask_end(ask);
	done(asker, told, told == STORE_OK ? &standing : NULL);
	arena_free(a);
}

static void
read_standing(struct arena *a, const struct reply *reply, struct standing *out)
{
	const struct reply *live = reply_at(reply, 1);
	const struct reply *candidates = reply_at(reply, 2);
	struct candidate *submitted;
	struct version *versions;
	size_t i;

	out->version = reply_number(reply_at(reply, 0));
	out->unchanged = reply_count(reply) == 1;
	out->live_count = reply_count(live) / 2;
	out->candidate_count = reply_count(candidates) / 2;
	versions = arena_array(a, out->live_count, sizeof(*versions));
	submitted = arena_array(a, out->candidate_count, sizeof(*submitted));
	for (i = 0; i < out->live_count; i++)
		store_version_read(a, reply_text(reply_at(live, 2 * i), NULL),
		    reply_text(reply_at(live, 2 * i + 1), NULL), &versions[i]);
	for (i = 0; i < out->candidate_count; i++)
		read_candidate(a, reply_text(reply_at(candidates, 2 * i), NULL),
		    reply_text(reply_at(candidates, 2 * i + 1), NULL),
		    &submitted[i]);
	out->live = versions;
	out->candidates = submitted;
}

void
store_version_read(
    struct arena *a, const char *name, const char *text, struct version *out)
{
	char *rest = arena_string(a, text);

	*out = (struct version){ .name = arena_string(a, name) };
	out->number = atoll(store_word(&rest));
	out->hash = store_word(&rest);
	out->since_ms = atoll(store_word(&rest));
	out->who = store_word(&rest);
	out->act = store_word(&rest);
}

static void
read_candidate(
    struct arena *a, const char *name, const char *text, struct candidate *out)
{
	char *rest = arena_string(a, text);

	*out = (struct candidate){ .name = arena_string(a, name) };
	out->hash = store_word(&rest);
	out->base = store_word(&rest);
	out->at_ms = atoll(store_word(&rest));
	out->uid = atoll(store_word(&rest));
	out->who = store_word(&rest);
	out->trial = store_word(&rest);
	out->numbers = store_word(&rest);
}

const char *
store_candidate_text(struct arena *a, const struct candidate *c)
{
	return arena_printf(a, "%s %s %" PRId64 " %" PRId64 " %s %s %s",
	    c->hash, c->base, c->at_ms, c->uid, c->who, c->trial, c->numbers);
}

const char *
store_word(char **rest)
{
	char *word = *rest;

	*rest += strcspn(word, " ");
	if (**rest == ' ')
		*(*rest)++ = '\0';
	return word;
}

/* ---- what changes */

struct store_ask *
store_publish(struct store *s, int64_t expected,
    const struct store_change *changes, size_t count,
    const struct store_deed *deed, store_committed *done, void *arg)
{
	struct store_ask *ask = store_ask_new(s, arg);
	struct arena *a = store_ask_arena(ask);
	size_t keys = FIXED_KEYS + KEYS_A_CHANGE * count, i;
	size_t all = keys + FIXED_WORDS + CHANGE_WORDS * count;
	const char **words = arena_array(a, all, sizeof(*words));
	struct key version, live, candidates, audit;
	const char *fixed[FIXED_WORDS] = {
		expected < 0 ? "" : arena_printf(a, "%" PRId64, expected),
		arena_printf(a, "%d", PUBLISH_KEPT),
		arena_printf(a, "%d", deed->entries),
		arena_printf(a, "%" PRId64, deed->days * MS_OF_DAY), deed->who,
		deed->node, deed->act, deed->on, deed->outcome, deed->facts
	};

	ask->done.committed = done;
	keys_version(&s->keys, &version);
	keys_live(&s->keys, &live);
	keys_candidates(&s->keys, &candidates);
	keys_audit(&s->keys, &audit);
	words[0] = version.text;
	words[1] = live.text;
	words[2] = candidates.text;
	words[3] = audit.text;
	memcpy(words + keys, fixed, sizeof(fixed));
	for (i = 0; i < count; i++)
		add_change(s, a, &changes[i],
		    words + FIXED_KEYS + KEYS_A_CHANGE * i,
		    words + keys + FIXED_WORDS + CHANGE_WORDS * i);
	ask->redis = redis_script(s->redis, published, ask,
	    &scripts[SCRIPT_PUBLISH], keys, all, words, NULL);
	return ask;
}

static void
add_change(struct store *s, struct arena *a, const struct store_change *c,
    const char **keys, const char **words)
{
	static const char *const kinds[] = { [STORE_GOES_LIVE] = "live",
		[STORE_IS_GONE] = "gone",
		[STORE_IS_CANDIDATE] = "candidate",
		[STORE_IS_DROPPED] = "drop" };
	struct key versions, sources;

	keys_versions(&s->keys, c->name, &versions);
	keys_sources(&s->keys, c->name, &sources);
	keys[0] = arena_string(a, versions.text);
	keys[1] = arena_string(a, sources.text);
	words[0] = kinds[c->kind];
	words[1] = c->name;
	words[2] = c->value;
}

static void
published(void *arg, enum redis_result result, const struct reply *reply)
{
	struct store_ask *ask = arg;
	store_committed *done = ask->done.committed;
	void *asker = ask->arg;
	enum store_result told = store_of_order(result, reply);

	if (told == STORE_OK && reply_number(reply) == 0)
		told = STORE_CONFLICT;
	else if (told == STORE_OK && reply_number(reply) < 0)
		told = STORE_MISSING;
	store_ask_end(ask);
	done(asker, told);
}
