/*
 * What an application answers: from names and values to a value.
 */
#include <string.h>

#include "menus/app.h"

static bool take_action(const char *value, struct app_answer *out);
static void take_text(const struct catalogue *c, const char *name,
    const char *value, struct app_text *out);

bool
app_take(const struct catalogue *c, const char *const *values,
    struct app_answer *out)
{
	struct app_text *text = &out->text;
	bool acts = false;

	memset(out, 0, sizeof(*out));
	for (; values[0] != NULL; values += 2) {
		const char *name = values[0], *value = values[1];

		if (strcmp(name, "action") == 0) {
			acts = take_action(value, out);
		} else if (strcmp(name, "data") == 0) {
			out->has_data = true;
			out->data = *value == '\0' ? NULL : value;
		} else if (strcmp(name, "message") == 0) {
			if (out->message_count == STEP_MESSAGES_MAX)
				return false;
			text = &out->messages[out->message_count++];
		} else {
			take_text(c, name, value, text);
		}
	}
	return acts;
}

static bool
take_action(const char *value, struct app_answer *out)
{
	static const char *const actions[] = {
		[APP_PROMPT] = "prompt", [APP_END] = "end", [APP_MENU] = "menu"
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(actions); i++)
		if (strcmp(actions[i], value) == 0) {
			out->action = (enum app_action)i;
			return true;
		}
	return false;
}

static void
take_text(const struct catalogue *c, const char *name, const char *value,
    struct app_text *out)
{
	const char *lang = strchr(name, ':');
	size_t i;

	for (i = 0; i < c->lang_count; i++)
		if (lang == NULL || strcmp(lang + 1, c->langs[i]) == 0)
			out->in[i] = value;
}

const struct app *
app_of(const struct catalogue *c, const struct session *s)
{
	const struct graph *g = session_graph(c, s);
	const struct state *st = &g->states[s->here.state];

	return st->kind == STATE_APP ? &g->apps[st->app] : NULL;
}
