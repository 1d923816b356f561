/*
 * Writes a country's menus into a folder, so that what `mlango check` costs can
 * be measured:
 *
 *	make tests/bench/check_bench
 *	tests/bench/check_bench /tmp/country 500
 *	/usr/bin/time -v ./mlango check /tmp/country/menus.cfg
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/bench/country.h"

static void keep(const char *folder, struct source source);

int
main(int argc, char **argv)
{
	const struct source answer = { COUNTRY_ANSWER, COUNTRY_BILL,
		sizeof(COUNTRY_BILL) - 1 };
	size_t count = argc > 2 ? (size_t)atol(argv[2]) : 500, i;
	struct arena *a = arena_new();
	const char *institutions;

	if (argc < 2) {
		fprintf(stderr, "usage: check_bench FOLDER [COUNT]\n");
		return EXIT_FAILURE;
	}
	institutions = arena_printf(a, "%s/institutions", argv[1]);
	mkdir(argv[1], 0755);
	mkdir(institutions, 0755);
	keep(argv[1], country_menus(a, count));
	keep(institutions, answer);
	for (i = 0; i < count; i++)
		keep(institutions, country_institution(a, i, 1));
	arena_free(a);
	return EXIT_SUCCESS;
}

static void
keep(const char *folder, struct source source)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, source.name);
	file = fopen(path, "w");
	if (file == NULL ||
	    fwrite(source.text, 1, source.len, file) != source.len ||
	    fclose(file) != 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
}
