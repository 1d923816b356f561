/*
 * The log. A line is put together whole and written at once, so that lines of
 * two processes on one file never mix. What came from outside may stand in it
 * anywhere, in WHO as well: a control character or an octet that is not UTF-8
 * becomes '?', so no input can forge a line or a colour.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

#define WHO_MAX   128
#define EVENT_MAX 2048
#define STAMP_MAX 40

/* Every octet of the two escaped, and the frame around them. */
#define LINE_ROOM (2 * (WHO_MAX + EVENT_MAX) + 256)

static const char *const level_names[] = {
	[LOG_LEVEL_DEBUG] = "debug",
	[LOG_LEVEL_NOTICE] = "notice",
	[LOG_LEVEL_WARNING] = "warning",
	[LOG_LEVEL_ERROR] = "error",
};

static enum log_level least_level = LOG_LEVEL_NOTICE;
static enum log_form line_form = LOG_FORM_TEXT;
static int log_fd = STDERR_FILENO;

static void write_line(
    enum log_level level, const char *who, const char *format, va_list args);
static size_t text_line(
    enum log_level level, const char *who, const char *event, char *line);
static size_t json_line(
    enum log_level level, const char *who, const char *event, char *line);
static void stamp(char out[STAMP_MAX]);
static void tame(const char *text, char *out, size_t size);
static void quote(const char *text, char *out);

void
log_setup(enum log_level least, enum log_form form)
{
	least_level = least;
	line_form = form;
}

int
log_open(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);

	if (fd == -1)
		return -1;
	if (log_fd != STDERR_FILENO)
		close(log_fd);
	log_fd = fd;
	return 0;
}

void
log_line(enum log_level level, const char *who, const char *format, ...)
{
	va_list args;

	if (level < least_level)
		return;
	va_start(args, format);
	write_line(level, who, format, args);
	va_end(args);
}

void
log_subscriber(
    enum log_level level, const char *msisdn, const char *format, ...)
{
	char masked[TEXT_MASKED];
	va_list args;

	if (level < least_level)
		return;
	text_mask(msisdn, masked);
	va_start(args, format);
	write_line(level, masked, format, args);
	va_end(args);
}

static void
write_line(
    enum log_level level, const char *who, const char *format, va_list args)
{
	char event[EVENT_MAX], tame_event[EVENT_MAX], tame_who[WHO_MAX];
	char line[LINE_ROOM];
	ssize_t written;
	size_t len;

	vsnprintf(event, sizeof(event), format, args);
	tame(event, tame_event, sizeof(tame_event));
	tame(who, tame_who, sizeof(tame_who));
	if (line_form == LOG_FORM_JSON)
		len = json_line(level, tame_who, tame_event, line);
	else
		len = text_line(level, tame_who, tame_event, line);
	/* A log that cannot be written must not stop the traffic. */
	do
		written = write(log_fd, line, len);
	while (written == -1 && errno == EINTR);
}

static size_t
text_line(enum log_level level, const char *who, const char *event, char *line)
{
	char when[STAMP_MAX];

	stamp(when);
	return (size_t)snprintf(line, LINE_ROOM, "%s %s %s: %s\n", when,
	    level_names[level], who, event);
}

static size_t
json_line(enum log_level level, const char *who, const char *event, char *line)
{
	char when[STAMP_MAX], quoted_who[2 * WHO_MAX];
	char quoted_event[2 * EVENT_MAX];

	stamp(when);
	quote(who, quoted_who);
	quote(event, quoted_event);
	return (size_t)snprintf(line, LINE_ROOM,
	    "{\"time\":\"%s\",\"level\":\"%s\",\"who\":\"%s\","
	    "\"event\":\"%s\"}\n",
	    when, level_names[level], quoted_who, quoted_event);
}

static void
stamp(char out[STAMP_MAX])
{
	int64_t now = clock_wall_ms();
	time_t seconds = (time_t)(now / 1000);
	struct tm utc;
	size_t len;

	gmtime_r(&seconds, &utc);
	len = strftime(out, STAMP_MAX, "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(out + len, STAMP_MAX - len, ".%03dZ", (int)(now % 1000));
}

/* Whole characters, as many as there is room for. */
static void
tame(const char *text, char *out, size_t size)
{
	size_t len = strlen(text), took;
	const char *end = out + size - 1;
	uint32_t character;

	for (; len > 0; text += took, len -= took) {
		took = text_next(text, len, &character);
		if ((size_t)(end - out) < took)
			break;
		if (character == TEXT_BAD || text_is_control(character))
			character = '?';
		out += text_put(character, out);
	}
	*out = '\0';
}

static void
quote(const char *text, char *out)
{
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			*out++ = '\\';
		*out++ = *text;
	}
	*out = '\0';
}
