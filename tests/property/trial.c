/*
 * Trials, each in a child process.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "menus/catalogue.h"
#include "tests/property/plant.h"
#include "tests/property/tour.h"
#include "tests/property/trial.h"

#define SECONDS_MAX     60
#define STEPS_TO_SEARCH 20

/* What the child is to do. */
struct task {
	struct trial *trial;
	const struct draft *draft;
	enum plant plant;
	uint64_t seed;
	size_t steps; /* 0: replay */
	const char *path; /* where to tell; NULL: nowhere */
};

static void run(const struct task *task);
static void child(const struct task *task);
static void die_of_signals(void);
static struct catalogue *prove(const struct task *task, struct arena *a);
static void stroll_on(const struct task *task, struct tour *t);
static void replay(const struct task *task, struct tour *t);

struct trial *
trial_new(void)
{
	void *shared = mmap(NULL, sizeof(struct trial), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(shared != MAP_FAILED);
	return shared;
}

void
trial_stroll(struct trial *t, const struct draft *d, enum plant plant,
    uint64_t seed, size_t steps)
{
	const struct task task = { t, d, plant, seed, steps, NULL };

	CHECK(steps > 0 && steps <= WALK_MAX);
	t->walk.count = 0;
	run(&task);
}

void
trial_replay(
    struct trial *t, const struct draft *d, enum plant plant, uint64_t seed)
{
	const struct task task = { t, d, plant, seed, 0, NULL };

	run(&task);
}

void
trial_tell(struct trial *t, const struct draft *d, enum plant plant,
    uint64_t seed, const char *path)
{
	const struct task task = { t, d, plant, seed, 0, path };

	run(&task);
}

static void
run(const struct task *task)
{
	struct trial *t = task->trial;
	int status = 0;
	pid_t pid;

	t->accepted = false;
	t->verdict = (struct verdict){ .broken = PROPERTY_HOLDS };
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0) {
		child(task);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	if (status == 0)
		return;
	t->verdict.broken = PROPERTY_ALIVE;
	snprintf(t->verdict.says, sizeof(t->verdict.says), "it %s %d",
	    WIFSIGNALED(status) ? "died of signal" : "ended with",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static void
child(const struct task *task)
{
	struct trial *trial = task->trial;
	struct arena *a = arena_new();
	struct catalogue *c;
	struct tour t = { .figures = &trial->figures,
		.verdict = &trial->verdict };

	die_of_signals();
	alarm(SECONDS_MAX);
	c = prove(task, a);
	if (c == NULL)
		return;
	trial->accepted = true;
	tour_init(&t, a, c, task->seed);
	plant(&t, task->plant);
	if (task->path != NULL)
		t.trace = fopen(task->path, "w");
	if (task->steps > 0)
		stroll_on(task, &t);
	else
		replay(task, &t);
	if (t.trace != NULL) {
		fprintf(t.trace, "# %s\n", trial->verdict.says);
		fclose(t.trace);
	}
}

/* The test's own handlers would go on with its other cases. */
static void
die_of_signals(void)
{
	static const int signals[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE,
		SIGILL };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(signals); i++)
		signal(signals[i], SIG_DFL);
}

static struct catalogue *
prove(const struct task *task, struct arena *a)
{
	struct source sources[DRAFT_FILES_MAX], s;
	struct findings f;
	struct catalogue *c;
	size_t i, count = 0;

	for (i = 0; i < task->draft->count; i++) {
		s = draft_source(a, task->draft, i);
		if (s.text != NULL)
			sources[count++] = s;
	}
	findings_init(&f, a);
	c = catalogue_compile(sources[0], sources + 1, count - 1, 0, 0, &f);
	return f.errors > 0 ? NULL : c;
}

static void
stroll_on(const struct task *task, struct tour *t)
{
	struct walk *walk = &task->trial->walk;
	struct chance chance = { task->seed };

	while (walk->count < task->steps) {
		struct event *e = &walk->list[walk->count++];

		*e = stroll(t, &chance);
		if (!tour_play(t, e))
			return;
		if ((walk->count % STEPS_TO_SEARCH == 0 ||
			walk->count == task->steps) &&
		    t->stands && !escape(t))
			return;
	}
}

static void
replay(const struct task *task, struct tour *t)
{
	const struct walk *walk = &task->trial->walk;
	size_t i;

	for (i = 0; i < walk->count; i++)
		if (!tour_play(t, &walk->list[i]))
			return;
	if (t->stands)
		escape(t);
}
