/*
 * Reading canned answers. A file that cannot be read, or is no JSON object, is
 * a mistake of whoever wrote the talk; an institution that is to answer
 * nonsense is canned as "500".
 */
#include <string.h>

#include "config/schema.h"
#include "gateway/answer.h"
#include "gateway/canned.h"
#include "gateway/document.h"
#include "gateway/http_client.h"

static char *read_body(const struct canned_files *files, struct arena *a,
    const struct graph *g, const char *name, size_t *len, const char **why);
static char *sent_along(const struct canned_files *files, struct arena *a,
    const char *name, size_t *len);
static const char *beside(struct arena *a, const char *file, const char *name);

enum outcome
canned_answer(void *arg, struct arena *a, const struct graph *g,
    const struct api *api, const struct canned *canned,
    const char *const **values, const char **why)
{
	struct answer answer;
	char *body = "";
	size_t len = 0;

	if (canned->body != NULL)
		body = read_body(arg, a, g, canned->body, &len, why);
	if (*why == NULL && canned->body != NULL &&
	    api->speech != SPEECH_AFRICASTALKING &&
	    document_take(a, body, len, NULL, 0, NULL) != DOCUMENT_TAKEN)
		*why = "is no JSON object";
	if (*why != NULL)
		return OUTCOME_FAIL;
	answer = answer_read(a, api, canned->status, body, len);
	*values = answer.values;
	return answer.outcome;
}

static char *
read_body(const struct canned_files *files, struct arena *a,
    const struct graph *g, const char *name, size_t *len, const char **why)
{
	struct findings f;
	char *body = "";

	findings_init(&f, a);
	if (files != NULL) {
		body = sent_along(files, a, name, len);
		if (body == NULL)
			*why = "it did not come along";
	} else if (schema_load_most(&f, beside(a, g->file, name),
		       HTTP_ANSWER_MAX, &body, len) != FILE_READ)
		*why = f.list[0].says;
	return body;
}

static char *
sent_along(const struct canned_files *files, struct arena *a, const char *name,
    size_t *len)
{
	size_t i;

	for (i = 0; i < files->count; i++)
		if (strcmp(files->list[i].name, name) == 0) {
			*len = files->list[i].len;
			return arena_copy(a, files->list[i].text, *len);
		}
	return NULL;
}

static const char *
beside(struct arena *a, const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');
	int len = slash == NULL ? 0 : (int)(slash + 1 - file);

	return arena_printf(a, "%.*s%s", len, file, name);
}
