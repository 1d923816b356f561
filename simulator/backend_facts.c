/*
 * What the institutions of the sample menus know.
 *
 * Nobody in here exists.
 */
#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <stdbool.h>
#include <string.h>

#include "base/check.h"
#include "simulator/backend_facts.h"

static const struct backend_door *find_door(
    const struct backend_door *doors, const char *method, const char *path);
static backend_answer account, areas, leak, result, fare;
static const char *town(const char *word);
static int road(const char *from, const char *to, struct evbuffer *out);

static const struct backend_door doors[] = {
	{ "GET", "/maji/accounts/", account },
	{ "GET", "/maji/areas", areas },
	{ "POST", "/maji/leaks", leak },
	{ "GET", "/necta/results/", result },
	{ "GET", "/latra/fares", fare },
	{ .method = NULL },
};

int
backend_facts(const char *method, const char *path, const struct question *q,
    struct evbuffer *out)
{
	static const struct backend_door *const all[] = { doors,
		backend_people_doors, backend_parking_doors };
	const struct backend_door *door;
	struct question asked = *q;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(all); i++) {
		door = find_door(all[i], method, path);
		if (door == NULL)
			continue;
		asked.rest = path + strlen(door->path);
		return door->answer(&asked, out);
	}
	return HTTP_NOTFOUND;
}

static const struct backend_door *
find_door(const struct backend_door *list, const char *method, const char *path)
{
	for (; list->method != NULL; list++)
		if (strcmp(list->method, method) == 0 &&
		    strncmp(list->path, path, strlen(list->path)) == 0)
			return list;
	return NULL;
}

/* ---- water */

static int
account(const struct question *q, struct evbuffer *out)
{
	static const struct {
		const char *number, *name;
		int due;
		const char *control_number;
	} rows[] = {
		{ "A1234567", "Asha Juma Mushi", 42500, "991234567890" },
		{ "A7654321", "Juma Hamisi Mgeni", 0, "991234567891" },
		{ "B20240001", "Kikundi cha Maji Mbagala Kuu", 1250300,
		    "991234567892" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (strcmp(rows[i].number, q->rest) != 0)
			continue;
		evbuffer_add_printf(out,
		    "{\"name\":\"%s\",\"due\":%d,\"control_number\":\"%s\"}",
		    rows[i].name, rows[i].due, rows[i].control_number);
		return HTTP_OK;
	}
	return HTTP_NOTFOUND;
}

static int
areas(const struct question *q, struct evbuffer *out)
{
	static const char *const rows[][2] = {
		{ "ILA-01", "Kariakoo" },
		{ "ILA-02", "Buguruni" },
		{ "KIN-01", "Magomeni" },
		{ "KIN-02", "Mwananyamala" },
		{ "TEM-01", "Mbagala" },
		{ "UBU-01", "Kimara" },
	};
	size_t i;

	(void)q;
	evbuffer_add_printf(out, "{\"areas\":[");
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		evbuffer_add_printf(out, "%s{\"id\":\"%s\",\"label\":\"%s\"}",
		    i > 0 ? "," : "", rows[i][0], rows[i][1]);
	evbuffer_add_printf(out, "]}");
	return HTTP_OK;
}

static int
leak(const struct question *q, struct evbuffer *out)
{
	evbuffer_add_printf(out, "{\"ticket\":\"UV-%04zu\"}", q->deed);
	return 201;
}

/* ---- exams */

static int
result(const struct question *q, struct evbuffer *out)
{
	static const struct {
		const char *candidate, *sitting, *name, *division;
		int points;
		const char *grades;
	} rows[] = {
		{ "csee/S033405562019", "CSEE 2019", "Neema Paulo Komba", "II",
		    19,
		    "CIV C, HIST C, GEO B, KISW B, ENGL C, BIO B, CHEM C, "
		    "MATH D" },
		{ "csee/P010100072020", "CSEE 2020", "Said Omari Kapuya", "IV",
		    30, "CIV D, HIST D, GEO D, KISW C, ENGL F, BIO F" },
		{ "acsee/P010105022021", "ACSEE 2021", "Baraka Elias Ndunguru",
		    "I", 7, "GS B, PHY B, CHEM B, MATH A" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (strcmp(rows[i].candidate, q->rest) != 0)
			continue;
		evbuffer_add_printf(out,
		    "{\"sitting\":\"%s\",\"name\":\"%s\",\"division\":\"%s\","
		    "\"points\":%d,\"grades\":\"%s\"}",
		    rows[i].sitting, rows[i].name, rows[i].division,
		    rows[i].points, rows[i].grades);
		return HTTP_OK;
	}
	return HTTP_NOTFOUND;
}

/* ---- roads */

static int
fare(const struct question *q, struct evbuffer *out)
{
	const char *from, *to;
	struct evkeyvalq words;
	int status = HTTP_NOTFOUND;

	if (evhttp_parse_query_str(q->query, &words) == -1)
		return HTTP_BADREQUEST;
	from = town(evhttp_find_header(&words, "from"));
	to = town(evhttp_find_header(&words, "to"));
	if (from != NULL && to != NULL)
		status = road(from, to, out);
	evhttp_clear_headers(&words);
	return status;
}

/* What the town is called that people write so, folded; NULL: there is none. */
static const char *
town(const char *word)
{
	static const char *const rows[][2] = {
		{ "DAR", "Dar es Salaam" },
		{ "DARESSALAAM", "Dar es Salaam" },
		{ "ARUSHA", "Arusha" },
		{ "DODOMA", "Dodoma" },
		{ "MBEYA", "Mbeya" },
		{ "MOSHI", "Moshi" },
		{ "MWANZA", "Mwanza" },
		{ "TANGA", "Tanga" },
	};
	size_t i;

	for (i = 0; word != NULL && i < ARRAY_SIZE(rows); i++)
		if (strcmp(rows[i][0], word) == 0)
			return rows[i][1];
	return NULL;
}

static int
road(const char *from, const char *to, struct evbuffer *out)
{
	static const struct {
		const char *one, *other;
		int ordinary, middle;
	} rows[] = {
		{ "Dar es Salaam", "Arusha", 29900, 41900 },
		{ "Dar es Salaam", "Dodoma", 22100, 31000 },
		{ "Dar es Salaam", "Mbeya", 39800, 55700 },
		{ "Dar es Salaam", "Moshi", 26500, 37200 },
		{ "Dar es Salaam", "Mwanza", 53700, 75200 },
		{ "Dar es Salaam", "Tanga", 16700, 23400 },
		{ "Arusha", "Dodoma", 20900, 29300 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		bool there = strcmp(rows[i].one, from) == 0 &&
		    strcmp(rows[i].other, to) == 0;
		bool back = strcmp(rows[i].one, to) == 0 &&
		    strcmp(rows[i].other, from) == 0;

		if (!there && !back)
			continue;
		evbuffer_add_printf(out,
		    "{\"from\":\"%s\",\"to\":\"%s\","
		    "\"fares\":{\"ordinary\":%d,\"middle\":%d}}",
		    from, to, rows[i].ordinary, rows[i].middle);
		return HTTP_OK;
	}
	return HTTP_NOTFOUND;
}
