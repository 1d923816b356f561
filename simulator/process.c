/*
 * A child process of the operator in a box.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "simulator/process.h"

#define LOOK_MS 5

struct process {
	pid_t pid;
	bool ended;
	int status;
};

static void run_child(
    const char *const *argv, const char *const *environment, const char *log);
static void look(struct process *p);
static void nap(void);

struct process *
process_start(
    const char *const *argv, const char *const *environment, const char *log)
{
	struct process *p = calloc(1, sizeof(*p));

	CHECK(p != NULL);
	fflush(NULL);
	p->pid = fork();
	if (p->pid == 0)
		run_child(argv, environment, log);
	if (p->pid == -1) {
		free(p);
		return NULL;
	}
	return p;
}

static void
run_child(
    const char *const *argv, const char *const *environment, const char *log)
{
	int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	int in = open("/dev/null", O_RDONLY);
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	setpgid(0, 0); /* Ctrl-C is for us, who then end it in order */
	if (out == -1 || in == -1 || dup2(in, STDIN_FILENO) == -1 ||
	    dup2(out, STDOUT_FILENO) == -1 || dup2(out, STDERR_FILENO) == -1)
		_exit(126);
	close_range(3, ~0u, 0);
	for (; environment != NULL && *environment != NULL; environment++)
		putenv((char *)*environment);
	execvp(argv[0], (char *const *)argv);
	dprintf(STDERR_FILENO, "cannot run %s: %m\n", argv[0]);
	_exit(127);
}

struct process *
process_lend(const char *const *argv)
{
	struct process *p = calloc(1, sizeof(*p));

	CHECK(p != NULL);
	fflush(NULL);
	p->pid = fork();
	if (p->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		signal(SIGINT, SIG_DFL);
		signal(SIGPIPE, SIG_DFL);
		close_range(3, ~0u, 0);
		execv("/proc/self/exe", (char *const *)argv);
		_exit(127);
	}
	if (p->pid == -1) {
		free(p);
		return NULL;
	}
	return p;
}

bool
process_runs(struct process *p)
{
	look(p);
	return !p->ended;
}

/* Behind the name in brackets, which may hold anything, stands the state. */
bool
process_is_stopped(const struct process *p)
{
	char path[64], line[256] = "";
	const char *state;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)p->pid);
	f = fopen(path, "re");
	if (f == NULL)
		return false;
	state =
	    fgets(line, sizeof(line), f) == NULL ? NULL : strrchr(line, ')');
	fclose(f);
	return state != NULL && strncmp(state, ") T", 3) == 0;
}

void
process_signal(struct process *p, int number)
{
	look(p);
	if (!p->ended)
		kill(p->pid, number);
}

int
process_end(struct process *p, int number, int timeout_ms)
{
	int64_t until = clock_steady_ms() + timeout_ms;
	int status;

	process_signal(p, number);
	while (process_runs(p)) {
		if (clock_steady_ms() >= until)
			kill(p->pid, SIGKILL);
		nap();
	}
	status = WIFEXITED(p->status) ? WEXITSTATUS(p->status)
				      : 128 + WTERMSIG(p->status);
	free(p);
	return status;
}

/* schedstat counts nanoseconds on a processor; stat only hundredths of a
 * second, but every kernel has it. */
int64_t
process_cpu_us(const struct process *p)
{
	unsigned long long nanoseconds;
	char path[64];
	FILE *f;
	int got;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)p->pid);
	f = fopen(path, "re");
	if (f == NULL)
		return 0;
	got = fscanf(f, "%llu", &nanoseconds);
	fclose(f);
	return got == 1 ? (int64_t)(nanoseconds / 1000) : 0;
}

static void
look(struct process *p)
{
	pid_t seen;

	if (p->ended)
		return;
	do
		seen = waitpid(p->pid, &p->status, WNOHANG);
	while (seen == -1 && errno == EINTR);
	p->ended = seen == p->pid || seen == -1;
}

static void
nap(void)
{
	nanosleep(&(struct timespec){ 0, LOOK_MS * 1000000L }, NULL);
}
