/*
 * A fuzz target without a fuzzer: plays every file of its corpus once. This
 * is how `make check` keeps what `make fuzz` has found.
 *
 * Of fuzz_NAME the corpus is tests/fuzz/corpus/NAME; arguments are files to
 * play instead. One TAP line a file, in order: after a crash the next one is
 * to blame.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/check.h"

#define INPUT_MAX (1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int play_corpus(const char *dir);
static int is_input(const struct dirent *entry);
static void play(const char *path);
static void play_exactly(const uint8_t *data, size_t size);

static int played;

int
main(int argc, char **argv)
{
	const char *source = getenv("MLANGO_SRCDIR");
	const char *name = strrchr(argv[0], '_');
	char dir[4096];
	int i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (i = 1; i < argc; i++)
		play(argv[i]);
	if (argc < 2) {
		snprintf(dir, sizeof(dir), "%s/tests/fuzz/corpus/%s",
		    source == NULL ? "." : source, name == NULL ? "" : name + 1);
		if (play_corpus(dir) != 0)
			return EX_NOINPUT;
	}
	printf("1..%d\n", played);
	return EXIT_SUCCESS;
}

static int
play_corpus(const char *dir)
{
	struct dirent **entries;
	char path[4096 + 256];
	int count = scandir(dir, &entries, is_input, alphasort);
	int i;

	if (count <= 0) {
		fprintf(stderr, "%s: %s\n", dir,
		    count < 0 ? strerror(errno) : "no corpus");
		return -1;
	}
	for (i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, entries[i]->d_name);
		play(path);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

static int
is_input(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void
play(const char *path)
{
	static uint8_t data[INPUT_MAX];
	FILE *file = fopen(path, "rb");
	size_t size;

	if (file == NULL) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(EX_NOINPUT);
	}
	size = fread(data, 1, sizeof(data), file);
	fclose(file);
	play_exactly(data, size);
	printf("ok %d - %s\n", ++played, path);
}

/* In memory of just this size, so that the sanitizer sees a step past it. */
static void
play_exactly(const uint8_t *data, size_t size)
{
	uint8_t *octets = malloc(size > 0 ? size : 1);

	CHECK(octets != NULL);
	memcpy(octets, data, size);
	LLVMFuzzerTestOneInput(octets, size);
	free(octets);
}
