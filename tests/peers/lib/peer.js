/*
 * npm's smpp at one end of a connection: what it hears is kept until somebody
 * takes it, and requests are answered by a table.
 */
'use strict';

const smpp = require('smpp');

const { Queue, within } = require('./wait');

/* Ends of connections are told by the sockets too, as errors or not. */
const CONNECTION_ERRORS = ['ECONNRESET', 'EPIPE'];

exports.Peer = class Peer {
	/* ANSWERS holds a function for each request: it gives the fields of the
	 * response, or null when the test answers by itself. */
	constructor(session, answers) {
		this.session = session;
		this.answers = answers;
		this.pdus = new Queue();
		this.all = []; /* also those that were taken */
		this.complaints = []; /* of octets that are no SMPP to it */
		this.sent = 0; /* the last sequence number */
		this.gone = new Promise(resolve => session.on('close', resolve));
		session.on('error', failure => {
			if (!CONNECTION_ERRORS.includes(failure.code))
				this.complaints.push(failure.message);
		});
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

	/* Gives the fields of the response, if there was one. */
	hear(pdu) {
		const answer = pdu.isResponse() ? null :
		    this.answers[pdu.command]?.(pdu, this);

		if (answer)
			this.answer(pdu, answer);
		this.all.push(pdu);
		this.pdus.put(pdu);
		return answer;
	}
};

/* A PDU as it stands on the wire, its header made. */
exports.frame = (command, sequence, body = Buffer.alloc(0)) => {
	const header = Buffer.alloc(16);

	header.writeUInt32BE(header.length + body.length, 0);
	header.writeUInt32BE(command >>> 0, 4);
	header.writeUInt32BE(sequence, 12);
	return Buffer.concat([header, body]);
};
