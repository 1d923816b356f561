/*
 * Names are asked of evdns. A question brings its own evdns_base, so that it
 * sees the resolv.conf of its day; names are asked once a connection, which
 * is seldom. evdns answers some questions before it returns and goes on using
 * its base after an answer, so both the answer and the end of the base take
 * place in a later turn of the loop.
 */
#include <arpa/inet.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <event2/util.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/place.h"

struct place_ask {
	struct evdns_base *dns;
	struct evdns_getaddrinfo_request *request;
	struct event *later;
	places_found *done; /* NULL: cancelled */
	void *arg;
	struct places found;
	bool heard; /* evdns has answered */
};

static void place_heard(int error, struct evutil_addrinfo *list, void *arg);
static void place_answer(evutil_socket_t fd, short what, void *arg);
static void places_take(struct places *out, const struct addrinfo *list);
static bool is_public_v4(uint32_t address);
static bool is_public_v6(const uint8_t *address);

int
places_of_number(const char *host, int port, struct places *out)
{
	struct addrinfo hints = {
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
	};
	struct addrinfo *list;
	char service[16];

	snprintf(service, sizeof(service), "%d", port);
	if (getaddrinfo(host, service, &hints, &list) != 0)
		return -1;
	places_take(out, list);
	freeaddrinfo(list);
	return 0;
}

struct place_ask *
places_of_name(struct event_base *base, const char *host, int port,
    places_found *done, void *arg)
{
	struct evutil_addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct place_ask *ask = calloc(1, sizeof(*ask));
	char service[16];

	CHECK(ask != NULL);
	ask->done = done;
	ask->arg = arg;
	ask->later = evtimer_new(base, place_answer, ask);
	CHECK(ask->later != NULL);
	snprintf(service, sizeof(service), "%d", port);
	ask->dns = evdns_base_new(base,
	    EVDNS_BASE_INITIALIZE_NAMESERVERS |
		EVDNS_BASE_DISABLE_WHEN_INACTIVE);
	if (ask->dns == NULL)
		place_heard(EVUTIL_EAI_FAIL, NULL, ask);
	else
		ask->request = evdns_getaddrinfo(
		    ask->dns, host, service, &hints, place_heard, ask);
	return ask;
}

void
places_cancel(struct place_ask *ask)
{
	if (ask == NULL)
		return;
	ask->done = NULL;
	if (!ask->heard)
		evdns_getaddrinfo_cancel(ask->request);
}

static void
place_heard(int error, struct evutil_addrinfo *list, void *arg)
{
	struct place_ask *ask = arg;

	ask->heard = true;
	if (error == 0)
		places_take(&ask->found, list);
	if (list != NULL)
		evutil_freeaddrinfo(list);
	event_active(ask->later, EV_TIMEOUT, 0);
}

static void
place_answer(evutil_socket_t fd, short what, void *arg)
{
	struct place_ask *ask = arg;

	(void)fd;
	(void)what;
	if (ask->dns != NULL)
		evdns_base_free(ask->dns, 0);
	if (ask->done != NULL)
		ask->done(ask->arg, &ask->found);
	event_free(ask->later);
	free(ask);
}

static void
places_take(struct places *out, const struct addrinfo *list)
{
	out->count = 0;
	for (; list != NULL && out->count < PLACES_MOST; list = list->ai_next) {
		struct place *p = &out->list[out->count++];

		memcpy(&p->address, list->ai_addr, list->ai_addrlen);
		p->len = list->ai_addrlen;
	}
}

bool
place_is_public(const struct place *p)
{
	const struct sockaddr_in *v4 = (const void *)&p->address;
	const struct sockaddr_in6 *v6 = (const void *)&p->address;

	if (p->address.ss_family == AF_INET)
		return is_public_v4(ntohl(v4->sin_addr.s_addr));
	if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) {
		uint32_t mapped;

		memcpy(&mapped, v6->sin6_addr.s6_addr + 12, sizeof(mapped));
		return is_public_v4(ntohl(mapped));
	}
	return is_public_v6(v6->sin6_addr.s6_addr);
}

static bool
is_public_v4(uint32_t address)
{
	static const struct {
		uint32_t net, mask;
	} private[] = {
		{ 0x7f000000, 0xff000000 }, /* 127/8 */
		{ 0x0a000000, 0xff000000 }, /* 10/8 */
		{ 0xac100000, 0xfff00000 }, /* 172.16/12 */
		{ 0xc0a80000, 0xffff0000 }, /* 192.168/16 */
		{ 0xa9fe0000, 0xffff0000 }, /* 169.254/16 */
		{ 0x64400000, 0xffc00000 }, /* 100.64/10, RFC 6598 */
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(private); i++)
		if ((address & private[i].mask) == private[i].net)
			return false;
	return true;
}

static bool
is_public_v6(const uint8_t *address)
{
	static const uint8_t loopback[16] = { [15] = 1 };

	return memcmp(address, loopback, sizeof(loopback)) != 0 &&
	    (address[0] & 0xfe) != 0xfc && /* fc00::/7 */
	    !(address[0] == 0xfe &&
		(address[1] & 0xc0) == 0x80); /* fe80::/10 */
}

const char *
place_name(const struct place *p)
{
	static char name[INET6_ADDRSTRLEN + sizeof("[]:65535")];
	char host[INET6_ADDRSTRLEN] = "?", port[8] = "?";

	(void)getnameinfo((const struct sockaddr *)&p->address, p->len, host,
	    sizeof(host), port, sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(name, sizeof(name),
	    p->address.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
	return name;
}
