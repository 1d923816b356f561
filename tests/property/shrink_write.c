/*
 * What is left of a failure, as files that `mlango check` reads.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/property/shrink.h"

static void write_file(
    struct arena *a, const struct draft *d, size_t n, const char *folder);

size_t
shrink_size(const struct draft *d)
{
	struct arena *a = arena_new();
	size_t i, size = 0;

	for (i = 0; i < d->count; i++)
		size += draft_source(a, d, i).len;
	arena_free(a);
	return size;
}

void
shrink_write(struct trial *t, const struct draft *d, enum plant plant,
    uint64_t seed, const char *folder)
{
	struct arena *a = arena_new();
	size_t i;

	mkdir(folder, 0777);
	mkdir(arena_printf(a, "%s/institutions", folder), 0777);
	for (i = 0; i < d->count; i++)
		write_file(a, d, i, folder);
	trial_tell(t, d, plant, seed, arena_printf(a, "%s/walk", folder));
	arena_free(a);
}

static void
write_file(struct arena *a, const struct draft *d, size_t n, const char *folder)
{
	struct source s = draft_source(a, d, n);
	const char *path = arena_printf(
	    a, "%s/%s%s", folder, n == 0 ? "" : "institutions/", s.name);
	FILE *out;

	remove(path);
	if (s.text == NULL)
		return;
	out = fopen(path, "w");
	CHECK(out != NULL);
	fprintf(out, "%s%s\n", s.text + strspn(s.text, "\n"),
	    n == 0 ? "\ninstitutions = \"institutions\";" : "");
	CHECK(fclose(out) == 0);
}
