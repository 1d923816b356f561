/*
 * Statuses to outcomes, in one place.
 */
#include "gateway/answer.h"
#include "gateway/app.h"
#include "gateway/document.h"

static struct answer read_turn(
    struct arena *a, const struct api *api, const char *body, size_t len);
static struct answer read_body(
    struct arena *a, const struct api *api, const char *body, size_t len);

struct answer
answer_read(struct arena *a, const struct api *api, int status,
    const char *body, size_t len)
{
	struct answer answer = { .outcome = OUTCOME_FAIL };

	if (status >= 200 && status < 300)
		return api->speech == SPEECH_CALL
		    ? read_body(a, api, body, len)
		    : read_turn(a, api, body, len);
	if (status == 404 || status == 410)
		answer.outcome = OUTCOME_MISSING;
	answer.why = arena_printf(a, "status-%d", status);
	/* A refusal of what was asked is an answer; these three are none. */
	answer.healthy = status >= 400 && status < 500 && status != 408 &&
	    status != 425 && status != 429;
	return answer;
}

static struct answer
read_body(struct arena *a, const struct api *api, const char *body, size_t len)
{
	const char **values =
	    arena_array(a, api->take_count + 1, sizeof(*values));
	enum document_result result = DOCUMENT_TAKEN;

	if (api->take_count > 0)
		result = document_take(
		    a, body, len, api->takes, api->take_count, values);
	switch (result) {
	case DOCUMENT_TAKEN:
		return (struct answer){ OUTCOME_OK, values, "ok", true };
	case DOCUMENT_BROKEN:
		return (struct answer){ OUTCOME_FAIL, NULL, "not-json", false };
	case DOCUMENT_LACKS:
		break;
	}
	return (struct answer){ OUTCOME_FAIL, NULL, "no-path", true };
}

static struct answer
read_turn(struct arena *a, const struct api *api, const char *body, size_t len)
{
	const char *why = "ok";
	const char *const *values = app_read(a, api->speech, body, len, &why);

	if (values == NULL)
		return (struct answer){ OUTCOME_FAIL, NULL, why, false };
	return (struct answer){ OUTCOME_OK, values, "ok", true };
}
