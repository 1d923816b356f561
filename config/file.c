/*
 * Files and texts in libconfig's syntax: read whole, looked at raw, parsed,
 * and every setting told where it came from.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "config/scan.h"
#include "config/schema.h"

#define FILE_MAX (1024 * 1024)

static enum file_result read_open(struct findings *f, const char *path, int fd,
    size_t most, char **text, size_t *len);
static bool is_clean(
    struct findings *f, const char *name, const char *text, size_t len);
static void syntax_error(
    struct findings *f, const char *name, const config_t *cfg);
static void tell_origin(
    struct findings *f, config_setting_t *s, const char *name);
static bool is_sound_text(const char *text);
static enum file_result refuse(struct findings *f, const char *name,
    const char *format, ...) PRINTF_LIKE(3, 4);

enum file_result
schema_read(struct findings *f, const char *path, config_t *cfg, char **source,
    size_t *source_len)
{
	enum file_result result = schema_load(f, path, source, source_len);

	if (result == FILE_READ)
		return schema_parse(f, path, *source, *source_len, cfg);
	config_init(cfg);
	return result;
}

enum file_result
schema_parse(struct findings *f, const char *name, const char *source,
    size_t len, config_t *cfg)
{
	const char *text = arena_copy(f->arena, source, len);

	config_init(cfg);
	if (!is_clean(f, name, text, len) || !scan_text(f, name, text, len))
		return FILE_REFUSED;
	if (config_read_string(cfg, text) != CONFIG_TRUE) {
		syntax_error(f, name, cfg);
		return FILE_REFUSED;
	}
	tell_origin(f, config_root_setting(cfg), arena_string(f->arena, name));
	return FILE_READ;
}

enum file_result
schema_load(struct findings *f, const char *path, char **text, size_t *len)
{
	return schema_load_most(f, path, FILE_MAX, text, len);
}

enum file_result
schema_load_most(
    struct findings *f, const char *path, size_t most, char **text, size_t *len)
{
	enum file_result result;
	int fd;

	*text = "";
	*len = 0;
	/* A FIFO nobody writes to must not hold us up. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1) {
		result = errno == ENOENT ? FILE_ABSENT : FILE_REFUSED;
		refuse(f, path, "cannot read: %s", strerror(errno));
		return result;
	}
	result = read_open(f, path, fd, most, text, len);
	close(fd);
	return result;
}

static enum file_result
read_open(struct findings *f, const char *path, int fd, size_t most,
    char **text, size_t *len)
{
	struct stat about;
	ssize_t got;

	if (fstat(fd, &about) == -1)
		return refuse(f, path, "cannot read: %s", strerror(errno));
	if (!S_ISREG(about.st_mode))
		return refuse(f, path, "cannot read: not a regular file");
	if (about.st_size > (off_t)most)
		return most < FILE_MAX
		    ? refuse(f, path, "is larger than %zu KB", most / 1024)
		    : refuse(f, path, "is larger than %zu MB", most / FILE_MAX);
	*text = arena_alloc(f->arena, (size_t)about.st_size + 1);
	while (*len < (size_t)about.st_size) {
		got = read(fd, *text + *len, (size_t)about.st_size - *len);
		if (got == -1)
			return refuse(
			    f, path, "cannot read: %s", strerror(errno));
		if (got == 0)
			break;
		*len += (size_t)got;
	}
	return FILE_READ;
}

static bool
is_clean(struct findings *f, const char *name, const char *text, size_t len)
{
	size_t errors = f->errors, took, i;
	int line = 1, bad_line = 0;
	uint32_t c;

	if (len > FILE_MAX) {
		refuse(f, name, "is larger than 1 MB");
	} else if (memchr(text, '\0', len) != NULL) {
		refuse(f, name, "is no text: it has NUL octets");
	} else if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		refuse(f, name,
		    "begins with a byte order mark; save it as "
		    "UTF-8 without one");
	}
	if (f->errors > errors)
		return false;
	for (i = 0; i < len; i += took) {
		took = text_next(text + i, len - i, &c);
		line += c == '\n';
		if (c != TEXT_BAD || line == bad_line)
			continue;
		bad_line = line;
		findings_add(f, FINDING_ERROR, 0, name, line, NULL,
		    "this is not UTF-8; save the file as UTF-8");
	}
	return f->errors == errors;
}

/* libconfig's own words, in ours. */
static void
syntax_error(struct findings *f, const char *name, const config_t *cfg)
{
	static const struct {
		const char *theirs, *ours;
	} words[] = {
		{ "duplicate setting name",
		    "this name stands already in the same group" },
		{ "mismatched element type in array",
		    "the values between [ and ] must be of one kind" },
		{ "syntax error",
		    "syntax error: here, or just before, "
		    "something is missing or one too many" },
	};
	const char *says = config_error_text(cfg);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (strcmp(says, words[i].theirs) == 0)
			break;
	findings_add(f, FINDING_ERROR, 0, name, config_error_line(cfg), NULL,
	    "%s", i < ARRAY_SIZE(words) ? words[i].ours : says);
}

/* What libconfig read from a string has no file of its own. */
static void
tell_origin(struct findings *f, config_setting_t *s, const char *name)
{
	const char *text = config_setting_get_string(s);
	int i,
	    count =
		config_setting_is_aggregate(s) ? config_setting_length(s) : 0;

	s->file = name;
	if (text != NULL && !is_sound_text(text))
		findings_at(f, FINDING_ERROR, 0, s, NULL,
		    "this text has control characters or is not UTF-8");
	for (i = 0; i < count; i++)
		tell_origin(f, config_setting_get_elem(s, (unsigned)i), name);
}

static bool
is_sound_text(const char *text)
{
	const char *at;

	for (at = text; *at != '\0'; at++)
		if ((unsigned char)*at < ' ' && *at != '\n' && *at != '\t' &&
		    *at != '\r')
			return false;
	return text_is_utf8(text, strlen(text));
}

static enum file_result
refuse(struct findings *f, const char *name, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	findings_addv(f, FINDING_ERROR, 0, name, 0, NULL, format, args);
	va_end(args);
	return FILE_REFUSED;
}
