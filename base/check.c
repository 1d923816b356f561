/*
 * The last words of a process that found a mistake of ours.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"

void
check_failed(const char *file, int line, const char *truth)
{
	fprintf(stderr, "%s:%d: this must hold and does not: %s\n", file, line,
	    truth);
	abort();
}
