/*
 * The log. A line is put together whole and written at once, so that lines of
 * two processes on one file never mix; control octets become '?', so that no
 * input can forge a second line.
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

#define LINE_MAX_OCTETS 2048

static const char *const level_names[] = {
	[LOG_LEVEL_DEBUG] = "debug",
	[LOG_LEVEL_NOTICE] = "notice",
	[LOG_LEVEL_WARNING] = "warning",
	[LOG_LEVEL_ERROR] = "error",
};

static enum log_level least_level = LOG_LEVEL_NOTICE;
static enum log_form line_form = LOG_FORM_TEXT;
static int log_fd = STDERR_FILENO;

static void write_line(enum log_level level, const char *who,
    const char *format, va_list args);
static void stamp(char *out, size_t size);
static void tame(char *text);
static void quote(const char *text, char *out, size_t size);

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

int
log_level_from_name(const char *name, enum log_level *level)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(level_names); i++) {
		if (strcmp(name, level_names[i]) != 0)
			continue;
		*level = (enum log_level)i;
		return 0;
	}
	return -1;
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
write_line(enum log_level level, const char *who, const char *format,
    va_list args)
{
	char event[LINE_MAX_OCTETS], quoted[LINE_MAX_OCTETS * 2];
	char line[LINE_MAX_OCTETS * 3], when[40];
	ssize_t written;
	int len;

	vsnprintf(event, sizeof(event), format, args);
	tame(event);
	stamp(when, sizeof(when));
	if (line_form == LOG_FORM_JSON) {
		quote(event, quoted, sizeof(quoted));
		len = snprintf(line, sizeof(line),
		    "{\"time\":\"%s\",\"level\":\"%s\",\"who\":\"%s\","
		    "\"event\":\"%s\"}\n",
		    when, level_names[level], who, quoted);
	} else
		len = snprintf(line, sizeof(line), "%s %s %s: %s\n", when,
		    level_names[level], who, event);
	if (len >= (int)sizeof(line)) {
		len = (int)sizeof(line) - 1;
		line[len - 1] = '\n';
	}
	/* A log that cannot be written must not stop the traffic. */
	do
		written = write(log_fd, line, (size_t)len);
	while (written == -1 && errno == EINTR);
}

static void
stamp(char *out, size_t size)
{
	int64_t now = clock_wall_ms();
	time_t seconds = (time_t)(now / 1000);
	struct tm utc;
	size_t len;

	gmtime_r(&seconds, &utc);
	len = strftime(out, size, "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(out + len, size - len, ".%03dZ", (int)(now % 1000));
}

static void
tame(char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = '?';
}

static void
quote(const char *text, char *out, size_t size)
{
	size_t len = 0;

	for (; *text != '\0' && len + 3 < size; text++) {
		if (*text == '"' || *text == '\\')
			out[len++] = '\\';
		out[len++] = *text;
	}
	out[len] = '\0';
}
