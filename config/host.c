/*
 * Names and addresses of machines, by their looks alone.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "config/host.h"

static bool is_public_v4(uint32_t address);
static bool is_public_v6(const uint8_t *octets);

bool
host_is_numeric(const char *host)
{
	uint8_t octets[16];

	return inet_pton(AF_INET, host, octets) == 1 ||
	    inet_pton(AF_INET6, host, octets) == 1;
}

bool
host_is_sound(const char *host)
{
	size_t i, len = strlen(host);

	if (host_is_numeric(host))
		return true;
	if (len == 0 || len > 253 || host[0] == '.' || host[0] == '-')
		return false;
	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)host[i]) &&
		    strchr(".-_", host[i]) == NULL)
			return false;
	/* 10.0.0.256 is a mistyped address and no name. */
	return strspn(host, "0123456789.") < len;
}

bool
host_is_public(const char *host)
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET, host, &four) == 1)
		return is_public_v4(ntohl(four.s_addr));
	if (inet_pton(AF_INET6, host, &six) == 1)
		return is_public_v6(six.s6_addr);
	return false;
}

/* RFC 1918, RFC 6598, loopback and link-local are not. */
static bool
is_public_v4(uint32_t address)
{
	static const struct {
		uint32_t net, mask;
	} inner[] = {
		{ 0x0a000000, 0xff000000 }, /* 10.0.0.0/8 */
		{ 0xac100000, 0xfff00000 }, /* 172.16.0.0/12 */
		{ 0xc0a80000, 0xffff0000 }, /* 192.168.0.0/16 */
		{ 0x64400000, 0xffc00000 }, /* 100.64.0.0/10 */
		{ 0x7f000000, 0xff000000 }, /* 127.0.0.0/8 */
		{ 0xa9fe0000, 0xffff0000 }, /* 169.254.0.0/16 */
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(inner); i++)
		if ((address & inner[i].mask) == inner[i].net)
			return false;
	return true;
}

/* RFC 4291 loopback and link-local, RFC 4193 unique local are not. */
static bool
is_public_v6(const uint8_t *octets)
{
	static const uint8_t zeros[15], mapped[12] = { [10] = 0xff, 0xff };

	if (memcmp(octets, zeros, 15) == 0 && octets[15] <= 1)
		return false;
	if (memcmp(octets, mapped, 12) == 0)
		return is_public_v4((uint32_t)octets[12] << 24 |
		    (uint32_t)octets[13] << 16 | (uint32_t)octets[14] << 8 |
		    octets[15]);
	return (octets[0] & 0xfe) != 0xfc &&
	    !(octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80);
}
