/*
 * An operator's message centre, on npm's smpp: an implementation of the
 * protocol that shares nothing with ours, and so is the judge.
 */
'use strict';

const smpp = require('smpp');

const { Queue, within } = require('./wait');

/* Ends of connections are told by the sockets too, as errors or not. */
const CONNECTION_ERRORS = ['ECONNRESET', 'EPIPE'];

exports.start = async t => {
	const operator = new Operator();

	await new Promise(resolve => operator.server.listen(0, '127.0.0.1', resolve));
	t.end(() => operator.stop());
	return operator;
};

/* A PDU as it stands on the wire, its header made. */
exports.frame = (command, sequence, body = Buffer.alloc(0)) => {
	const header = Buffer.alloc(16);

	header.writeUInt32BE(header.length + body.length, 0);
	header.writeUInt32BE(command >>> 0, 4);
	header.writeUInt32BE(sequence, 12);
	return Buffer.concat([header, body]);
};

class Operator {
	constructor() {
		this.server = smpp.createServer(session => this.welcome(session));
		this.binds = new Queue();
		this.heard = []; /* every PDU, of every bind */
		this.complaints = [];
		this.sessions = new Set();

		/* What each request is answered with: fields of the response, or
		 * null when the test answers it by itself. */
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

	welcome(session) {
		const bind = new Bind(this, session);

		this.sessions.add(session);
		session.on('close', () => this.sessions.delete(session));
		session.on('error', failure => {
			if (!CONNECTION_ERRORS.includes(failure.code))
				this.complaints.push(failure.message);
		});
		session.on('pdu', pdu => bind.hear(pdu));
	}

	stop() {
		this.server.close();
		for (const session of this.sessions)
			session.destroy();
		if (this.complaints.length > 0)
			throw new Error(`the operator complains: ${this.complaints}`);
	}
}

/* A connection, from the operator's side. */
class Bind {
	constructor(operator, session) {
		this.operator = operator;
		this.session = session;
		this.pdus = new Queue();
		this.sent = 0; /* the last sequence number */
		this.gone = new Promise(resolve => session.on('close', resolve));
	}

	/* Sends a request, and gives its response. */
	ask(command, fields = {}) {
		const pdu = new smpp.PDU(command, { ...fields,
		    sequence_number: ++this.sent });

		this.session.send(pdu);
		return this.response(this.sent, `${command}_resp`);
	}

	/* The next PDU with that command that nobody has taken. */
	heard(command, wants = () => true) {
		return this.pdus.take(command,
		    pdu => pdu.command === command && wants(pdu));
	}

	/* Whatever has that sequence number: a generic_nack too. */
	response(sequence, what = 'response') {
		return this.pdus.take(what,
		    pdu => pdu.isResponse() && pdu.sequence_number === sequence);
	}

	answer(pdu, fields) {
		this.session.send(pdu.response(fields));
	}

	/* What npm's smpp would never write. */
	write(octets) {
		this.session.socket.write(octets);
	}

	closed() {
		return within(this.gone, 'end of the connection');
	}

	hear(pdu) {
		const answer = pdu.isResponse() ? null :
		    this.operator.answers[pdu.command]?.(pdu, this);

		if (answer)
			this.answer(pdu, answer);
		if (pdu.command === 'bind_transceiver' && !answer?.command_status)
			this.operator.binds.put(this);
		if (pdu.command === 'unbind' && answer)
			this.session.close();
		this.operator.heard.push(pdu);
		this.pdus.put(pdu);
	}
}
