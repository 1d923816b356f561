/*
 * People, their certificates and their complaints.
 *
 * Nobody in here exists.
 */
#include <event2/buffer.h>
#include <event2/http.h>
#include <stdbool.h>
#include <string.h>

#include "base/check.h"
#include "simulator/backend_facts.h"

static backend_answer person, notice, apply, application, certificate;
static backend_answer topics, mine, file, change, withdraw, ticket;
static int application_of(const char *nin, struct evbuffer *out);
static bool ends_with(const char *text, const char *tail);

/* What is done to a ticket before tickets: its path is longer. */
const struct backend_door backend_people_doors[] = {
	{ "GET", "/rita/people/", person },
	{ "GET", "/rita/notices/", notice },
	{ "POST", "/rita/applications", apply },
	{ "GET", "/rita/applications/", application },
	{ "POST", "/rita/certificates/check", certificate },
	{ "GET", "/malalamiko/topics", topics },
	{ "GET", "/malalamiko/people/", mine },
	{ "POST", "/malalamiko/tickets/", change },
	{ "PUT", "/malalamiko/tickets/", change },
	{ "DELETE", "/malalamiko/tickets/", withdraw },
	{ "POST", "/malalamiko/tickets", file },
	{ "GET", "/malalamiko/tickets/", ticket },
	{ .method = NULL },
};

/* ---- births */

/* Who has a number, or what they applied for last. */
static int
person(const struct question *q, struct evbuffer *out)
{
	static const char *const rows[][2] = {
		{ "19850101123450000123", "Rehema Salum Kimaro" },
		{ "19900615234560000245", "Joseph Peter Massawe" },
	};
	size_t i;

	if (ends_with(q->rest, "/application"))
		return application_of(q->rest, out);
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (strcmp(rows[i][0], q->rest) == 0) {
			evbuffer_add_printf(
			    out, "{\"name\":\"%s\"}", rows[i][1]);
			return HTTP_OK;
		}
	return HTTP_NOTFOUND;
}

static int
application_of(const char *nin, struct evbuffer *out)
{
	if (strncmp(nin, "19850101123450000123/", 21) != 0)
		return HTTP_NOTFOUND;
	evbuffer_add_printf(out,
	    "{\"application\":\"RB1234568\",\"stage\":\"PRINTING\","
	    "\"office\":\"Ofisi ya RITA Temeke\"}");
	return HTTP_OK;
}

static int
notice(const struct question *q, struct evbuffer *out)
{
	static const char *const rows[][3] = {
		{ "20201231", "Amani Joseph Massawe", "2020-12-31" },
		{ "20240229", "Neema Rehema Kimaro", "2024-02-29" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (strcmp(rows[i][0], q->rest) == 0) {
			evbuffer_add_printf(out,
			    "{\"child\":\"%s\",\"born\":\"%s\"}", rows[i][1],
			    rows[i][2]);
			return HTTP_OK;
		}
	return HTTP_NOTFOUND;
}

/* Everybody's PIN is 2580. */
static int
apply(const struct question *q, struct evbuffer *out)
{
	if (strstr(q->body, "\"pin\":\"2580\"") == NULL)
		return HTTP_NOTFOUND;
	evbuffer_add_printf(out,
	    "{\"application\":\"RB%07zu\",\"control_number\":"
	    "\"9970000%05zu\",\"fee\":4000}",
	    1000000 + q->deed, q->deed);
	return 201;
}

static int
application(const struct question *q, struct evbuffer *out)
{
	static const char *const rows[][3] = {
		{ "RB1234567", "READY", "Ofisi ya RITA Ilala" },
		{ "RB1234568", "PRINTING", "Ofisi ya RITA Temeke" },
		{ "RB1234569", "RECEIVED", "Ofisi ya RITA Arusha" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (strcmp(rows[i][0], q->rest) == 0) {
			evbuffer_add_printf(out,
			    "{\"stage\":\"%s\",\"office\":\"%s\"}", rows[i][1],
			    rows[i][2]);
			return HTTP_OK;
		}
	return HTTP_NOTFOUND;
}

static int
certificate(const struct question *q, struct evbuffer *out)
{
	if (strstr(q->body, "\"certificate\":\"1000234567\"") == NULL ||
	    strstr(q->body, "\"born\":\"2020-12-31\"") == NULL)
		return HTTP_NOTFOUND;
	evbuffer_add_printf(out, "{\"child\":\"Amani Joseph Massawe\"}");
	return HTTP_OK;
}

/* ---- complaints */

static int
topics(const struct question *q, struct evbuffer *out)
{
	(void)q;
	evbuffer_add_printf(out,
	    "{\"topics\":[{\"id\":\"WATER\",\"label\":\"Maji\"},"
	    "{\"id\":\"ROAD\",\"label\":\"Barabara\"},"
	    "{\"id\":\"HEALTH\",\"label\":\"Afya\"},"
	    "{\"id\":\"OFFICER\",\"label\":\"Mtumishi wa umma\"}]}");
	return HTTP_OK;
}

static int
mine(const struct question *q, struct evbuffer *out)
{
	if (strcmp(q->rest, "19850101123450000123/tickets") != 0)
		return HTTP_NOTFOUND;
	evbuffer_add_printf(out,
	    "{\"tickets\":["
	    "{\"ticket\":\"KR00017\",\"label\":\"KR00017 Barabara\"},"
	    "{\"ticket\":\"KR00018\",\"label\":\"KR00018 Maji\"}]}");
	return HTTP_OK;
}

static int
file(const struct question *q, struct evbuffer *out)
{
	evbuffer_add_printf(out, "{\"ticket\":\"KR%05zu\"}", 1000 + q->deed);
	return 201;
}

/* A mark, or a reminder. */
static int
change(const struct question *q, struct evbuffer *out)
{
	if (!ends_with(q->rest, "/mark") && !ends_with(q->rest, "/reminders"))
		return HTTP_NOTFOUND;
	evbuffer_add_printf(out, "{}");
	return HTTP_OK;
}

static int
withdraw(const struct question *q, struct evbuffer *out)
{
	(void)q;
	evbuffer_add_printf(out, "{}");
	return HTTP_OK;
}

/* What was filed a moment ago nobody has seen yet. */
static int
ticket(const struct question *q, struct evbuffer *out)
{
	static const char *const rows[][4] = {
		{ "KR00017", "CLOSED", "2026-01-12", "Taa zimerekebishwa." },
		{ "KR00018", "SEEN", "2026-01-20", "" },
		{ "KR01", "OPEN", "2026-01-30", "" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (strncmp(rows[i][0], q->rest, strlen(rows[i][0])) == 0) {
			evbuffer_add_printf(out,
			    "{\"stage\":\"%s\",\"filed\":\"%s\","
			    "\"answer\":\"%s\"}",
			    rows[i][1], rows[i][2], rows[i][3]);
			return HTTP_OK;
		}
	return HTTP_NOTFOUND;
}

static bool
ends_with(const char *text, const char *tail)
{
	size_t len = strlen(text), end = strlen(tail);

	return len > end && strcmp(text + len - end, tail) == 0;
}
