/*
 * RESP 2 by hand: "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n". hiredis would format each
 * command into memory of its own, which costs more than asking does.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "storage/request.h"

#define NUMBER_MAX 20 /* digits of a size_t */

static void request_head(struct request *w, char kind, size_t number);
static void request_room(struct request *w, size_t more);
static size_t digits(size_t number, char out[NUMBER_MAX]);

void
request_begin(struct request *w, size_t count)
{
	w->len = 0;
	request_head(w, '*', count);
}

void
request_argument(struct request *w, const char *argument, size_t len)
{
	request_head(w, '$', len);
	request_room(w, len + 2);
	if (len > 0)
		memcpy(w->octets + w->len, argument, len);
	memcpy(w->octets + w->len + len, "\r\n", 2);
	w->len += len + 2;
}

void
request_text(struct request *w, const char *argument)
{
	request_argument(w, argument, strlen(argument));
}

void
request_arguments(struct request *w, size_t count, const char *const *arguments,
    const size_t *lens)
{
	size_t i;

	for (i = 0; i < count; i++)
		request_argument(w, arguments[i],
		    lens != NULL ? lens[i] : strlen(arguments[i]));
}

void
request_number(struct request *w, size_t argument)
{
	char text[NUMBER_MAX];

	request_argument(w, text, digits(argument, text));
}

void
request_free(struct request *w)
{
	free(w->octets);
	*w = (struct request){ 0 };
}

static void
request_head(struct request *w, char kind, size_t number)
{
	char text[NUMBER_MAX];
	size_t len = digits(number, text);
	char *at;

	request_room(w, len + 3);
	at = w->octets + w->len;
	*at++ = kind;
	memcpy(at, text, len);
	memcpy(at + len, "\r\n", 2);
	w->len += len + 3;
}

static void
request_room(struct request *w, size_t more)
{
	CHECK(more < SIZE_MAX / 4 && w->len < SIZE_MAX / 4);
	if (w->size - w->len >= more)
		return;
	w->size = 2 * (w->len + more);
	w->octets = realloc(w->octets, w->size);
	CHECK(w->octets != NULL);
}

static size_t
digits(size_t number, char out[NUMBER_MAX])
{
	char backwards[NUMBER_MAX];
	size_t len = 0, i;

	do
		backwards[len++] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	for (i = 0; i < len; i++)
		out[i] = backwards[len - 1 - i];
	return len;
}
