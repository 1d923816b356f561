/*
 * Where the silenced build copy of libsmpp34 sends its formatting.
 *
 * The library describes every field that it codes in a global trace of 2048
 * octets. That is four fifths of its time, holds bind passwords, and runs past
 * its end. In our copy of the archive (m4/libsmpp34.m4) these two stand in for
 * __snprintf_chk and snprintf: the trace gets nothing; the short texts by
 * which the library judges a value are still written.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Where the library's trace goes on. */
extern char *ptrerror;

int pdu_trace(
    char *to, size_t room, int flag, size_t size, const char *format, ...);
int pdu_trace_plain(char *to, size_t room, const char *format, ...);
static int format_into(char *to, size_t room, const char *format, va_list args);
static int number_into(char *to, size_t room, int number);
static int copy_into(char *to, size_t room, const char *text);

int
pdu_trace(char *to, size_t room, int flag, size_t size, const char *format, ...)
{
	va_list args;
	int len;

	(void)flag;
	/* The trace's own room may have become negative: ask nothing of it. */
	if (to == ptrerror)
		return 0;
	va_start(args, format);
	len = format_into(to, room < size ? room : size, format, args);
	va_end(args);
	return len;
}

int
pdu_trace_plain(char *to, size_t room, const char *format, ...)
{
	va_list args;
	int len;

	if (to == ptrerror)
		return 0;
	va_start(args, format);
	len = format_into(to, room, format, args);
	va_end(args);
	return len;
}

static int
format_into(char *to, size_t room, const char *format, va_list args)
{
	if (strcmp(format, "%d") == 0)
		return number_into(to, room, va_arg(args, int));
	if (strcmp(format, "%s") == 0)
		return copy_into(to, room, va_arg(args, const char *));
	return vsnprintf(to, room, format, args);
}

static int
number_into(char *to, size_t room, int number)
{
	char digits[sizeof("-2147483648")] = "";
	char *first = digits + sizeof(digits) - 1;
	unsigned left = number < 0 ? 0u - (unsigned)number : (unsigned)number;

	do {
		*--first = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (number < 0)
		*--first = '-';
	return copy_into(to, room, first);
}

static int
copy_into(char *to, size_t room, const char *text)
{
	size_t len = strlen(text);
	size_t kept = len < room ? len : room - 1;

	if (room > 0) {
		memcpy(to, text, kept);
		to[kept] = '\0';
	}
	return (int)len;
}
