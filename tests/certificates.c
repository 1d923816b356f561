/*
 * Certificates for tests that are scripts: certificates FOLDER. Which there
 * are tells tests/unit/certificates.h.
 */
#include <stdio.h>
#include <sysexits.h>

#include "tests/unit/certificates.h"

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: certificates FOLDER\n", stderr);
		return EX_USAGE;
	}
	certificates_make(argv[1]);
	return EX_OK;
}
