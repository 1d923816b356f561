/*
 * The body of a call: its members as JSON text.
 */
#include "gateway/document.h"
#include "gateway/request.h"

char *
request_body(struct arena *a, const struct catalogue *c,
    const struct facts *facts, const struct session *s, const struct api *api)
{
	const char **names, **values;
	size_t i;

	if (api->body == NULL)
		return NULL;
	names = arena_array(a, api->body_count, sizeof(*names));
	values = arena_array(a, api->body_count, sizeof(*values));
	for (i = 0; i < api->body_count; i++) {
		names[i] = api->body[i].name;
		values[i] =
		    step_render(a, c, facts, s, &api->body[i].value, false);
	}
	return document_object(a, names, values, api->body_count);
}
