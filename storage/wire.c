/*
 * RESP 2 by hand: "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n". hiredis would format each
 * command into memory of its own, which costs more than asking does.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "storage/wire.h"

#define NUMBER_MAX 20 /* digits of a size_t */

static void wire_head(struct wire *w, char kind, size_t number);
static void wire_room(struct wire *w, size_t more);
static size_t digits(size_t number, char out[NUMBER_MAX]);

void
wire_begin(struct wire *w, size_t count)
{
	w->len = 0;
	wire_head(w, '*', count);
}

void
wire_argument(struct wire *w, const char *argument, size_t len)
{
	wire_head(w, '$', len);
	wire_room(w, len + 2);
	if (len > 0)
		memcpy(w->octets + w->len, argument, len);
	memcpy(w->octets + w->len + len, "\r\n", 2);
	w->len += len + 2;
}

void
wire_text(struct wire *w, const char *argument)
{
	wire_argument(w, argument, strlen(argument));
}

void
wire_arguments(struct wire *w, size_t count, const char *const *arguments,
    const size_t *lens)
{
	size_t i;

	for (i = 0; i < count; i++)
		wire_argument(w, arguments[i],
		    lens != NULL ? lens[i] : strlen(arguments[i]));
}

void
wire_number(struct wire *w, size_t argument)
{
	char text[NUMBER_MAX];

	wire_argument(w, text, digits(argument, text));
}

void
wire_free(struct wire *w)
{
	free(w->octets);
	*w = (struct wire){ 0 };
}

static void
wire_head(struct wire *w, char kind, size_t number)
{
	char text[NUMBER_MAX];
	size_t len = digits(number, text);
	char *at;

	wire_room(w, len + 3);
	at = w->octets + w->len;
	*at++ = kind;
	memcpy(at, text, len);
	memcpy(at + len, "\r\n", 2);
	w->len += len + 3;
}

static void
wire_room(struct wire *w, size_t more)
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
