/*
 * Certificates for tests of TLS, made when they are needed: keys in a
 * repository are found by everybody's scanners, and certificates grow old.
 */
#ifndef TESTS_CERTIFICATES_H
#define TESTS_CERTIFICATES_H

/*
 * NAME.pem and NAME.key in FOLDER, for each of
 *
 *	ca, other-ca	authorities; all below are ca's unless they say
 *otherwise good		for 127.0.0.1 and smsc.example expired, early
 *the same, over since yesterday or valid from tomorrow elsewhere	for
 *smsc.elsewhere.example and 192.0.2.1 stranger	as good, by other-ca self
 *as good, by itself chained		as good, by an authority that ca has
 *signed client		for mlango, to show to servers
 */
void certificates_make(const char *folder);

/* FOLDER/NAME.SUFFIX; the next eight calls leave it as it is. */
const char *certificate_file(
    const char *folder, const char *name, const char *suffix);

#endif
