/*
 * Between looking whether somebody answers and binding, another one may bind:
 * then ours fails, which is right.
 */
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/settings.h"
#include "gateway/control_socket.h"

static int address(const char *path, struct sockaddr_un *here);
static int bind_here(const struct settings *s, const struct sockaddr_un *here);
static int give_to_group(const struct settings *s);
static const char *trouble(const struct settings *s, int error);

int
control_socket(
    const struct settings *s, struct sockaddr_un *here, const char **why)
{
	int fd = control_connect(s->control), error;

	if (fd != -1) {
		close(fd);
		errno = EADDRINUSE;
		fd = -1;
	} else {
		if (errno == ECONNREFUSED)
			unlink(s->control);
		if (address(s->control, here) == 0)
			fd = bind_here(s, here);
	}
	if (fd == -1) {
		error = errno;
		*why = trouble(s, error);
		errno = error;
	}
	return fd;
}

int
control_connect(const char *path)
{
	struct sockaddr_un there;
	int fd, error;

	if (address(path, &there) == -1)
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd == -1 ||
	    connect(fd, (const struct sockaddr *)&there, sizeof(there)) == 0)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

static int
address(const char *path, struct sockaddr_un *here)
{
	*here = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(here->sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(here->sun_path, path, strlen(path) + 1);
	return 0;
}

/* Nobody can connect before it listens, so its group comes in time. */
static int
bind_here(const struct settings *s, const struct sockaddr_un *here)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mode_t before = umask(0117);
	int bound = fd == -1
	    ? -1
	    : bind(fd, (const struct sockaddr *)here, sizeof(*here));
	int error = errno;

	umask(before);
	if (bound == 0) {
		if (give_to_group(s) == 0)
			return fd;
		error = errno;
		unlink(here->sun_path);
	}
	if (fd != -1)
		close(fd);
	errno = error;
	return -1;
}

static int
give_to_group(const struct settings *s)
{
	const struct group *group;

	if (s->control_group == NULL)
		return 0;
	group = getgrnam(s->control_group);
	if (group == NULL) {
		errno = ESRCH;
		return -1;
	}
	return chown(s->control, (uid_t)-1, group->gr_gid);
}

static const char *
trouble(const struct settings *s, int error)
{
	switch (error) {
	case EADDRINUSE:
		return arena_printf(s->arena,
		    "a gateway runs already: it answers at %s", s->control);
	case ESRCH:
		return arena_printf(s->arena,
		    "there is no group %s to give the control socket to",
		    s->control_group);
	case ENAMETOOLONG:
		return arena_printf(s->arena,
		    "the path %s is too long for a socket; set 'control'",
		    s->control);
	}
	return arena_printf(
	    s->arena, "cannot listen at %s: %s", s->control, strerror(error));
}
