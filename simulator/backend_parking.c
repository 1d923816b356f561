/*
 * Two applications of the roads' agency. Parking is as one writes it for the
 * CON/END convention: it keeps nothing, and all that a citizen has typed comes
 * with every request, joined by *. The one for bad roads speaks as the gateway
 * does, and lets it keep how far somebody is.
 */
#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <string.h>

#include "base/check.h"
#include "simulator/backend_facts.h"

static backend_answer parking, roads, told;
static void reply(const char *text, struct evbuffer *out);

const struct backend_door backend_parking_doors[] = {
	{ "POST", "/tarura/parking/ended", told },
	{ "POST", "/tarura/parking", parking },
	{ "POST", "/tarura/roads", roads },
	{ .method = NULL },
};

static int
parking(const struct question *q, struct evbuffer *out)
{
	struct evkeyvalq form;
	const char *text;

	if (evhttp_parse_query_str(q->body, &form) == -1)
		return HTTP_BADREQUEST;
	text = evhttp_find_header(&form, "text");
	reply(text != NULL ? text : "", out);
	evhttp_clear_headers(&form);
	return HTTP_OK;
}

static void
reply(const char *text, struct evbuffer *out)
{
	size_t len = strcspn(text, "*");

	if (*text == '\0')
		evbuffer_add_printf(out,
		    "CON Maegesho TARURA\nIngiza namba ya gari (mf. T123ABC)");
	else if (text[len] == '\0')
		evbuffer_add_printf(out,
		    "CON Gari %s: deni TZS 1,500\n1. Pata namba ya malipo",
		    text);
	else if (strcmp(text + len, "*1") == 0)
		evbuffer_add_printf(out,
		    "END Lipa TZS 1,500 kwa namba ya malipo 995500012345.");
	else
		evbuffer_add_printf(out, "END Chaguo si sahihi.");
}

/* What it let the gateway keep tells where it is: nothing yet, or a step. */
static int
roads(const struct question *q, struct evbuffer *out)
{
	const struct {
		const char *sign, *says;
	} steps[] = {
		{ "\"event\":\"start\"",
		    "{\"action\":\"prompt\",\"data\":{\"step\":\"what\"},"
		    "\"text\":{\"sw\":\"Barabara mbovu\\n1 Shimo\\n2 Daraja "
		    "limevunjika\",\"en\":\"A bad road\\n1 A hole\\n2 A "
		    "broken bridge\"}}" },
		{ "\"what\"",
		    "{\"action\":\"prompt\",\"data\":{\"step\":\"where\"},"
		    "\"text\":{\"sw\":\"Barabara gani, eneo gani?\",\"en\":"
		    "\"Which road, and where?\"}}" },
		{ "\"where\"",
		    "{\"action\":\"menu\",\"text\":{\"sw\":\"Asante. Taarifa "
		    "BB00031 imepokelewa.\",\"en\":\"Thank you. Report "
		    "BB00031 is received.\"},\"sms\":[{\"sw\":\"TARURA: "
		    "taarifa BB00031 imepokelewa.\",\"en\":\"TARURA: report "
		    "BB00031 is received.\"}]}" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(steps); i++)
		if (strstr(q->body, steps[i].sign) != NULL) {
			evbuffer_add_printf(out, "%s", steps[i].says);
			return HTTP_OK;
		}
	return told(q, out);
}

/* The end of a session. */
static int
told(const struct question *q, struct evbuffer *out)
{
	(void)q;
	evbuffer_add_printf(out, "{}");
	return HTTP_OK;
}
