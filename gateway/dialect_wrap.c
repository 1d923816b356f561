/*
 * A wrapped text: fields with names, type|id:value|id:value, where some
 * operators put what others put into TLVs.
 */
#include <string.h>

#include "gateway/dialect_parts.h"

static const struct dialect_field *find(
    const struct dialect_fields *fields, const char *id);
static bool is_echoed(
    const struct dialect_wrap *wrap, const struct dialect_field *field);
static const char *from_base64(const char *text, size_t len, struct arena *a);
static const char *to_base64(const char *text, size_t len, struct arena *a);

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
dialect_wrap_split(const struct dialect_wrap *wrap, const char *text,
    struct dialect_fields *out)
{
	const char *end, *id_end;

	out->count = 0;
	for (; *text != '\0'; text = *end != '\0' ? end + 1 : end) {
		end = text + strcspn(text, (char[]){ wrap->between, '\0' });
		id_end = memchr(text, wrap->after_id, (size_t)(end - text));
		if (id_end == NULL || out->count == DIALECT_FIELDS)
			continue;
		out->list[out->count++] =
		    (struct dialect_field){ text, (size_t)(id_end - text),
			    id_end + 1, (size_t)(end - id_end - 1) };
	}
}

const char *
dialect_wrap_value(const struct dialect_wrap *wrap,
    const struct dialect_fields *fields, const char *id, struct arena *a)
{
	const struct dialect_field *field = find(fields, id);

	if (field == NULL)
		return NULL;
	if (wrap->base64)
		return from_base64(field->raw, field->raw_len, a);
	return arena_copy(a, field->raw, field->raw_len);
}

static const struct dialect_field *
find(const struct dialect_fields *fields, const char *id)
{
	size_t i;

	for (i = 0; i < fields->count; i++)
		if (fields->list[i].id_len == strlen(id) &&
		    memcmp(fields->list[i].id, id, strlen(id)) == 0)
			return &fields->list[i];
	return NULL;
}

const char *
dialect_wrap_echoed(const struct dialect_wrap *wrap,
    const struct dialect_fields *fields, struct arena *a)
{
	const struct dialect_field *field;
	const char *run = "";
	size_t i;

	for (i = 0; i < fields->count; i++) {
		field = &fields->list[i];
		if (is_echoed(wrap, field))
			run = arena_printf(a, "%s%c%.*s%c%.*s", run,
			    wrap->between, (int)field->id_len, field->id,
			    wrap->after_id, (int)field->raw_len, field->raw);
	}
	return run;
}

static bool
is_echoed(const struct dialect_wrap *wrap, const struct dialect_field *field)
{
	size_t i;

	for (i = 0; wrap->echoed[i] != NULL; i++)
		if (strlen(wrap->echoed[i]) == field->id_len &&
		    memcmp(wrap->echoed[i], field->id, field->id_len) == 0)
			return true;
	return false;
}

const char *
dialect_wrap_field(const struct dialect_wrap *wrap, const char *id,
    const char *value, struct arena *a)
{
	if (wrap->base64)
		value = to_base64(value, strlen(value), a);
	return arena_printf(
	    a, "%c%s%c%s", wrap->between, id, wrap->after_id, value);
}

/* RFC 4648; it ends at the first octet that is no digit of it. */
static const char *
from_base64(const char *text, size_t len, struct arena *a)
{
	char *out = arena_alloc(a, len / 4 * 3 + 4), *to = out;
	const char *digit;
	unsigned bits = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		digit = memchr(digits, text[i], sizeof(digits) - 1);
		if (digit == NULL)
			break;
		bits = bits << 6 | (unsigned)(digit - digits);
		if (i % 4 > 0)
			*to++ = (char)(bits >> (6 - i % 4 * 2));
	}
	*to = '\0';
	return out;
}

static const char *
to_base64(const char *text, size_t len, struct arena *a)
{
	char *out = arena_alloc(a, (len + 2) / 3 * 4 + 1), *to = out;
	const unsigned char *from = (const unsigned char *)text;
	unsigned bits;
	size_t i;

	for (i = 0; i < len; i += 3) {
		bits = (unsigned)from[i] << 16;
		bits |= i + 1 < len ? (unsigned)from[i + 1] << 8 : 0;
		bits |= i + 2 < len ? from[i + 2] : 0;
		*to++ = digits[bits >> 18 & 63];
		*to++ = digits[bits >> 12 & 63];
		*to++ = i + 1 < len ? digits[bits >> 6 & 63] : '=';
		*to++ = i + 2 < len ? digits[bits & 63] : '=';
	}
	return out;
}
