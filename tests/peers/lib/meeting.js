/*
 * An operator and a gateway that has bound to it, over a Redis that all the
 * tests of a program share.
 */
'use strict';

const cleanup = require('./cleanup');
const gateways = require('./gateway');
const operators = require('./operator');
const redis = require('./redis');
const relays = require('./relay');

const folder = exports.folder = cleanup.folder();
const store = exports.store = redis.start(folder);

/* LINK and REDIS are settings of the gateway, ROWS answers of its back end,
 * ANSWERS the operator's; RELAYED, all that is said goes through a relay; TLS
 * is how the operator speaks it. */
exports.meet = async (t, { link, redis: other, rows, answers = {},
    relayed = false, institution, tls, failpoint } = {}) => {
	const operator = await operators.start(t, tls);
	const relay = relayed ? await relays.start(t, operator.port) : null;

	Object.assign(operator.answers, answers);
	const gateway = await gateways.start(t, { folder,
	    redis: other ?? { socket: (await store).socket },
	    port: (relay ?? operator).port, link, rows, institution,
	    failpoint });

	return { operator, relay, gateway, bind: await operator.bound() };
};
