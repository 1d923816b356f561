/*
 * A planned call: a request with its values put in.
 */
#include "gateway/errand.h"
#include "gateway/planned.h"
#include "gateway/request.h"

struct store_call
planned_call(struct arena *a, const struct catalogue *c,
    const struct facts *facts, const struct move *move, const char *id)
{
	const struct session *s = &move->session;
	const struct graph *g = session_graph(c, s);
	const struct api *api = &g->apis[move->reminder->api];
	const struct errand e = { .kind = ERRAND_REMINDER,
		.id = id,
		.msisdn = facts->msisdn,
		.institution = g->name,
		.name = api->name,
		.method = api->method,
		.url = step_render(a, c, facts, s, &api->url, true),
		.body = request_body(a, c, facts, s, api),
		.timeout_ms = api->timeout_ms,
		.max_calls = g->max_calls };

	return errand_plan(a, &e, move->reminder->after_s * INT64_C(1000));
}
