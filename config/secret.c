/*
 * A secret is one short line. The file is looked at through the descriptor
 * that is then read, so that what was found safe is what is used.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/secret.h"

#define SECRET_MAX 512

static const char *read_line(struct findings *f, struct arena *arena,
    const config_setting_t *where, const char *path, int fd);
static const char *refuse(struct findings *f, const config_setting_t *where,
    const char *path, const char *why);

const char *
secret_read(struct findings *f, struct arena *arena,
    const config_setting_t *where, const char *path)
{
	const char *secret;
	struct stat about;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd == -1)
		return refuse(f, where, path, strerror(errno));
	if (fstat(fd, &about) == -1)
		secret = refuse(f, where, path, strerror(errno));
	else if (!S_ISREG(about.st_mode))
		secret = refuse(f, where, path, "not a regular file");
	else if ((about.st_mode & 007) != 0)
		secret = refuse(f, where, path,
		    "everybody on this machine may "
		    "open it; chmod o= it");
	else
		secret = read_line(f, arena, where, path, fd);
	close(fd);
	return secret;
}

static const char *
read_line(struct findings *f, struct arena *arena,
    const config_setting_t *where, const char *path, int fd)
{
	char text[SECRET_MAX + 1];
	ssize_t len = read(fd, text, sizeof(text));
	const char *secret;

	if (len == -1)
		return refuse(f, where, path, strerror(errno));
	if (len > 0 && text[len - 1] == '\n')
		len--;
	if (len > 0 && text[len - 1] == '\r')
		len--;
	if (len == 0)
		secret = refuse(f, where, path, "it is empty");
	else if (len >= SECRET_MAX)
		secret = refuse(f, where, path, "it is too long for a secret");
	else if (memchr(text, '\n', (size_t)len) != NULL ||
	    memchr(text, '\0', (size_t)len) != NULL)
		secret = refuse(f, where, path, "it has more than one line");
	else
		secret = arena_copy(arena, text, (size_t)len);
	explicit_bzero(text, sizeof(text));
	return secret;
}

static const char *
refuse(struct findings *f, const config_setting_t *where, const char *path,
    const char *why)
{
	findings_at(f, FINDING_ERROR, 0, where, NULL,
	    "the secret in %s cannot be used: %s", path, why);
	return NULL;
}
