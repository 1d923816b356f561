/*
 * Visits as octets: they follow a session that stands in an app.
 */
#include <string.h>

#include "base/text.h"
#include "menus/visit.h"

#define FLAG_ENDED 1u

static const char *unpack_text(struct unpack *u, size_t most);

void
visit_pack(struct pack *p, const struct visit *v)
{
	static const struct visit none = { .inputs = "", .text = "" };

	if (v == NULL)
		v = &none;
	pack_string(p, v->id);
	pack_u64(p, (uint64_t)v->begun_ms);
	pack_number(p, v->turn);
	pack_u8(p, v->ended ? FLAG_ENDED : 0);
	pack_string(p, v->inputs);
	pack_string(p, v->data);
	pack_string(p, v->text);
}

const struct visit *
visit_unpack(struct unpack *u)
{
	struct visit *v = arena_alloc(u->arena, sizeof(*v));

	v->id = unpack_string(u);
	v->begun_ms = (int64_t)unpack_u64(u);
	v->turn = (uint32_t)unpack_number(u);
	v->ended = unpack_u8(u) & FLAG_ENDED;
	v->inputs = unpack_text(u, VISIT_INPUTS_MAX);
	v->data = unpack_text(u, VISIT_DATA_MAX);
	v->text = unpack_text(u, VISIT_TEXT_MAX);
	if (v->inputs == NULL || v->text == NULL)
		u->bad = 1;
	return u->bad ? NULL : v;
}

static const char *
unpack_text(struct unpack *u, size_t most)
{
	const char *text = unpack_string(u);

	if (text != NULL &&
	    (strlen(text) > most || !text_is_utf8(text, strlen(text))))
		u->bad = 1;
	return text;
}

const struct visit *
visit_copy(struct arena *a, const struct visit *v)
{
	struct visit *copy;

	if (v == NULL)
		return NULL;
	copy = arena_alloc(a, sizeof(*copy));
	*copy = *v;
	copy->id = v->id == NULL ? NULL : arena_string(a, v->id);
	copy->inputs = arena_string(a, v->inputs);
	copy->data = v->data == NULL ? NULL : arena_string(a, v->data);
	copy->text = arena_string(a, v->text);
	return copy;
}
