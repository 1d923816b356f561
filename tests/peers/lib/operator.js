/*
 * An operator's message centre, on npm's smpp: an implementation of the
 * protocol that shares nothing with ours, and so is the judge.
 */
'use strict';

const assert = require('assert/strict');

const smpp = require('smpp');

const { Peer } = require('./peer');
const { Queue } = require('./wait');

/* TLS are node's options for a server that speaks it. */
exports.start = async (t, tls) => {
	const operator = new Operator(tls);

	await new Promise(resolve => operator.server.listen(0, '127.0.0.1', resolve));
	t.end(() => operator.stop());
	return operator;
};

class Operator {
	constructor(tls = {}) {
		this.server = smpp.createServer(tls,
		    session => this.welcome(session));
		this.peers = [];
		this.binds = new Queue();
		this.answers = {
			bind_transceiver: () => ({ system_id: 'operator' }),
			enquire_link: () => ({}),
			submit_sm: pdu => ({ message_id: `id-${pdu.sequence_number}` }),
			unbind: () => ({}),
		};
	}

	get port() {
		return this.server.address().port;
	}

	/* The next bind that was not refused. */
	bound() {
		return this.binds.take('bind');
	}

	/* Every PDU, of every bind. */
	get heard() {
		return this.peers.flatMap(peer => peer.all);
	}

	welcome(session) {
		const peer = new Peer(session, this.answers);

		this.peers.push(peer);
		session.on('pdu', pdu => this.hear(peer, pdu));
	}

	hear(peer, pdu) {
		const answer = peer.hear(pdu);

		if (pdu.command === 'bind_transceiver' && !answer?.command_status)
			this.binds.put(peer);
		if (pdu.command === 'unbind' && answer)
			peer.session.close();
	}

	stop() {
		this.server.close();
		for (const peer of this.peers)
			peer.session.destroy();
		assert.deepEqual(this.peers.flatMap(peer => peer.complaints), []);
	}
}
